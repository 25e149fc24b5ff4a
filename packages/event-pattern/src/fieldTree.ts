/*
 * The fields that patterns read, as a tree of the keys on the way to them. The
 * readers of events walk it beside the event and pass over all that is not in
 * it. Fields are counted, so that a field goes when its last pattern goes.
 */
import type { Leaf } from './leaves';

/** A field that some pattern reads, and what the event at hand has there. */
export interface FieldSlot {
  readonly name: string;
  /** Clauses that read it. */
  uses: number;
  /** Leaves of the event that is being matched; empty between matches. */
  leaves: Leaf[];
}

export class FieldNode {
  readonly #children = new Map<string, FieldNode>();
  /** The same by hash of the key, for readers that have no string of it yet. */
  readonly #byHash = new Map<number, FieldNode>();
  /** Next child of the same hash. */
  #sameHash: FieldNode | undefined;
  slot: FieldSlot | undefined;
  uses = 0;
  /** Name of the field that ends here, undefined at the root. */
  readonly name: string | undefined;
  readonly key: string;

  constructor(name: string | undefined, key: string) {
    this.name = name;
    this.key = key;
  }

  child(key: string): FieldNode | undefined {
    return this.#children.get(key);
  }

  get children(): Iterable<FieldNode> {
    return this.#children.values();
  }

  /** The child whose key stands in `text` from `start` to before `end`. */
  childInText(hash: number, text: string, start: number, end: number): FieldNode | undefined {
    let node = this.#byHash.get(hash);
    while (node !== undefined && (node.key.length !== end - start || !text.startsWith(node.key, start))) {
      node = node.#sameHash;
    }
    return node;
  }

  link(child: FieldNode): void {
    this.#children.set(child.key, child);
    const hash = hashOf(child.key);
    child.#sameHash = this.#byHash.get(hash);
    this.#byHash.set(hash, child);
  }

  unlink(child: FieldNode): void {
    this.#children.delete(child.key);
    const hash = hashOf(child.key);
    const rest: FieldNode[] = [];
    for (let node = this.#byHash.get(hash); node; node = node.#sameHash) {
      if (node !== child) {
        rest.push(node);
      }
    }
    this.#byHash.delete(hash);
    for (const node of rest) {
      node.#sameHash = this.#byHash.get(hash);
      this.#byHash.set(hash, node);
    }
  }
}

/** Begins a hash of a key; `extendHash` adds a UTF-16 unit. Hashes stay in 30 bits, which engines keep unboxed. */
export const EMPTY_HASH = 7;

export function hashOf(key: string): number {
  let hash = EMPTY_HASH;
  for (let i = 0; i < key.length; i++) {
    // eslint-disable-next-line no-bitwise
    hash = (Math.imul(hash, 31) + key.charCodeAt(i)) & 0x3fffffff;
  }
  return hash;
}

/**
 * Keys on the way to a field. A key that is the empty text, at the end of a
 * field that has no other, is never looked for: EventBridge's own library
 * drops such keys when it notes which ones patterns use.
 */
function linkedKeys(keys: readonly string[]): number {
  let end = keys.length;
  while (end > 1 && keys[end - 1] === '') {
    end -= 1;
  }
  return end === keys.length || keys.slice(0, end).includes('') ? keys.length : end;
}

export class FieldTree {
  readonly root = new FieldNode(undefined, '');
  /** Every node by its name: for keys with dots in events, which take several steps at once. */
  readonly #nodes = new Map<string, FieldNode>();

  /** Counts one more use of the field. */
  add(field: string): FieldSlot {
    const node = this.#walk(field, 1);
    node.slot ??= { name: field, uses: 0, leaves: [] };
    node.slot.uses += 1;
    return node.slot;
  }

  /** Counts one use less; forgets the field after the last. */
  delete(field: string): void {
    const node = this.#nodes.get(field);
    if (node?.slot) {
      node.slot.uses -= 1;
      if (node.slot.uses === 0) {
        node.slot = undefined;
      }
      this.#walk(field, -1);
    }
  }

  slot(field: string): FieldSlot | undefined {
    return this.#nodes.get(field)?.slot;
  }

  /** The node that a key leads to, dots and all. */
  step(from: FieldNode, key: string): FieldNode | undefined {
    return key.includes('.') ? this.#nodes.get(from.name === undefined ? key : `${from.name}.${key}`) : from.child(key);
  }

  #walk(field: string, change: 1 | -1): FieldNode {
    const keys = field.split('.');
    const linked = linkedKeys(keys);
    let node = this.root;
    let length = -1;
    keys.forEach((key, i) => {
      length += key.length + 1;
      const name = field.slice(0, length);
      let child = this.#nodes.get(name);
      if (child === undefined) {
        child = new FieldNode(name, key);
        this.#nodes.set(name, child);
      }
      if (i < linked && node.child(key) === undefined) {
        node.link(child);
      }
      child.uses += change;
      if (child.uses === 0) {
        this.#nodes.delete(name);
        if (node.child(key) === child) {
          node.unlink(child);
        }
      }
      node = child;
    });
    return node;
  }
}

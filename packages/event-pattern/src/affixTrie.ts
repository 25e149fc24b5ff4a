/*
 * Texts by what they begin with, or end with, as a radix trie: a lookup goes
 * along the value for as long as some affix agrees with it, however many
 * affixes there are.
 */

class Branch<T> {
  readonly children = new Map<number, Branch<T>>();
  readonly entries: T[] = [];
  /** What leads here from the parent, in the direction of reading. */
  label: string;

  constructor(label: string) {
    this.label = label;
  }
}

function commonLength(a: string, b: string, from: number): number {
  const most = Math.min(a.length, b.length - from);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(from + length)) {
    length += 1;
  }
  return length;
}

export class AffixTrie<T> {
  readonly #root = new Branch<T>('');
  readonly #fromEnd: boolean;
  #size = 0;

  /** From the beginning of values, or from their end. */
  constructor(fromEnd: boolean) {
    this.#fromEnd = fromEnd;
  }

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  #inReadingOrder(affix: string): string {
    return this.#fromEnd ? affix.split('').reverse().join('') : affix;
  }

  add(affix: string, entry: T): void {
    const text = this.#inReadingOrder(affix);
    let branch = this.#root;
    for (let at = 0; at < text.length; ) {
      const code = text.charCodeAt(at);
      const child = branch.children.get(code);
      if (child === undefined) {
        const added = new Branch<T>(text.slice(at));
        branch.children.set(code, added);
        branch = added;
        break;
      }
      const common = commonLength(child.label, text, at);
      branch = common < child.label.length ? this.#split(branch, child, common) : child;
      at += common;
    }
    branch.entries.push(entry);
    this.#size += 1;
  }

  #split(parent: Branch<T>, child: Branch<T>, length: number): Branch<T> {
    const middle = new Branch<T>(child.label.slice(0, length));
    parent.children.set(child.label.charCodeAt(0), middle);
    child.label = child.label.slice(length);
    middle.children.set(child.label.charCodeAt(0), child);
    return middle;
  }

  delete(affix: string, entry: T): void {
    const text = this.#inReadingOrder(affix);
    const way: Branch<T>[] = [this.#root];
    for (let at = 0; at < text.length; ) {
      const child = way[way.length - 1].children.get(text.charCodeAt(at));
      if (child === undefined) {
        return;
      }
      way.push(child);
      at += child.label.length;
    }
    const { entries } = way[way.length - 1];
    const index = entries.indexOf(entry);
    if (index === -1) {
      return;
    }
    entries.splice(index, 1);
    this.#size -= 1;
    for (let i = way.length - 1; i > 0 && way[i].entries.length === 0 && way[i].children.size < 2; i--) {
      this.#shorten(way[i - 1], way[i]);
    }
  }

  /** Takes a branch without entries out of the way. */
  #shorten(parent: Branch<T>, branch: Branch<T>): void {
    const code = branch.label.charCodeAt(0);
    const [only] = branch.children.values();
    if (only === undefined) {
      parent.children.delete(code);
    } else {
      only.label = branch.label + only.label;
      parent.children.set(code, only);
    }
  }

  /** Entries of every affix of the text. */
  forEach(text: string, visit: (entry: T) => void): void {
    let branch: Branch<T> | undefined = this.#root;
    let at = 0;
    const codeAt = this.#fromEnd
      ? (index: number) => text.charCodeAt(text.length - 1 - index)
      : (index: number) => text.charCodeAt(index);
    for (;;) {
      for (const entry of branch.entries) {
        visit(entry);
      }
      branch = branch.children.get(codeAt(at));
      if (branch === undefined) {
        return;
      }
      const { label }: { label: string } = branch;
      if (at + label.length > text.length) {
        return;
      }
      for (let i = 1; i < label.length; i++) {
        if (label.charCodeAt(i) !== codeAt(at + i)) {
          return;
        }
      }
      at += label.length;
    }
  }
}

import type { FieldSlot, FieldTree } from './fieldTree';
import { NOWHERE, type ArrayMembership, type EventFields, type Leaf, type LeafValue } from './leaves';

/** Takes the leaves of one event after the other; `clear` between two, so that no event is held. */
export class Collector implements EventFields {
  readonly tree: FieldTree;
  /** Slots that have leaves. */
  readonly found: FieldSlot[] = [];
  inElements = false;
  readonly #membership = new Map<number, number>();
  #frozen: ArrayMembership | undefined = NOWHERE;
  #arrays = 0;

  constructor(tree: FieldTree) {
    this.tree = tree;
  }

  get(field: string): readonly Leaf[] | undefined {
    return this.tree.slot(field)?.leaves;
  }

  newArray(): number {
    this.#arrays += 1;
    return this.#arrays;
  }

  enter(array: number, index: number): void {
    this.#membership.set(array, index);
    this.#frozen = undefined;
  }

  leave(array: number): void {
    this.#membership.delete(array);
    this.#frozen = this.#membership.size === 0 ? NOWHERE : undefined;
  }

  add(slot: FieldSlot, value: LeafValue): void {
    if (this.#frozen === undefined) {
      this.#frozen = new Map(this.#membership);
    }
    if (this.#frozen !== NOWHERE) {
      this.inElements = true;
    }
    if (slot.leaves.length === 0) {
      this.found.push(slot);
    }
    slot.leaves.push({ value, membership: this.#frozen });
  }

  clear(): void {
    for (const slot of this.found) {
      slot.leaves.length = 0;
    }
    this.found.length = 0;
    this.inElements = false;
    this.#arrays = 0;
    if (this.#frozen !== NOWHERE || this.#membership.size > 0) {
      this.#membership.clear();
      this.#frozen = NOWHERE;
    }
  }
}

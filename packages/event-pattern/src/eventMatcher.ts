import { Collector } from './collector';
import { toCompiled } from './describe';
import { FieldTree } from './fieldTree';
import { holdConsistently } from './match';
import { readEvent } from './readEvent';
import { ruleOf, RuleTree, type Rule } from './ruleTree';
import type { CompiledPattern, JsonObject } from './types';

interface Entry<K> {
  readonly key: K;
  /** Entries are numbered as they come. */
  readonly order: number;
  readonly fields: readonly string[];
  readonly rules: Rule<Entry<K>>[];
  /** The lookup that found it last: several alternatives may. */
  lookup: number;
}

/**
 * Many patterns against one event at a time. What a match costs grows with
 * what the event has in the fields that patterns read, and with what matches;
 * hardly with the number of patterns.
 */
export class EventMatcher<K> {
  readonly #entries = new Map<K, Entry<K>>();
  readonly #fields = new FieldTree();
  readonly #event = new Collector(this.#fields);
  readonly #tree = new RuleTree<Entry<K>>();
  #added = 0;
  #lookups = 0;

  /** Number of patterns. */
  get size(): number {
    return this.#entries.size;
  }

  has(key: K): boolean {
    return this.#entries.has(key);
  }

  /**
   * Adds a pattern under a key; a pattern that the key had before goes. Throws
   * `InvalidEventPatternError`, and then changes nothing. Patterns may be of
   * any length; compile them first to hold them to AWS's limit.
   */
  add(key: K, pattern: string | JsonObject | CompiledPattern): void {
    const { alternatives, fields } = toCompiled(pattern);
    this.delete(key);
    this.#added += 1;
    const entry: Entry<K> = { key, order: this.#added, fields, rules: [], lookup: 0 };
    for (const field of fields) {
      this.#fields.add(field);
    }
    for (const alternative of alternatives) {
      const rule = ruleOf(entry, alternative, this.#fields);
      entry.rules.push(rule);
      this.#tree.add(rule);
    }
    this.#entries.set(key, entry);
  }

  /** Whether there was such a key. */
  delete(key: K): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined) {
      return false;
    }
    this.#entries.delete(key);
    entry.rules.forEach(rule => this.#tree.delete(rule));
    entry.fields.forEach(field => this.#fields.delete(field));
    return true;
  }

  /**
   * Keys of the patterns that match the event, in the order in which they were
   * added. Of a text only what patterns read is turned into values. Throws
   * `InvalidEventError` if the event is no JSON object.
   */
  match(event: string | JsonObject): K[] {
    this.#lookups += 1;
    const lookup = this.#lookups;
    const found: Entry<K>[] = [];
    try {
      readEvent(event, this.#event);
      this.#tree.visit({
        event: this.#event,
        lookup,
        report: ({ owner, alternative }) => {
          if (owner.lookup !== lookup && (!this.#event.inElements || holdConsistently(alternative, this.#event))) {
            owner.lookup = lookup;
            found.push(owner);
          }
        },
      });
    } finally {
      this.#event.clear();
    }
    return found.length === 0 ? [] : found.sort((a, b) => a.order - b.order).map(({ key }) => key);
  }
}

import { Collector } from './collector';
import { FieldTree } from './fieldTree';
import { matchesAlternative } from './match';
import { readEvent } from './readEvent';
import type { Alternative, JsonObject } from './types';

/** Whether one of the alternatives holds of an event. What the matcher throws: `InvalidEventError`. */
export function matcherOf(alternatives: readonly Alternative[]): (event: string | JsonObject) => boolean {
  // most patterns of an EventMatcher are never asked by themselves
  let collector: Collector | undefined;
  return event => {
    collector ??= new Collector(treeOf(alternatives));
    try {
      readEvent(event, collector);
      for (const each of alternatives) {
        if (matchesAlternative(each, collector)) {
          return true;
        }
      }
      return false;
    } finally {
      collector.clear();
    }
  };
}

function treeOf(alternatives: readonly Alternative[]): FieldTree {
  const tree = new FieldTree();
  const clauses = new Set(alternatives.flat());
  clauses.forEach(({ field }) => tree.add(field));
  return tree;
}

import { diffSchemas, findRejected, type SchemaChange } from '@busline/json-schema';
import type { ReadVersion } from './drafts';
import type { Change, ChangeKind, CompareOptions } from './types';

/** Changes whose meaning is worked out; the rest is only named. */
const MAX_WEIGHED = 100;
/** Work on the meaning of one change. */
const STEPS = 20_000;

function parentOf(path: string): string {
  return path.replace(/[^.]*$/, '');
}

/** Removed and added beside each other, of the same type: probably one field with a new name. */
function renames(changes: readonly SchemaChange[]): ReadonlyMap<SchemaChange, SchemaChange> {
  const result = new Map<SchemaChange, SchemaChange>();
  const added = changes.filter(each => each.kind === 'added');
  const removed = changes.filter(each => each.kind === 'removed');
  for (const old of removed) {
    const alike = added.filter(each => parentOf(each.path) === parentOf(old.path) && each.after === old.before);
    const rivals = removed.filter(each => parentOf(each.path) === parentOf(old.path) && each.before === old.before);
    if (alike.length === 1 && rivals.length === 1) {
      result.set(old, alike[0]);
    }
  }
  return result;
}

interface Versions {
  readonly old: ReadVersion;
  readonly next: ReadVersion;
  readonly options: CompareOptions;
}

/** Whether the place allows more or less than before. */
function weigh({ old, next, options }: Versions, change: SchemaChange): ChangeKind {
  const { oldPointer, newPointer } = change;
  if (change.kind === 'required changed') {
    return change.after === 'required' ? 'tightened' : 'loosened';
  }
  if (oldPointer === undefined || newPointer === undefined) {
    return 'changed';
  }
  const format = options.format ? { format: options.format } : {};
  const before = { ...old, pointer: oldPointer, ...format };
  const after = { ...next, pointer: newPointer, ...format };
  const lost = findRejected(before, after, { steps: STEPS });
  const gained = findRejected(after, before, { steps: STEPS });
  if (lost.kind === 'unknown' || gained.kind === 'unknown') {
    return 'changed';
  }
  if (lost.kind === 'none') {
    return gained.kind === 'none' ? 'reworded' : 'loosened';
  }
  return gained.kind === 'none' ? 'tightened' : 'changed';
}

/** The differences for people. */
export function listChanges(old: ReadVersion, next: ReadVersion, options: CompareOptions): readonly Change[] {
  const changes = diffSchemas(old.schema, next.schema, { draft: old.draft, draftAfter: next.draft });
  const renamed = renames(changes);
  const targets = new Set(renamed.values());
  let weighed = 0;
  return changes
    .filter(each => !targets.has(each))
    .map((each): Change => {
      const to = renamed.get(each);
      if (to) {
        return {
          kind: 'probably renamed',
          path: to.path,
          ...(each.oldPointer === undefined ? {} : { oldPointer: each.oldPointer }),
          ...(to.newPointer === undefined ? {} : { newPointer: to.newPointer }),
          message: `\`${each.path}\` is probably called \`${to.path}\` now`,
          before: each.path,
          after: to.path,
        };
      }
      if (each.kind === 'added' || each.kind === 'removed' || each.kind === 'documentation only') {
        return { ...each, kind: each.kind };
      }
      weighed += 1;
      return { ...each, kind: weighed > MAX_WEIGHED ? 'changed' : weigh({ old, next, options }, each) };
    });
}

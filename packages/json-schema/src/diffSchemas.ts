import { describeSchema } from './describeSchema';
import { deepEqual } from './json';
import { isListed } from './valueLists';
import type { CompileOptions, SchemaChange, SchemaNode } from './types';
import { shown } from './valueKeywords';

/** Changes listed between two versions. */
export const MAX_CHANGES = 500;
/** Nesting down to which two versions are compared. */
const MAX_COMPARED_DEPTH = 20;

/** Children by what makes them the same field in both versions. */
function byKey(node: SchemaNode): ReadonlyMap<string, SchemaNode> {
  return new Map(node.children().map(child => [`${child.kind} ${child.path} ${child.name}`, child]));
}

function label(node: SchemaNode): string {
  if (node.kind === 'alternative' || node.kind === 'condition') {
    return `"${node.name}"${node.path === '' ? '' : ` of \`${node.path}\``}`;
  }
  return node.path === '' ? 'the whole' : `\`${node.path}\``;
}

class Comparison {
  readonly changes: SchemaChange[] = [];

  compare(before: SchemaNode, after: SchemaNode, depth: number): void {
    this.#compareNode(before, after);
    if (depth >= MAX_COMPARED_DEPTH || this.changes.length >= MAX_CHANGES) {
      return;
    }
    const old = byKey(before);
    const now = byKey(after);
    for (const [key, child] of old) {
      const same = now.get(key);
      if (same) {
        this.compare(child, same, depth + 1);
      } else {
        this.#add({
          kind: 'removed',
          path: child.path,
          oldPointer: child.pointer,
          message: `${label(child)} was removed`,
          before: child.type,
        });
      }
    }
    for (const [key, child] of now) {
      if (!old.has(key)) {
        this.#add({
          kind: 'added',
          path: child.path,
          newPointer: child.pointer,
          message: `${label(child)} was added${child.required ? ', required' : ''}`,
          after: child.type,
        });
      }
    }
  }

  #add(change: SchemaChange): void {
    if (this.changes.length < MAX_CHANGES) {
      this.changes.push(change);
    }
  }

  #compareNode(before: SchemaNode, after: SchemaNode): void {
    const name = label(after);
    const at = {
      path: after.path,
      oldPointer: before.pointer,
      newPointer: after.pointer,
    };
    if (before.type !== after.type) {
      this.#add({
        ...at,
        kind: 'type changed',
        message: `${name} was ${before.type}, is ${after.type}`,
        before: before.type,
        after: after.type,
      });
    }
    if (before.required !== after.required) {
      this.#add({
        ...at,
        kind: 'required changed',
        message: `${name} is ${after.required ? 'now required' : 'no longer required'}`,
        before: before.required ? 'required' : 'optional',
        after: after.required ? 'required' : 'optional',
      });
    }
    if (after.recursionOf !== undefined) {
      // said where it stands for the first time
      return;
    }
    this.#compareValues(before, after, at);
    this.#compareConstraints(before, after, at);
    this.#compareWords(before, after, at);
  }

  #compareValues(
    before: SchemaNode,
    after: SchemaNode,
    at: Pick<SchemaChange, 'path' | 'oldPointer' | 'newPointer'>,
  ): void {
    const old = before.enum ?? (before.const ? [before.const.value] : undefined);
    const now = after.enum ?? (after.const ? [after.const.value] : undefined);
    const gone = (old ?? []).filter(each => !isListed(now ?? [], each));
    const fresh = (now ?? []).filter(each => !isListed(old ?? [], each));
    if (!old && !now) {
      return;
    }
    if (old && now && gone.length === 0 && fresh.length === 0) {
      return;
    }
    const words = [
      ...(old && !now ? ['may be any value'] : []),
      ...(!old && now ? [`must be one of ${now.map(shown).join(', ')}`] : []),
      ...(old && now && fresh.length > 0 ? [`may also be ${fresh.map(shown).join(', ')}`] : []),
      ...(old && now && gone.length > 0 ? [`may no longer be ${gone.map(shown).join(', ')}`] : []),
    ];
    this.#add({
      ...at,
      kind: 'enum changed',
      message: `${label(after)} ${words.join(' and ')}`,
      before: old?.map(shown).join(', '),
      after: now?.map(shown).join(', '),
    });
  }

  #compareConstraints(
    before: SchemaNode,
    after: SchemaNode,
    at: Pick<SchemaChange, 'path' | 'oldPointer' | 'newPointer'>,
  ): void {
    const gone = before.constraints.filter(each => !after.constraints.includes(each));
    const fresh = after.constraints.filter(each => !before.constraints.includes(each));
    if (gone.length === 0 && fresh.length === 0) {
      return;
    }
    const words = [
      ...(gone.length > 0 ? [`was: ${gone.join(', ')}`] : []),
      fresh.length > 0 ? `is: ${fresh.join(', ')}` : 'is no longer limited so',
    ];
    this.#add({
      ...at,
      kind: 'constraint changed',
      message: `${label(after)} ${words.join('; ')}`,
      before: gone.join(', ') || undefined,
      after: fresh.join(', ') || undefined,
    });
  }

  #compareWords(
    before: SchemaNode,
    after: SchemaNode,
    at: Pick<SchemaChange, 'path' | 'oldPointer' | 'newPointer'>,
  ): void {
    const differing = (
      ['title', 'description', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly'] as const
    ).filter(key => !deepEqual(before[key], after[key]));
    if (differing.length > 0) {
      this.#add({
        ...at,
        kind: 'documentation only',
        message: `${label(after)} is described differently: ${differing.join(', ')}`,
        ...(differing.includes('description') ? { before: before.description, after: after.description } : {}),
      });
    }
  }
}

/**
 * What differs between two versions of a schema, field by field, for people.
 * It says what changed, not whom it breaks. At most `MAX_CHANGES`. Throws
 * `InvalidSchemaError` for what is no object or boolean.
 */
export function diffSchemas(before: unknown, after: unknown, options: CompileOptions = {}): readonly SchemaChange[] {
  const comparison = new Comparison();
  comparison.compare(describeSchema(before, options), describeSchema(after, options), 0);
  return comparison.changes;
}

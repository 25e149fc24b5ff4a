import { nodeOf, outlineSchema, type Outline } from './describeSchema';
import type { SchemaDocument } from './document';
import { deepEqual } from './json';
import { isSameText } from './reason/sameSchema';
import type { ChildSpec } from './schemaChildren';
import { isListed } from './valueLists';
import type { CompileOptions, Draft, SchemaChange, SchemaNode } from './types';
import { shown } from './valueKeywords';

/** Places looked at: references that lead to several more at each step would otherwise be followed for ever. */
const MAX_PLACES = 20_000;
/** Changes listed between two versions. */
export const MAX_CHANGES = 500;
/** Nesting down to which two versions are compared. */
const MAX_COMPARED_DEPTH = 20;

export interface DiffOptions extends CompileOptions {
  /** Draft of the new version without `$schema`, where it is another. */
  readonly draftAfter?: Draft;
}

interface Side {
  readonly document: SchemaDocument;
  readonly outline: Outline;
}

/** Children by what makes them the same field in both versions. */
function byKey({ outline }: Side): ReadonlyMap<string, ChildSpec> {
  return new Map(outline.childSpecs().map(spec => [`${spec.kind} ${outline.pathTo(spec)} ${spec.name}`, spec]));
}

function nodeAt({ document, outline }: Side, spec?: ChildSpec): SchemaNode {
  return nodeOf(document, spec ? outline.child(spec) : outline);
}

function label(node: SchemaNode): string {
  if (node.kind === 'alternative' || node.kind === 'condition') {
    return `"${node.name}"${node.path === '' ? '' : ` of \`${node.path}\``}`;
  }
  return node.path === '' ? 'the whole' : `\`${node.path}\``;
}

/** Whether two children are the same to the last word, so that nothing beneath them differs. */
function isSame(before: Side, old: ChildSpec, after: Side, now: ChildSpec): boolean {
  const from = { document: before.document, resource: old.located.resource };
  const to = { document: after.document, resource: now.located.resource };
  return isSameText(old.located.schema, from, now.located.schema, to);
}

class Comparison {
  readonly changes: SchemaChange[] = [];
  #places = 0;

  compare(before: Side, after: Side, depth: number): void {
    this.#places += 1;
    this.#compareNode(nodeAt(before), nodeAt(after));
    if (depth >= MAX_COMPARED_DEPTH || this.changes.length >= MAX_CHANGES || this.#places > MAX_PLACES) {
      return;
    }
    const old = byKey(before);
    const now = byKey(after);
    for (const [key, spec] of old) {
      const same = now.get(key);
      if (!same) {
        this.#removed(nodeAt(before, spec));
      } else if (spec.required !== same.required || !isSame(before, spec, after, same)) {
        const { document } = before;
        this.compare(
          { document, outline: before.outline.child(spec) },
          { document: after.document, outline: after.outline.child(same) },
          depth + 1,
        );
      }
    }
    for (const [key, spec] of now) {
      if (!old.has(key)) {
        this.#added(nodeAt(after, spec));
      }
    }
  }

  #removed(node: SchemaNode): void {
    this.#add({
      kind: 'removed',
      path: node.path,
      oldPointer: node.pointer,
      message: `${label(node)} was removed`,
      before: node.type,
    });
  }

  #added(node: SchemaNode): void {
    this.#add({
      kind: 'added',
      path: node.path,
      newPointer: node.pointer,
      message: `${label(node)} was added${node.required ? ', required' : ''}`,
      after: node.type,
    });
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
export function diffSchemas(before: unknown, after: unknown, options: DiffOptions = {}): readonly SchemaChange[] {
  const comparison = new Comparison();
  const sideOf = (schema: unknown, draft: Draft | undefined): Side => {
    const { document, root } = outlineSchema(schema, { ...options, draft });
    return { document, outline: root };
  };
  comparison.compare(sideOf(before, options.draft), sideOf(after, options.draftAfter ?? options.draft), 0);
  return comparison.changes;
}

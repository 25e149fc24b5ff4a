import { locateInJson, parsePointer } from '@busline/event-repository';
import { describeSchema, type SchemaNode } from '@busline/json-schema';
import type { EvolutionChange, EvolutionFinding, Json } from '@busline/plugin-eventbridge-common';
import type { SchemaTags, TagTone } from '../../../components';

export const CHANGE_TONES: Readonly<Record<string, TagTone>> = {
  added: 'ok',
  removed: 'error',
  'probably renamed': 'warn',
  tightened: 'warn',
  loosened: 'warn',
  changed: 'warn',
  reworded: 'plain',
  'documentation only': 'plain',
};

/** Kinds of change by how much they matter where several meet at one place. */
const ORDER = [
  'removed',
  'added',
  'probably renamed',
  'tightened',
  'changed',
  'loosened',
  'reworded',
  'documentation only',
];

/** Changes as tags of the places in one of the two trees. */
export function tagsOf(changes: readonly EvolutionChange[], side: 'old' | 'new'): SchemaTags {
  const tags = new Map<string, { text: string; tone: TagTone }>();
  const rank = (kind: string) => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length);
  for (const { kind, path, before, oldPointer, newPointer } of changes) {
    if ((side === 'old' ? oldPointer : newPointer) === undefined) continue;
    const place = side === 'old' && kind === 'probably renamed' ? before ?? path : path;
    const known = tags.get(place);
    if (known && rank(known.text) <= rank(kind)) continue;
    tags.set(place, { text: kind, tone: CHANGE_TONES[kind] ?? 'plain' });
  }
  return tags;
}

/** Line, from 1, of a place in the text that `JSON.stringify(…, 2)` gives. */
export function lineOf(text: string, pointer: string): number {
  return locateInJson(text, parsePointer(pointer), 'key').line;
}

/** Nodes looked at to find a place. */
const MAX_LOOKED = 2000;

/**
 * Path of the property that a place in the document belongs to: the deepest one above it. A place within `$defs` belongs
 * to whatever refers to it first.
 */
export function pathAt(schema: Json, pointer: string): string | undefined {
  let best: { readonly path: string; readonly length: number } | undefined;
  const queue: SchemaNode[] = [];
  try {
    queue.push(describeSchema(schema));
  } catch {
    return undefined;
  }
  for (let index = 0; index < queue.length && index < MAX_LOOKED; index += 1) {
    const node = queue[index];
    const isAbove = pointer === node.pointer || pointer.startsWith(`${node.pointer}/`);
    if (isAbove && node.path !== '' && node.pointer.length > (best?.length ?? -1)) {
      best = { path: node.path, length: node.pointer.length };
    }
    queue.push(...node.children());
  }
  return best?.path;
}

/** Path of the property that a finding is about: as the event has it, or as the schema does. */
export function findingPath(finding: EvolutionFinding, schema: Json, side: 'old' | 'new'): string | undefined {
  const missing =
    finding.rule === 'field-missing' ? /property "((?:[^"\\]|\\.)*)"/.exec(finding.message)?.[1] : undefined;
  const parent = finding.instancePath
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[]` : `${path === '' ? '' : `${path}.`}${part}`), '');
  if (missing !== undefined) return parent === '' ? missing : `${parent}.${missing}`;
  if (parent !== '') return parent;
  return pathAt(schema, side === 'old' ? finding.oldPointer : finding.newPointer);
}

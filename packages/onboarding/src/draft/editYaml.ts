import { type Json, type JsonObject, parseYaml } from '@busline/event-repository';
import {
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { canonical } from '../request/requestHash';
import { flowYaml, itemYaml, pairYaml } from './yamlText';

/*
 * Changes a YAML file that a person wrote: only the lines that must change do. The text is cut where the parser says
 * that a value stands, and what comes out is read again; where the cut did not give what was wanted, the document is
 * changed as a whole, which keeps comments but not every person's spacing.
 */

type Path = readonly (string | number)[];

export type YamlEdit =
  /** Replaces a value, or adds it at the end of its mapping. */
  | { readonly kind: 'set'; readonly path: Path; readonly value: Json }
  /** Adds to the end of a list, which is made where it is not there. */
  | { readonly kind: 'append'; readonly path: Path; readonly value: Json }
  | { readonly kind: 'remove'; readonly path: Path };

/** @throws Error where the text is no YAML or the edit does not fit what stands there */
export function editYaml(text: string, edits: readonly YamlEdit[]): string {
  return edits.reduce(editOnce, text);
}

function editOnce(text: string, edit: YamlEdit): string {
  const { value, errors } = parseYaml(text);
  if (errors.length > 0 || value === undefined) throw new Error(`The file is no YAML: ${errors[0]?.message}`);
  const wanted = canonical(applied(value, edit));
  const isRight = (result: string | undefined): result is string =>
    result !== undefined && canonical(parseYaml(result).value) === wanted;
  const cut = cutText(text, edit);
  if (isRight(cut)) return cut;
  const whole = changedDocument(text, edit);
  if (isRight(whole)) return whole;
  throw new Error(`Cannot ${edit.kind} ${edit.path.join('.')}`);
}

/** What the file is to say afterwards. */
function applied(value: Json, edit: YamlEdit, depth = 0): Json {
  const { path } = edit;
  if (depth === path.length) {
    if (edit.kind !== 'append') return edit.kind === 'set' ? edit.value : value;
    return [...(Array.isArray(value) ? (value as readonly Json[]) : []), edit.value];
  }
  const key = path[depth];
  const isLast = depth === path.length - 1;
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    if (edit.kind === 'remove' && isLast) return list.filter((_, i) => i !== key);
    return list.map((item, i) => (i === key ? applied(item, edit, depth + 1) : item));
  }
  const object = (value ?? {}) as JsonObject;
  if (edit.kind === 'remove' && isLast) {
    return Object.fromEntries(Object.entries(object).filter(([name]) => name !== String(key)));
  }
  const inner = Object.hasOwn(object, key) ? object[key] : null;
  return Object.fromEntries([...Object.entries(object), [String(key), applied(inner, edit, depth + 1)]]);
}

function changedDocument(text: string, edit: YamlEdit): string | undefined {
  try {
    const document = parseDocument(text);
    if (edit.kind === 'remove') document.deleteIn(edit.path);
    else if (edit.kind === 'set') document.setIn(edit.path, document.createNode(edit.value));
    else if (isSeq(document.getIn(edit.path))) document.addIn(edit.path, document.createNode(edit.value));
    else document.setIn(edit.path, document.createNode([edit.value]));
    return document.toString({ lineWidth: 0, singleQuote: true });
  } catch {
    return undefined;
  }
}

function cutText(text: string, edit: YamlEdit): string | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const cut =
    edit.kind === 'remove' ? removal(text, document.contents, edit.path) : addition(text, document.contents, edit);
  if (!cut) return undefined;
  const insert = newline === '\n' ? cut.insert : cut.insert.replace(/\r?\n/g, newline);
  return text.slice(0, cut.from) + insert + text.slice(cut.to);
}

interface Cut {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

function addition(text: string, root: Node | null, edit: Exclude<YamlEdit, { kind: 'remove' }>): Cut | undefined {
  // How far the path leads; what is missing below is made as one value.
  let parent: Node | null = root;
  let depth = 0;
  while (depth < edit.path.length - 1) {
    const next = childOf(parent, edit.path[depth]);
    if (!isCollection(next)) break;
    parent = next;
    depth += 1;
  }
  const key = edit.path[depth];
  const value = nestedValue(edit, depth + 1);
  const existing = childOf(parent, key);
  if (edit.kind === 'append' && depth === edit.path.length - 1 && isSeq(existing) && existing.items.length > 0) {
    return appended(text, existing, edit.value);
  }
  if (!isMap(parent)) return undefined;
  const pair = pairOf(parent, key);
  return pair ? replaced(text, parent, pair, value) : added(text, parent, String(key), value);
}

function nestedValue(edit: Exclude<YamlEdit, { kind: 'remove' }>, depth: number): Json {
  const rest = edit.path.slice(depth);
  const leaf: Json = edit.kind === 'append' ? [edit.value] : edit.value;
  return rest.reduceRight<Json>((inner, key) => ({ [key]: inner }), leaf);
}

function appended(text: string, list: YAMLSeq, value: Json): Cut | undefined {
  if (list.flow) {
    const at = list.range![1] - 1;
    return { from: at, to: at, insert: `, ${flowYaml(value)}` };
  }
  const last = list.items[list.items.length - 1] as Node;
  const indent = columnOf(text, list.range![0]);
  const item = itemYaml(value, indent, isCollection(last) && last.flow === true);
  return insertedBelow(text, contentEnd(text, last), `${' '.repeat(indent)}${item}`);
}

function added(text: string, map: YAMLMap, key: string, value: Json): Cut | undefined {
  const last = map.items[map.items.length - 1] as Pair<Node, Node | null> | undefined;
  if (map.flow) {
    const at = map.range![1] - 1;
    const before = text.slice(0, at).trimEnd().length;
    const space = last ? text.slice(before, at) : ' ';
    return { from: before, to: at, insert: `${last ? ', ' : ' '}${flowYaml(key)}: ${flowYaml(value)}${space}` };
  }
  if (!last) return undefined;
  const indent = columnOf(text, map.range![0]);
  const end = contentEnd(text, last.value ?? last.key);
  // As its neighbour is written.
  const isFlow = isMap(last.value) && last.value.flow === true && value !== null && typeof value === 'object';
  const pair = isFlow ? `${flowYaml(key)}: ${flowYaml(value)}` : pairYaml(key, value, indent);
  return insertedBelow(text, end, `${' '.repeat(indent)}${pair}`);
}

function replaced(text: string, map: YAMLMap, pair: Pair<Node, Node | null>, value: Json): Cut | undefined {
  const key = isScalar(pair.key) ? String(pair.key.value) : undefined;
  if (key === undefined || !pair.key.range || !pair.value?.range) return undefined;
  if (map.flow || (isCollection(pair.value) && pair.value.flow)) {
    return { from: pair.value.range[0], to: pair.value.range[1], insert: flowYaml(value) };
  }
  const indent = columnOf(text, pair.key.range[0]);
  return { from: pair.key.range[0], to: contentEnd(text, pair.value), insert: pairYaml(key, value, indent) };
}

function removal(text: string, root: Node | null, path: Path): Cut | undefined {
  const parent = path.slice(0, -1).reduce<Node | null>((at, key) => childOf(at, key), root);
  const key = path[path.length - 1];
  if (!isCollection(parent) || parent.flow || parent.items.length < 2) return undefined;
  if (isMap(parent)) {
    const pair = pairOf(parent, key);
    return pair?.key.range ? wholeLines(text, pair.key.range[0], contentEnd(text, pair.value ?? pair.key)) : undefined;
  }
  const item = childOf(parent, key);
  return item?.range ? wholeLines(text, item.range[0], contentEnd(text, item)) : undefined;
}

function pairOf(map: YAMLMap, key: string | number): Pair<Node, Node | null> | undefined {
  return (map.items as Pair<Node, Node | null>[]).find(
    pair => isScalar(pair.key) && String(pair.key.value) === String(key),
  );
}

function childOf(node: Node | null, key: string | number): Node | null {
  if (isMap(node)) return pairOf(node, key)?.value ?? null;
  return isSeq(node) ? (node.items[Number(key)] as Node | undefined) ?? null : null;
}

/** Where what is written of a node ends, without the comments and empty lines behind it. */
function contentEnd(text: string, node: Node): number {
  if (isCollection(node) && !node.flow && node.items.length > 0) {
    const last = node.items[node.items.length - 1] as Node | Pair<Node, Node | null>;
    return contentEnd(text, 'key' in last ? ((last.value ?? last.key) as Node) : last);
  }
  const [from, to] = node.range!;
  return from + text.slice(from, to).trimEnd().length;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** Below the line on which something ends, so that a comment behind it stays with it. */
function insertedBelow(text: string, end: number, lines: string): Cut {
  const lineEnd = text.indexOf('\n', end);
  if (lineEnd === -1) return { from: text.length, to: text.length, insert: `\n${lines}\n` };
  return { from: lineEnd + 1, to: lineEnd + 1, insert: `${lines}\n` };
}

function wholeLines(text: string, from: number, to: number): Cut {
  const lineEnd = text.indexOf('\n', to);
  return { from: text.lastIndexOf('\n', from - 1) + 1, to: lineEnd === -1 ? text.length : lineEnd + 1, insert: '' };
}

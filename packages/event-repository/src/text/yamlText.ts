import { FAILSAFE_SCHEMA, load, Type, YAMLException } from 'js-yaml';
import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Json } from '../types';
import { type Pointer, type Position, positionAt, START } from './position';

/*
 * Two parsers read YAML here. js-yaml is some 25 times faster and gives the
 * values; `yaml` knows where everything stands and is asked only when there is
 * something to point at. Both follow the YAML 1.2 core schema, with one
 * difference: JSON has neither infinity nor NaN, so `.inf` and `.nan` stay text.
 */

/** What an event repository's YAML file may nest; JSON Schema and patterns stay far below. */
export const MAX_YAML_DEPTH = 64;
/** Values that aliases may expand to: a few kilobytes of anchors must not become gigabytes. */
export const MAX_YAML_VALUES = 100_000;

export interface YamlError {
  readonly kind: 'syntax' | 'duplicate-key' | 'limit';
  readonly message: string;
  readonly position: Position;
}

export interface YamlResult {
  /** Absent when the text could not be read at all. An empty text is `null`. */
  readonly value?: Json;
  readonly errors: readonly YamlError[];
}

const integer = new Type('tag:yaml.org,2002:int', {
  kind: 'scalar',
  resolve: (data: unknown) => typeof data === 'string' && /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/.test(data),
  construct: (data: string) => Number(data),
});

const float = new Type('tag:yaml.org,2002:float', {
  kind: 'scalar',
  resolve: (data: unknown) =>
    typeof data === 'string' &&
    /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(data) &&
    Number.isFinite(Number(data)),
  construct: (data: string) => Number(data),
});

const nothing = new Type('tag:yaml.org,2002:null', {
  kind: 'scalar',
  resolve: (data: unknown) => data === null || (typeof data === 'string' && /^(?:|~|null|Null|NULL)$/.test(data)),
  construct: () => null,
});

const truth = new Type('tag:yaml.org,2002:bool', {
  kind: 'scalar',
  resolve: (data: unknown) => typeof data === 'string' && /^(?:true|True|TRUE|false|False|FALSE)$/.test(data),
  construct: (data: string) => data[0] === 't' || data[0] === 'T',
});

const BUSLINE_YAML = FAILSAFE_SCHEMA.extend({
  implicit: [nothing, truth, integer, float],
});

/** An anchor, roughly: only texts with one are looked at for what aliases expand to. */
const ANCHOR = /(?:^|[\s[{,:-])&[^\s&=]/m;

/**
 * Reads one YAML document. Never throws: everything that is wrong is in
 * `errors`, each with its place.
 */
export function parseYaml(text: string): YamlResult {
  let value: unknown;
  try {
    value = load(text, { schema: BUSLINE_YAML });
  } catch (error) {
    return readWrongYaml(text, error);
  }
  if (value === undefined) return { value: null, errors: [] };
  if (ANCHOR.test(text)) {
    const excess = aliasExcess(value);
    if (excess) return { errors: [limitError(text, excess)] };
  }
  if (isDeeperThan(value, MAX_YAML_DEPTH)) {
    return {
      errors: [limitError(text, `nested deeper than ${MAX_YAML_DEPTH} levels`)],
    };
  }
  return { value: value as Json, errors: [] };
}

/** js-yaml bounds depth itself; where it does not, the stack does. */
const isTooDeep = (error: unknown) =>
  error instanceof RangeError || (error instanceof YAMLException && /maxDepth|nesting/i.test(error.reason));

function readWrongYaml(text: string, error: unknown): YamlResult {
  if (isTooDeep(error)) {
    return {
      errors: [limitError(text, `nested deeper than ${MAX_YAML_DEPTH} levels`)],
    };
  }
  const errors = errorsWithPlaces(text);
  if (errors.length === 0) errors.push(fromException(error));
  if (errors.every(({ kind }) => kind === 'duplicate-key')) {
    const value = loadLastOfDuplicates(text);
    if (value !== undefined) return { value, errors };
  }
  return { errors };
}

/** The rest of a file with a key written twice can still be read. */
function loadLastOfDuplicates(text: string): Json | undefined {
  try {
    const value = load(text, { schema: BUSLINE_YAML, json: true });
    const usable = !ANCHOR.test(text) && !isDeeperThan(value, MAX_YAML_DEPTH);
    return usable ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

function errorsWithPlaces(text: string): YamlError[] {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
    });
    return document.errors.map(error => {
      const { line, col } = lines.linePos(error.pos[0]);
      return {
        kind: error.code === 'DUPLICATE_KEY' ? 'duplicate-key' : 'syntax',
        message: error.message,
        position: { line: Math.max(1, line), column: Math.max(1, col) },
      };
    });
  } catch {
    return [];
  }
}

function fromException(error: unknown): YamlError {
  if (!(error instanceof YAMLException)) {
    return { kind: 'syntax', message: String(error), position: START };
  }
  const mark = error.mark as { line?: number; column?: number } | undefined;
  return {
    kind: /duplicated mapping key/.test(error.reason) ? 'duplicate-key' : 'syntax',
    message: error.reason,
    position: { line: (mark?.line ?? 0) + 1, column: (mark?.column ?? 0) + 1 },
  };
}

function limitError(text: string, message: string): YamlError {
  const anchor = ANCHOR.test(text) ? text.indexOf('&') : 0;
  return { kind: 'limit', message, position: positionAt(text, anchor) };
}

/** Why aliases expand too far, if they do. */
function aliasExcess(root: unknown): string | undefined {
  const open = new Set<object>();
  let values = 0;
  const visit = (value: unknown): string | undefined => {
    values += 1;
    if (values > MAX_YAML_VALUES) {
      return `aliases expand to more than ${MAX_YAML_VALUES} values`;
    }
    if (typeof value !== 'object' || value === null) return undefined;
    if (open.has(value)) return 'an alias refers to what contains it';
    if (open.size > MAX_YAML_DEPTH) {
      return `nested deeper than ${MAX_YAML_DEPTH} levels`;
    }
    open.add(value);
    for (const child of Object.values(value)) {
      const excess = visit(child);
      if (excess) return excess;
    }
    open.delete(value);
    return undefined;
  };
  return visit(root);
}

/** Whether a JSON-like value nests deeper than `limit`. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (limit === 0) return true;
  if (Array.isArray(value)) {
    return value.some(child => isDeeperThan(child, limit - 1));
  }
  for (const key in value) {
    if (isDeeperThan((value as Record<string, unknown>)[key], limit - 1)) {
      return true;
    }
  }
  return false;
}

export type YamlLocator = (pointer: Pointer, at: 'key' | 'value') => Position;

const isEmpty = (node: unknown) => isScalar(node) && node.value === null && !node.source;

/** Parses once to answer where values and their keys stand; where one is absent, its nearest ancestor. */
export function yamlLocator(text: string): YamlLocator {
  const lines = new LineCounter();
  let root: Node | null;
  try {
    root = parseDocument(text, { lineCounter: lines }).contents;
  } catch {
    return () => START;
  }
  const position = (node: unknown): Position | undefined => {
    const range = (node as Node | null | undefined)?.range;
    if (!range) return undefined;
    const { line, col } = lines.linePos(range[0]);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  return (pointer, at) => {
    let node: unknown = root;
    let found = position(root) ?? START;
    for (const [index, part] of pointer.entries()) {
      const last = index === pointer.length - 1;
      if (isMap(node)) {
        const pair = node.items.find(
          item =>
            isPair(item) && String(isScalar(item.key) ? item.key.source ?? item.key.value : item.key) === String(part),
        );
        if (!pair) return found;
        const key = position(pair.key) ?? found;
        const value = isEmpty(pair.value) ? key : position(pair.value) ?? key;
        found = last && at === 'value' ? value : key;
        node = pair.value;
      } else if (isSeq(node)) {
        node = node.items[Number(part)];
        found = position(node) ?? found;
      } else {
        return found;
      }
    }
    return found;
  };
}

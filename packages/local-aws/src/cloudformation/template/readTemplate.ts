import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type Node, type Scalar } from 'yaml';
import type { JsonObject, JsonValue } from '../../service';
import { validationError } from '../errors';

/** Short forms of the intrinsic functions: `!Sub` is `Fn::Sub`, save for two. */
const SHORT_FORMS: ReadonlyMap<string, string> = new Map([
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...[
    ...['And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAtt', 'GetAZs', 'If', 'ImportValue', 'Join', 'Length'],
    ...['Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform'],
  ].map(name => [`!${name}`, `Fn::${name}`] as const),
]);

/** Deeper than any template that a person or a program writes; keeps recursion within the stack. */
const MAX_DEPTH = 100;

/**
 * A template's text as a value, with the short forms of YAML written out.
 * Source: "Template format" in the CloudFormation user guide: YAML 1.1 without aliases, hash merges and timestamps.
 * @throws AwsError ValidationError where it is neither JSON nor YAML, in AWS's words with line and column
 */
export function readTemplate(text: string): JsonObject {
  const value = /^\s*\{/.test(text) ? readJson(text) : readYaml(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw validationError('Template format error: unsupported structure.');
  }
  checkDepth(value, 0);
  return value as JsonObject;
}

function readJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    // YAML's reader knows the place; JSON in a looser form (a trailing comma) is JSON no more.
    const lines = new LineCounter();
    const [error] = parseDocument(text, { lineCounter: lines, schema: 'json', strict: true }).errors;
    const { line, col } = error ? lines.linePos(error.pos[0]) : { line: 1, col: 1 };
    throw validationError(`Template format error: JSON not well-formed. (line ${line}, column ${col})`);
  }
}

/** Lets the parser take the tags; `toValue` reads them. */
const customTags = [...SHORT_FORMS.keys()].flatMap(tag => [
  { tag, resolve: (text: string) => text },
  { tag, collection: 'seq' as const },
  { tag, collection: 'map' as const },
]);

const NOT_SUPPORTED = new Set([
  'tag:yaml.org,2002:timestamp',
  'tag:yaml.org,2002:binary',
  'tag:yaml.org,2002:omap',
  'tag:yaml.org,2002:pairs',
  'tag:yaml.org,2002:set',
  'tag:yaml.org,2002:merge',
]);

function readYaml(text: string): JsonValue {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.1',
    merge: false,
    strict: true,
    uniqueKeys: true,
    lineCounter: lines,
    customTags: known => [
      ...known.filter(tag => typeof tag === 'string' || !NOT_SUPPORTED.has(tag.tag)),
      ...customTags,
    ],
  });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) {
    const { line, col } = lines.linePos(problem.pos[0]);
    throw validationError(
      `Template format error: YAML not well-formed. (line ${line}, column ${col}) ${problem.message.split('\n')[0]}`,
    );
  }
  refuseAliases(document);
  return toValue(document.contents as Node | null, 0);
}

function refuseAliases(document: Document.Parsed): void {
  visit(document, {
    Alias() {
      throw validationError('Template error: YAML aliases are not allowed in CloudFormation templates');
    },
  });
}

function toValue(node: unknown, depth: number): JsonValue {
  if (depth > MAX_DEPTH) throw tooDeep();
  if (isScalar(node)) return tagged(node.tag, scalarValue(node));
  if (isSeq(node))
    return tagged(
      node.tag,
      node.items.map(item => toValue(item, depth + 1)),
    );
  if (!isMap(node)) return null;
  const entries = node.items.map(({ key, value }) => {
    if (!isScalar(key)) throw validationError('Template format error: a key must be a text.');
    return [key.source ?? String(key.value), toValue(value, depth + 1)] as const;
  });
  return tagged(node.tag, Object.fromEntries(entries));
}

/**
 * Where the parser takes a plain scalar for something else than YAML 1.1's usual readers do, it stays text: `y`, an account
 * id that begins with 0, and numbers that would lose digits.
 */
function scalarValue({ value, source = '' }: Scalar): JsonValue {
  if (typeof value === 'boolean' && source.length === 1) return source;
  if (typeof value === 'number') {
    const losesDigits = /^0[0-9]*[89]/.test(source) || (/^[0-9]+$/.test(source) && !Number.isSafeInteger(value));
    return losesDigits ? source : value;
  }
  return typeof value === 'boolean' || value === null ? value : String(value);
}

function tagged(tag: string | undefined, value: JsonValue): JsonValue {
  const name = SHORT_FORMS.get(tag ?? '');
  if (name === undefined) return value;
  return { [name]: name === 'Fn::GetAtt' && typeof value === 'string' ? splitAttribute(value) : value };
}

/** `Queue.Arn`; a logical id has no dot, an attribute's name may have one. */
function splitAttribute(text: string): readonly string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

function checkDepth(value: JsonValue | undefined, depth: number): void {
  if (depth > MAX_DEPTH) throw tooDeep();
  if (typeof value !== 'object' || value === null) return;
  for (const child of Object.values(value)) checkDepth(child as JsonValue, depth + 1);
}

const tooDeep = () => validationError(`Template format error: nested more than ${MAX_DEPTH} levels deep.`);

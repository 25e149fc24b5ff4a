import { asList, type PolicyStatement } from '@busline/access-policy';
import type { Json, JsonObject } from '@busline/event-repository';

/** One text for all JSON values that mean the same to EventBridge or IAM, so that comparing is comparing texts. */

/** Operators whose array is a sequence and not a set of alternatives. */
const ORDERED_OPERATORS = new Set(['numeric']);
const MAX_DEPTH = 500;

/**
 * An event pattern's meaning as text: keys sorted, alternatives sorted and each once; `numeric` keeps its order.
 * @throws RangeError for a pattern nested deeper than any that AWS takes
 */
export function canonicalPattern(pattern: Json): string {
  return canonicalSet(pattern, undefined, 0);
}

function canonicalSet(value: Json, key: string | undefined, depth: number): string {
  if (depth > MAX_DEPTH) throw new RangeError(`Pattern is nested deeper than ${MAX_DEPTH} levels`);
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map(item => canonicalSet(item, undefined, depth + 1));
    if (key !== undefined && ORDERED_OPERATORS.has(key)) return `[${items.join()}]`;
    return `[${[...new Set(items)].sort().join()}]`;
  }
  if (value === null || typeof value !== 'object') {
    // `anything-but` takes one value or a list of them.
    return key === 'anything-but' ? `[${JSON.stringify(value)}]` : JSON.stringify(value);
  }
  const object = value as JsonObject;
  const members = Object.keys(object)
    .sort()
    .map(name => `${JSON.stringify(name)}:${canonicalSet(object[name], name, depth + 1)}`);
  return `{${members.join()}}`;
}

/** Any JSON with its keys sorted; arrays keep their order. */
export function canonicalJson(value: unknown, depth: number = 0): string {
  if (depth > MAX_DEPTH) throw new RangeError(`JSON is nested deeper than ${MAX_DEPTH} levels`);
  if (Array.isArray(value)) return `[${value.map(item => canonicalJson(item, depth + 1)).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member, depth + 1)}`);
  return `{${members.join()}}`;
}

/** A JSON text by its meaning; a text that is no JSON as it is. */
export function canonicalText(text: string): string {
  try {
    return canonicalJson(JSON.parse(text));
  } catch {
    return text;
  }
}

/** Parts of a statement in one form each: one or many, the account's id or its ARN, keys in any case. */
export function canonicalStatement(statement: PolicyStatement): Readonly<Record<string, string>> {
  const parts: Record<string, string> = { effect: String(statement.Effect) };
  if (statement.Principal !== undefined) parts.principal = principal(statement.Principal);
  if (statement.NotPrincipal !== undefined) parts['not principal'] = principal(statement.NotPrincipal);
  if (statement.Action !== undefined) parts.action = set(asList(statement.Action).map(a => String(a).toLowerCase()));
  if (statement.NotAction !== undefined) {
    parts['not action'] = set(asList(statement.NotAction).map(a => String(a).toLowerCase()));
  }
  if (statement.Resource !== undefined) parts.resource = set(asList(statement.Resource));
  if (statement.NotResource !== undefined) parts['not resource'] = set(asList(statement.NotResource));
  const condition = conditions(statement.Condition);
  if (condition !== '{}') parts.condition = condition;
  return parts;
}

function principal(value: NonNullable<PolicyStatement['Principal']>): string {
  if (typeof value !== 'object' || value === null) return canonicalJson({ AWS: [String(value)] });
  const types = Object.entries(value).map(([type, who]) => {
    const names = asList(who as string | readonly string[]).map(name =>
      type === 'AWS' ? String(name).replace(/^arn:aws[a-z-]*:iam::(\d{12}):root$/, '$1') : String(name),
    );
    return [type, [...new Set(names)].sort()] as const;
  });
  return canonicalJson(Object.fromEntries(types));
}

function conditions(block: PolicyStatement['Condition']): string {
  const operators = Object.entries(block ?? {}).map(([operator, keys]) => {
    const values = Object.entries(keys ?? {}).map(
      ([key, wanted]) => [key.toLowerCase(), [...new Set(asList(wanted).map(String))].sort()] as const,
    );
    return [operator, Object.fromEntries(values)] as const;
  });
  return canonicalJson(Object.fromEntries(operators));
}

function set(values: readonly unknown[]): string {
  return canonicalJson([...new Set(values.map(String))].sort());
}

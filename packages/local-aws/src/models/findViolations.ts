import type { JsonObject, JsonValue } from '../service';
import type { Constraint, ConstraintTable } from './constraint';
import { describeValue } from './describeValue';
import { ownMember } from './ownMember';
import type { Member, Shape, StructureShape } from './shapes';

const STRING: Shape = { kind: 'string' };

const measure = (shape: Shape) => (shape.kind === 'number' ? 'value' : 'length');
const demand = {
  max: (shape: Shape, max: number) => `Member must have ${measure(shape)} less than or equal to ${max}`,
  min: (shape: Shape, min: number) => `Member must have ${measure(shape)} greater than or equal to ${min}`,
  pattern: (pattern: string) => `Member must satisfy regular expression pattern: ${pattern}`,
  values: (values: readonly string[]) => `Member must satisfy enum value set: [${values.join(', ')}]`,
};

/** One failed constraint. */
export interface Violation {
  readonly kind: 'missing' | 'constraint';
  /** `entries.1.member.detailType` */
  readonly path: string;
  /** The member's name in the model. */
  readonly member: string;
  /** `Value null at 'name' failed to satisfy constraint: Member must not be null` */
  readonly message: string;
}

/** Every required member that is missing and every constraint that does not hold, in the model's order. */
export function findViolations(
  shape: StructureShape,
  input: JsonObject,
  constraints: ConstraintTable,
): readonly Violation[] {
  const found: Violation[] = [];
  visitStructure({ constraints, found }, shape, input, '');
  return found;
}

interface Visit {
  readonly constraints: ConstraintTable;
  readonly found: Violation[];
}

function visitStructure(visit: Visit, shape: StructureShape, input: JsonObject, prefix: string): void {
  for (const member of shape.members()) {
    const value = ownMember(input, member.name) ?? null;
    const path = prefix + lowerFirst(member.name);
    if (value !== null) {
      visitMember(visit, shape, member, value, path);
    } else if (member.required) {
      report(visit, 'missing', member, path, 'null', 'Member must not be null');
    }
  }
}

function visitMember(visit: Visit, owner: StructureShape, member: Member, value: JsonValue, path: string): void {
  const { shape, name } = member;
  const shown = () => `'${describeValue(shape, value)}'`;
  const of = (suffix: string) => visit.constraints.find(owner.name, name + suffix);
  for (const problem of problemsOf(of(''), shape, value)) {
    report(visit, 'constraint', member, path, shown(), problem);
  }
  if (shape.kind === 'structure') {
    visitStructure(visit, shape, value as JsonObject, `${path}.`);
  } else if (shape.kind === 'list') {
    // An empty text is the query protocol's empty list.
    const entries = value === '' ? [] : (value as readonly JsonValue[]);
    reportEntries(visit, member, path, shown, entries, shape.member, of('[]'), '');
    visitEntries(
      visit,
      shape.member,
      entries.map((v, i) => [i + 1, v] as const),
      path,
    );
  } else if (shape.kind === 'map') {
    const map = value as JsonObject;
    const values = Object.values(map).map(v => v ?? null);
    reportEntries(visit, member, path, shown, Object.keys(map), STRING, of('<key>'), 'Map keys');
    reportEntries(visit, member, path, shown, values, shape.value, of('<value>'), 'Map value');
    visitEntries(
      visit,
      shape.value,
      Object.entries(map).map(([k, v]) => [k, v ?? null] as const),
      path,
    );
  }
}

/** Scalars inside a list or map are reported once, at the list or map itself, with all that is asked of them. */
function reportEntries(
  visit: Visit,
  member: Member,
  path: string,
  shown: () => string,
  entries: readonly JsonValue[],
  shape: Shape,
  constraint: Constraint | undefined,
  what: string,
): void {
  if (!constraint) return;
  if (entries.every(entry => problemsOf(constraint, shape, entry).length === 0)) {
    return;
  }
  const asked = demands(constraint, shape).join(', ');
  const subject = what === '' ? 'Member' : what;
  report(visit, 'constraint', member, path, shown(), `${subject} must satisfy constraint: [${asked}]`);
}

function visitEntries(
  visit: Visit,
  shape: Shape,
  entries: readonly (readonly [string | number, JsonValue])[],
  path: string,
): void {
  if (shape.kind !== 'structure') return;
  for (const [key, entry] of entries) {
    if (entry !== null) {
      visitStructure(visit, shape, entry as JsonObject, `${path}.${key}.member.`);
    }
  }
}

function report(
  visit: Visit,
  kind: Violation['kind'],
  member: Member,
  path: string,
  shown: string,
  problem: string,
): void {
  visit.found.push({
    kind,
    path,
    member: member.name,
    message: `Value ${shown} at '${path}' failed to satisfy constraint: ${problem}`,
  });
}

function problemsOf(constraint: Constraint | undefined, shape: Shape, value: JsonValue): readonly string[] {
  if (!constraint || value === null) return [];
  const { min, max, pattern, matcher, values } = constraint;
  const size = sizeOf(shape, value);
  const problems: string[] = [];
  if (max !== undefined && size > max) problems.push(demand.max(shape, max));
  if (min !== undefined && size < min) problems.push(demand.min(shape, min));
  if (pattern !== undefined && !(matcher ?? wholeMatch(pattern)).test(String(value))) {
    problems.push(demand.pattern(pattern));
  }
  if (values && !values.includes(String(value))) {
    problems.push(demand.values(values));
  }
  return problems;
}

function demands({ min, max, pattern, values }: Constraint, shape: Shape): readonly string[] {
  return [
    max === undefined ? [] : [demand.max(shape, max)],
    min === undefined ? [] : [demand.min(shape, min)],
    pattern === undefined ? [] : [demand.pattern(pattern)],
    values === undefined ? [] : [demand.values(values)],
  ].flat();
}

function sizeOf(shape: Shape, value: JsonValue): number {
  if (shape.kind === 'number') return Number(value);
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return Object.keys(value as JsonObject).length;
}

const compiled = new Map<string, RegExp>();

function wholeMatch(pattern: string): RegExp {
  let regExp = compiled.get(pattern);
  if (!regExp) {
    // \p{...} needs the u flag; other patterns are written in a way that the u flag refuses ([a-zA-Z0-9-_]).
    regExp = new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'u' : '');
    compiled.set(pattern, regExp);
  }
  return regExp;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/*
 * Keywords that apply further schemas to the same value: combinations,
 * conditions, references.
 */
import type { Target } from './document';
import {
  apply,
  evaluate,
  Evaluated,
  fail,
  wantsMore,
  type Keyword,
  type KeywordRow,
  type Place,
  type Run,
  type Scope,
} from './evaluation';
import { isArray, isObject, own } from './json';
import { rootPath, toPointer } from './pointer';
import type { Json, ValidationError } from './types';

/** A run whose errors do not count, for trying out. */
function trial(run: Run): Run {
  return { ...run, errors: run.errors ? [] : undefined };
}

interface Attempt {
  readonly valid: boolean;
  readonly errors: readonly ValidationError[];
  readonly seen: Evaluated | undefined;
}

function attempt(place: Place, schema: Json, keys: readonly (string | number)[], asWritten = false): Attempt {
  const run = asWritten ? { ...trial(place.run), closed: false } : trial(place.run);
  const seen = place.seen && new Evaluated();
  const valid = apply(place, { schema, keys, seen, run });
  return { valid, errors: run.errors ?? [], seen };
}

function keep(place: Place, { seen }: Attempt): void {
  if (seen) {
    place.seen?.addAll(seen);
  }
}

const allOf: Keyword = (place, argument) => {
  let valid = true;
  const schemas = isArray(argument) ? argument : [];
  for (let i = 0; i < schemas.length; i++) {
    const { seen } = place;
    if (!apply(place, { schema: schemas[i], keys: ['allOf', i], seen })) {
      valid = false;
      if (!wantsMore(place)) {
        return false;
      }
    }
  }
  return valid;
};

/** The errors of the alternative that came closest, after the main one. */
function addClosest(place: Place, attempts: readonly Attempt[]): void {
  const { errors, maxErrors } = place.run;
  const closest = [...attempts].sort((a, b) => a.errors.length - b.errors.length)[0];
  errors?.push(...(closest?.errors ?? []).slice(0, maxErrors - errors.length));
}

const anyOf: Keyword = (place, argument) => {
  if (!isArray(argument) || argument.length === 0) {
    return true;
  }
  const failed: Attempt[] = [];
  let valid = false;
  for (let i = 0; i < argument.length; i++) {
    const result = attempt(place, argument[i], ['anyOf', i]);
    if (result.valid) {
      valid = true;
      keep(place, result);
      if (!place.seen) {
        return true;
      }
    } else {
      failed.push(result);
    }
  }
  if (!valid) {
    fail(place, 'anyOf', `must match one of ${argument.length} alternatives, matches none`);
    addClosest(place, failed);
  }
  return valid;
};

const oneOf: Keyword = (place, argument) => {
  if (!isArray(argument) || argument.length === 0) {
    return true;
  }
  const failed: Attempt[] = [];
  const matching: number[] = [];
  let match: Attempt | undefined;
  for (let i = 0; i < argument.length && matching.length < 2; i++) {
    const result = attempt(place, argument[i], ['oneOf', i], true);
    if (result.valid) {
      matching.push(i);
      match = result;
    } else {
      failed.push(result);
    }
  }
  if (match && matching.length === 1) {
    keep(place, match);
    const [index] = matching;
    return (
      place.run.closed !== true || apply(place, { schema: argument[index], keys: ['oneOf', index], seen: place.seen })
    );
  }
  const found = matching.length === 0 ? 'none' : `numbers ${matching.join(' and ')}`;
  fail(place, 'oneOf', `must match exactly one of ${argument.length} alternatives, matches ${found}`);
  if (matching.length === 0) {
    addClosest(place, failed);
  }
  return false;
};

const not: Keyword = (place, argument) =>
  !attempt(place, argument, ['not'], true).valid || fail(place, 'not', 'must not match the schema in "not"');

const condition: Keyword = (place, argument) => {
  const result = attempt(place, argument, ['if'], true);
  if (result.valid) {
    keep(place, result);
  }
  const branch = result.valid ? 'then' : 'else';
  const schema = own(place.schema, branch);
  return schema === undefined || apply(place, { schema, keys: [branch], seen: place.seen });
};

function follow(place: Place, target: Target): boolean {
  const { run, scope, value, instance, seen } = place;
  return evaluate(
    run,
    target.schema,
    value,
    target.resource === scope.resource ? scope : { resource: target.resource, outer: scope },
    rootPath(target.pointer),
    instance,
    seen,
  );
}

function resolve(place: Place, reference: string, keyword: string): Target {
  const { run, schema, scope, path } = place;
  return run.document.resolve(schema, reference, scope.resource, () => toPointer({ parent: path, key: keyword }));
}

const ref: Keyword = (place, argument) =>
  typeof argument !== 'string' || follow(place, resolve(place, argument, '$ref'));

/** The outermost resource on the way here for which `pick` finds something. */
function outermost(scope: Scope, pick: (scope: Scope) => Target | undefined): Target | undefined {
  let found: Target | undefined;
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    found = pick(at) ?? found;
  }
  return found;
}

const dynamicRef: Keyword = (place, argument) => {
  if (typeof argument !== 'string') {
    return true;
  }
  const target = resolve(place, argument, '$dynamicRef');
  const name = argument.slice(argument.indexOf('#') + 1);
  const isDynamic = isObject(target.schema) && own(target.schema, '$dynamicAnchor') === name;
  const dynamic = isDynamic ? outermost(place.scope, ({ resource }) => resource.dynamicAnchors.get(name)) : undefined;
  return follow(place, dynamic ?? target);
};

function isRecursiveAnchor(schema: Json): boolean {
  return isObject(schema) && own(schema, '$recursiveAnchor') === true;
}

const recursiveRef: Keyword = (place, argument) => {
  if (typeof argument !== 'string') {
    return true;
  }
  const target = resolve(place, argument, '$recursiveRef');
  const recursive = isRecursiveAnchor(target.schema)
    ? outermost(place.scope, ({ resource }) =>
        isRecursiveAnchor(resource.root) ? { schema: resource.root, resource, pointer: resource.pointer } : undefined,
      )
    : undefined;
  return follow(place, recursive ?? target);
};

export const SCHEMA_KEYWORDS: readonly KeywordRow[] = [
  { name: 'allOf', check: allOf },
  { name: 'anyOf', check: anyOf },
  { name: 'oneOf', check: oneOf },
  { name: 'not', check: not },
  { name: 'if', check: condition, since: 'draft-07' },
  { name: '$ref', check: ref },
  {
    name: '$recursiveRef',
    check: recursiveRef,
    since: '2019-09',
    until: '2019-09',
  },
  { name: '$dynamicRef', check: dynamicRef, since: '2020-12' },
];

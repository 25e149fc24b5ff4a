import { isObject } from '../../input';
import type { JsonObject, JsonValue } from '../../service';
import { validationError } from '../errors';
import { referredValue, type ParameterValues } from './parameters';
import { onlyEntry, subPieces, subReference } from './references';
import type { Template } from './template';

/** Everything that a template's functions may ask for. */
export interface TemplateScope {
  readonly template: Template;
  readonly parameters: ParameterValues;
  readonly account: string;
  readonly region: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly notificationArns: readonly string[];
  /** What `Ref` gives for a resource. */
  readonly ref: (logicalId: string) => JsonValue;
  readonly attribute: (logicalId: string, name: string) => JsonValue;
  /** @throws AwsError where nobody exports the name */
  readonly importValue: (name: string) => string;
}

/** Stands for what only the deployment will tell, in AWS's own words. */
export const KNOWN_AFTER_APPLY = '{{changeSet:KNOWN_AFTER_APPLY}}';

/** `AWS::NoValue`: the member that has it is left out. */
const NO_VALUE = Symbol('AWS::NoValue');
type Resolved = JsonValue | typeof NO_VALUE;

/** A value with every function done; a member that is `AWS::NoValue` is left out. */
export function resolve(scope: TemplateScope, value: JsonValue): JsonValue {
  const resolved = resolveAny(scope, value);
  return resolved === NO_VALUE ? null : resolved;
}

/** Whether a condition of the template holds. The template check has made sure that none leads back to itself. */
export function conditionHolds(scope: TemplateScope, name: string): boolean {
  const value = scope.template.conditions.get(name);
  if (value === undefined) throw validationError(`Template error: unresolved condition dependency: ${name}`);
  return booleanOf(scope, value);
}

function booleanOf(scope: TemplateScope, value: JsonValue): boolean {
  const [name, argument] = onlyEntry(value) ?? [];
  const list = Array.isArray(argument) ? (argument as readonly JsonValue[]) : [];
  switch (name) {
    case 'Condition':
      return conditionHolds(scope, String(argument));
    case 'Fn::Not':
      return !booleanOf(scope, list[0] ?? null);
    case 'Fn::And':
      return list.every(part => booleanOf(scope, part));
    case 'Fn::Or':
      return list.some(part => booleanOf(scope, part));
    case 'Fn::Equals': {
      if (list.length !== 2) {
        throw validationError('Template error: Fn::Equals requires a list argument with two elements');
      }
      const [a, b] = list.map(part => resolve(scope, part));
      return typeof a === 'object' || typeof b === 'object'
        ? JSON.stringify(a) === JSON.stringify(b)
        : String(a) === String(b);
    }
    default:
      throw validationError(
        'Template format error: Every Condition must be Fn::And, Fn::Or, Fn::Not, Fn::Equals or Condition.',
      );
  }
}

function resolveAny(scope: TemplateScope, value: JsonValue): Resolved {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return resolveList(scope, value as readonly JsonValue[]);
  const [name, argument] = onlyEntry(value) ?? [];
  if (name === 'Ref') return referred(scope, String(argument));
  if (name?.startsWith('Fn::')) {
    const run = FUNCTIONS.get(name);
    if (!run) throw validationError(`Template error: this local server does not implement ${name}`);
    return run(scope, argument ?? null);
  }
  const members = Object.entries(value as JsonObject).flatMap(([key, child]) => {
    const resolved = resolveAny(scope, child as JsonValue);
    return resolved === NO_VALUE ? [] : [[key, resolved] as const];
  });
  return Object.fromEntries(members);
}

function resolveList(scope: TemplateScope, list: readonly JsonValue[]): readonly JsonValue[] {
  return list.map(item => resolveAny(scope, item)).filter((item): item is JsonValue => item !== NO_VALUE);
}

function referred(scope: TemplateScope, name: string): Resolved {
  const parameter = scope.template.parameters.get(name);
  if (parameter) return referredValue(parameter, scope.parameters[name] ?? '');
  switch (name) {
    case 'AWS::AccountId':
      return scope.account;
    case 'AWS::Region':
      return scope.region;
    case 'AWS::Partition':
      return 'aws';
    case 'AWS::URLSuffix':
      return 'amazonaws.com';
    case 'AWS::StackId':
      return scope.stackId;
    case 'AWS::StackName':
      return scope.stackName;
    case 'AWS::NotificationARNs':
      return scope.notificationArns;
    case 'AWS::NoValue':
      return NO_VALUE;
    default:
      return scope.ref(name);
  }
}

type TemplateFunction = (scope: TemplateScope, argument: JsonValue) => Resolved;

const FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['Fn::Base64', (scope, argument) => Buffer.from(textOf('Fn::Base64', resolve(scope, argument))).toString('base64')],
  ['Fn::FindInMap', findInMap],
  ['Fn::GetAtt', getAttribute],
  ['Fn::GetAZs', (scope, argument) => zones(textOf('Fn::GetAZs', resolve(scope, argument)) || scope.region)],
  ['Fn::If', chooseBranch],
  ['Fn::ImportValue', (scope, argument) => scope.importValue(textOf('Fn::ImportValue', resolve(scope, argument)))],
  ['Fn::Join', join],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::Sub', substitute],
]);

function findInMap(scope: TemplateScope, argument: JsonValue): JsonValue {
  const path = listOf('Fn::FindInMap', argument, 3).map(part => textOf('Fn::FindInMap', resolve(scope, part)));
  let found: JsonValue | undefined = scope.template.mappings;
  for (const key of path) found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  if (found !== undefined) return found;
  throw validationError(`Template error: Unable to get mapping for ${path.join('::')}`);
}

function getAttribute(scope: TemplateScope, argument: JsonValue): JsonValue {
  const parts = typeof argument === 'string' ? argument.split(/\.(.*)/s) : argument;
  if (!Array.isArray(parts) || typeof parts[0] !== 'string' || parts[1] === undefined) {
    throw validationError('Template error: every Fn::GetAtt object requires two non-empty parameters');
  }
  return scope.attribute(parts[0], textOf('Fn::GetAtt', resolve(scope, parts[1] as JsonValue)));
}

const zones = (region: string) => ['a', 'b', 'c'].map(letter => region + letter);

function chooseBranch(scope: TemplateScope, argument: JsonValue): Resolved {
  const [condition, whenTrue, whenFalse] = listOf('Fn::If', argument, 3);
  return resolveAny(scope, conditionHolds(scope, String(condition)) ? whenTrue : whenFalse);
}

function join(scope: TemplateScope, argument: JsonValue): JsonValue {
  const [separator, items] = listOf('Fn::Join', argument, 2);
  const list = resolve(scope, items);
  if (list === KNOWN_AFTER_APPLY) return KNOWN_AFTER_APPLY;
  if (!Array.isArray(list)) throw wrongArgument('Fn::Join', 'a delimiter and a list of texts');
  return (list as readonly JsonValue[]).map(item => textOf('Fn::Join', item)).join(String(separator));
}

function select(scope: TemplateScope, argument: JsonValue): JsonValue {
  const [index, items] = listOf('Fn::Select', argument, 2).map(part => resolve(scope, part));
  if (items === KNOWN_AFTER_APPLY) return KNOWN_AFTER_APPLY;
  if (!Array.isArray(items) || !/^\d+$/.test(String(index))) throw wrongArgument('Fn::Select', 'an index and a list');
  const found = (items as readonly JsonValue[])[Number(index)];
  if (found !== undefined) return found;
  throw validationError(`Template error: Fn::Select cannot select nonexistent value at index ${String(index)}`);
}

function split(scope: TemplateScope, argument: JsonValue): JsonValue {
  const [separator, source] = listOf('Fn::Split', argument, 2);
  const text = textOf('Fn::Split', resolve(scope, source));
  return text.includes(KNOWN_AFTER_APPLY) ? KNOWN_AFTER_APPLY : text.split(String(separator));
}

function substitute(scope: TemplateScope, argument: JsonValue): JsonValue {
  const [text, given] = Array.isArray(argument) ? (argument as readonly JsonValue[]) : [argument, {}];
  if (typeof text !== 'string' || !isObject(given)) throw wrongArgument('Fn::Sub', 'a text, or a text and a map');
  return subPieces(text)
    .map(piece => ('text' in piece ? piece.text : textOf('Fn::Sub', variable(scope, given, piece.variable))))
    .join('');
}

function variable(scope: TemplateScope, given: JsonObject, name: string): JsonValue {
  if (Object.hasOwn(given, name)) return resolve(scope, given[name] ?? null);
  const reference = subReference(name);
  if (reference.kind === 'attribute') return scope.attribute(reference.name, reference.attribute ?? '');
  return resolve(scope, { Ref: name });
}

function listOf(name: string, argument: JsonValue, length: number): readonly JsonValue[] {
  if (Array.isArray(argument) && argument.length === length) return argument as readonly JsonValue[];
  throw wrongArgument(name, `a list of ${length} elements`);
}

function textOf(name: string, value: JsonValue): string {
  if (typeof value === 'object') throw wrongArgument(name, 'a text where a list or a map stands');
  return String(value);
}

const wrongArgument = (name: string, expected: string) =>
  validationError(`Template error: every ${name} object requires ${expected}.`);

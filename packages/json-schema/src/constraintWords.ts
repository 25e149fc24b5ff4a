/*
 * What a schema asks of a value beyond its type, in words.
 */
import { isArray, isObject, own, ownNumber, ownString } from './json';
import type { Json, JsonObject } from './types';
import { shown } from './valueKeywords';
import type { View } from './view';

function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}

/** "1 to 40 characters", "at least 1 item", "40 characters" */
function between(schema: JsonObject, least: string, most: string, one: string, many: string): readonly string[] {
  const min = ownNumber(schema, least);
  const max = ownNumber(schema, most);
  if (min !== undefined && max !== undefined) {
    return [min === max ? `${min} ${plural(min, one, many)}` : `${min} to ${max} ${plural(max, one, many)}`];
  }
  if (min !== undefined && min > 0) {
    return [`at least ${min} ${plural(min, one, many)}`];
  }
  return max === undefined ? [] : [`at most ${max} ${plural(max, one, many)}`];
}

function limits(schema: JsonObject): readonly string[] {
  const min = ownNumber(schema, 'minimum');
  const max = ownNumber(schema, 'maximum');
  const openMin = own(schema, 'exclusiveMinimum');
  const openMax = own(schema, 'exclusiveMaximum');
  if (min !== undefined && max !== undefined && openMin === undefined && openMax === undefined) {
    return [min === max ? `= ${min}` : `${min} to ${max}`];
  }
  const words: string[] = [];
  if (min !== undefined) {
    words.push(`${openMin === true ? '>' : '≥'} ${min}`);
  }
  if (typeof openMin === 'number') {
    words.push(`> ${openMin}`);
  }
  if (max !== undefined) {
    words.push(`${openMax === true ? '<' : '≤'} ${max}`);
  }
  if (typeof openMax === 'number') {
    words.push(`< ${openMax}`);
  }
  return words;
}

function namesRequired(schema: JsonObject): readonly string[] {
  const words: string[] = [];
  for (const keyword of ['dependentRequired', 'dependencies']) {
    const dependencies = own(schema, keyword);
    if (isObject(dependencies)) {
      for (const name of Object.keys(dependencies)) {
        const names = dependencies[name];
        if (isArray(names) && names.length > 0) {
          words.push(`when \`${name}\` is present, so is ${listOf(names)}`);
        }
      }
    }
  }
  return words;
}

function listOf(names: readonly Json[]): string {
  return names.map(name => `\`${String(name)}\``).join(', ');
}

function exception(schema: JsonObject): readonly string[] {
  const not = own(schema, 'not');
  if (!isObject(not)) {
    return [];
  }
  const values = own(not, 'enum');
  if (isArray(values)) {
    return [`not ${values.map(shown).join(', ')}`];
  }
  if (Object.hasOwn(not, 'const')) {
    return [`not ${shown(not.const)}`];
  }
  const names = own(not, 'required');
  if (isArray(names)) {
    return [`not with ${listOf(names)}`];
  }
  return ['with exceptions (see "not")'];
}

function nameRules(schema: JsonObject): readonly string[] {
  const rule = own(schema, 'propertyNames');
  if (!isObject(rule)) {
    return [];
  }
  const pattern = ownString(rule, 'pattern');
  return [
    ...(pattern === undefined ? [] : [`names match ${pattern}`]),
    ...between(rule, 'minLength', 'maxLength', 'character', 'characters').map(each => `names of ${each}`),
  ];
}

type Word = (schema: JsonObject) => readonly string[];

function textWord(keyword: string, words: (value: string) => string): Word {
  return schema => {
    const value = ownString(schema, keyword);
    return value === undefined ? [] : [words(value)];
  };
}

const WORDS: readonly Word[] = [
  schema => between(schema, 'minLength', 'maxLength', 'character', 'characters'),
  textWord('pattern', pattern => `matches ${pattern}`),
  limits,
  schema => {
    const step = ownNumber(schema, 'multipleOf');
    return step === undefined ? [] : [`multiple of ${step}`];
  },
  schema => between(schema, 'minItems', 'maxItems', 'item', 'items'),
  schema => (own(schema, 'uniqueItems') === true ? ['no item twice'] : []),
  schema => (own(schema, 'contains') === undefined ? [] : ['contains a certain item (see "contains")']),
  schema => between(schema, 'minProperties', 'maxProperties', 'property', 'properties'),
  schema =>
    own(schema, 'additionalProperties') === false || own(schema, 'unevaluatedProperties') === false
      ? ['no other properties']
      : [],
  nameRules,
  namesRequired,
  textWord('contentEncoding', encoding => `encoded as ${encoding}`),
  textWord('contentMediaType', type => `contains ${type}`),
  exception,
];

export function constraintWords(view: View): readonly string[] {
  return [...new Set(WORDS.flatMap(word => view.parts.flatMap(({ schema }) => word(schema))))];
}

import { parseOperator } from './conditions';
import { asList, type ConditionBlock, type ConditionValue } from './document';
import { accountWords, awsPrincipalWords, describeArn, either, SERVICES, type DescribeOptions } from './words';

export interface ConditionWords {
  /** What is said of the event: " with source a and detail type b". */
  readonly event: string;
  /** The rest, each a clause of its own. */
  readonly rest: readonly string[];
}

const EVENT_KEYS: ReadonlyMap<string, string> = new Map([
  ['events:source', 'source'],
  ['events:detail-type', 'detail type'],
]);

/** A statement's conditions: what they say of the event, and the rest. */
export function describeConditions(block: ConditionBlock | undefined, options: DescribeOptions): ConditionWords {
  const event: string[] = [];
  const rest: string[] = [];
  for (const [operator, keys] of Object.entries(block ?? {})) {
    for (const [key, values] of Object.entries(keys)) {
      const name = EVENT_KEYS.get(key.toLowerCase());
      const plain = operator === 'StringEquals';
      const list = asList<ConditionValue>(values).map(String);
      if (name && plain) event.push(`${name} ${either(list)}`);
      else rest.push(describeCondition(operator, key, list, options));
    }
  }
  return {
    event: event.length > 0 ? ` with ${either(event, 'and')}` : '',
    rest,
  };
}

/** Keys that have words of their own where they must equal something. */
function knownKey(key: string, values: readonly string[], options: DescribeOptions): string | undefined {
  const arns = () => either(values.map(value => describeArn(value, options)));
  const accounts = () => either(values.map(value => accountWords(value, options)));
  switch (key.toLowerCase()) {
    case 'aws:sourcearn':
      return `for ${arns()}`;
    case 'aws:sourceaccount':
      return `for ${accounts()}`;
    case 'aws:principalorgid':
      return `from within organization ${either(values)}`;
    case 'aws:principalaccount':
      return `from ${accounts()}`;
    case 'aws:principalarn':
      return `as ${either(values.map(v => awsPrincipalWords(v, options)))}`;
    case 'events:creatoraccount':
      return `for rules that ${accounts()} created`;
    case 'events:eventbusinvocation':
      return values.every(v => v === 'true')
        ? 'when a rule of another bus forwards them'
        : 'when no rule forwards them';
    case 'sts:externalid':
      return `with external id ${either(values)}`;
    case 'iam:passedtoservice':
      return `for ${either(values.map(v => SERVICES.get(v) ?? v))}`;
    default:
      return undefined;
  }
}

const EQUAL = new Set(['StringEquals', 'ArnEquals', 'ArnLike', 'StringLike', 'Bool']);

const COMPARISONS: ReadonlyMap<string, string> = new Map([
  ['StringNotEquals', 'is not'],
  ['ArnNotEquals', 'is not'],
  ['ArnNotLike', 'is not like'],
  ['StringLike', 'is like'],
  ['StringNotLike', 'is not like'],
  ['StringEqualsIgnoreCase', 'is, in any case,'],
  ['StringNotEqualsIgnoreCase', 'is not, in any case,'],
  ['NumericLessThan', 'is below'],
  ['NumericLessThanEquals', 'is at most'],
  ['NumericGreaterThan', 'is above'],
  ['NumericGreaterThanEquals', 'is at least'],
  ['NumericNotEquals', 'is not'],
  ['DateLessThan', 'is before'],
  ['DateLessThanEquals', 'is not after'],
  ['DateGreaterThan', 'is after'],
  ['DateGreaterThanEquals', 'is not before'],
  ['DateNotEquals', 'is not'],
  ['IpAddress', 'is in'],
  ['NotIpAddress', 'is not in'],
]);

function describeCondition(
  operatorText: string,
  key: string,
  values: readonly string[],
  options: DescribeOptions,
): string {
  const operator = parseOperator(operatorText);
  if (operator?.name === 'Null') {
    return `when ${key} is ${values.includes('true') ? 'absent' : 'present'}`;
  }
  if (operator && !operator.set && !operator.ifExists && EQUAL.has(operator.name)) {
    const words = knownKey(key, values, options);
    if (words) return words;
  }
  const subject = subjectOf(operator?.set, key);
  const comparison = operator ? COMPARISONS.get(operator.name) ?? 'is' : `meets ${operatorText}`;
  const exists = operator?.ifExists ? ', where it is given' : '';
  return `when ${subject} ${comparison} ${either(values)}${exists}`;
}

function subjectOf(set: 'ForAllValues' | 'ForAnyValue' | undefined, key: string): string {
  switch (set) {
    case 'ForAllValues':
      return `every value of ${key}`;
    case 'ForAnyValue':
      return `a value of ${key}`;
    default:
      return key;
  }
}

import { parseArn } from './arn';
import { parseOperator } from './conditions';
import {
  asList,
  type ConditionBlock,
  type ConditionValue,
  type PolicyDocument,
  type PolicyPrincipal,
  type PolicyStatement,
} from './document';
import { statementsOf } from './evaluate';

export interface DescribeOptions {
  /** A person's name for an account: `delivery` for 444455556666. */
  readonly accountName?: (account: string) => string | undefined;
  /** What the policy stands on, to call it "this bus" rather than by its ARN. */
  readonly self?: { readonly arn: string; readonly words: string };
  /** Who has the policy, where its statements name no principal. Defaults to "this role". */
  readonly holder?: string;
}

/** One statement in words, with the statement beside it. */
export interface DescribedStatement {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly words: string;
  readonly statement: PolicyStatement;
}

/** Says for each statement who may do what, to what, and under which condition. */
export function describePolicy(
  document: PolicyDocument,
  options: DescribeOptions = {},
): readonly DescribedStatement[] {
  return statementsOf(document).map(statement => ({
    sid: statement.Sid,
    effect: statement.Effect,
    words: describeStatement(statement, options),
    statement,
  }));
}

/** "Account 444455556666 (delivery) may publish events with source com.key.delivery on this bus" */
export function describeStatement(
  statement: PolicyStatement,
  options: DescribeOptions = {},
): string {
  const conditions = describeConditions(statement.Condition, options);
  const sentence = [
    who(statement, options),
    statement.Effect === 'Allow' ? 'may' : 'may not',
    what(statement, conditions.event, options),
    ...conditions.rest,
  ].join(' ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** "a", "a or b", "a, b or c" */
function either(words: readonly string[], joiner: 'or' | 'and' = 'or'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${joiner} ${
    words[words.length - 1]
  }`;
}

function account(id: string, { accountName }: DescribeOptions): string {
  const name = accountName?.(id);
  return name === undefined ? `account ${id}` : `account ${id} (${name})`;
}

const SERVICES: ReadonlyMap<string, string> = new Map([
  ['events.amazonaws.com', 'EventBridge'],
  ['schemas.amazonaws.com', 'the EventBridge schema registry'],
  ['sns.amazonaws.com', 'SNS'],
  ['sqs.amazonaws.com', 'SQS'],
  ['lambda.amazonaws.com', 'Lambda'],
  ['cloudwatch.amazonaws.com', 'CloudWatch'],
]);

function who(statement: PolicyStatement, options: DescribeOptions): string {
  if (statement.NotPrincipal !== undefined) {
    return `everybody except ${principalWords(
      statement.NotPrincipal,
      options,
    )}`;
  }
  if (statement.Principal === undefined) return options.holder ?? 'this role';
  return principalWords(statement.Principal, options);
}

function principalWords(
  principal: PolicyPrincipal,
  options: DescribeOptions,
): string {
  if (principal === '*') return 'everybody';
  return either(
    [
      ...asList(principal.AWS).map(name => awsPrincipal(name, options)),
      ...asList(principal.Service).map(name => SERVICES.get(name) ?? name),
      ...asList(principal.Federated).map(name => `users of ${name}`),
      ...asList(principal.CanonicalUser).map(name => `canonical user ${name}`),
    ],
    'and',
  );
}

function awsPrincipal(name: string, options: DescribeOptions): string {
  if (name === '*') return 'everybody';
  if (/^\d{12}$/.test(name)) return account(name, options);
  const arn = parseArn(name);
  if (!arn) return name;
  const of = account(arn.account, options);
  const [kind, ...rest] = arn.resource.split('/');
  const last = rest[rest.length - 1];
  switch (kind) {
    case 'root':
      return of;
    case 'role':
      return `role ${last} of ${of}`;
    case 'user':
      return `user ${last} of ${of}`;
    case 'assumed-role':
      return `session ${last} of role ${rest[0]} of ${of}`;
    default:
      return name;
  }
}

/** What an action is in words; `{event}` takes what the conditions say of the event, `{it}` the resource. */
const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['events:putevents', 'publish events{event} on {it}'],
  ['sqs:sendmessage', 'send messages to {it}'],
  ['sqs:receivemessage', 'receive messages from {it}'],
  ['sqs:deletemessage', 'delete messages from {it}'],
  ['sns:publish', 'publish to {it}'],
  ['sts:assumerole', 'act as {it}'],
  ['lambda:invokefunction', 'invoke {it}'],
  ['states:startexecution', 'start executions of {it}'],
  ['iam:passrole', 'hand {it} to a service'],
  ['kinesis:putrecord', 'write records to {it}'],
  ['*', 'do everything to {it}'],
]);

function what(
  statement: PolicyStatement,
  event: string,
  options: DescribeOptions,
): string {
  const it = resourceWords(statement, options);
  const fill = (template: string) =>
    template.replace(/\{(event|it)\}/g, (_whole, name) =>
      name === 'it' ? it : event,
    );
  if (statement.NotAction !== undefined) {
    return fill(
      `do everything except ${either(asList(statement.NotAction))} on {it}`,
    );
  }
  const known: string[] = [];
  const other: string[] = [];
  for (const action of asList(statement.Action)) {
    const template = ACTIONS.get(action.toLowerCase());
    if (template) known.push(fill(template));
    else other.push(action);
  }
  if (other.length > 0) known.push(fill(`do ${either(other, 'and')} on {it}`));
  return either(known, 'and');
}

function resourceWords(
  statement: PolicyStatement,
  options: DescribeOptions,
): string {
  if (statement.NotResource !== undefined) {
    return `everything except ${either(
      asList(statement.NotResource).map(arn => describeArn(arn, options)),
    )}`;
  }
  const resources = asList(statement.Resource);
  if (resources.length === 0) return options.self?.words ?? 'this role';
  return either(
    resources.map(arn => describeArn(arn, options)),
    'and',
  );
}

const KINDS: readonly [service: string, prefix: string, words: string][] = [
  ['events', 'event-bus/', 'event bus'],
  ['events', 'rule/', 'rule'],
  ['iam', 'role/', 'role'],
  ['lambda', 'function:', 'function'],
  ['states', 'stateMachine:', 'state machine'],
  ['kinesis', 'stream/', 'stream'],
  ['sqs', '', 'queue'],
  ['sns', '', 'topic'],
];

/** "event bus central of account 111122223333 (platform) in eu-west-1" */
export function describeArn(
  text: string,
  options: DescribeOptions = {},
): string {
  if (options.self?.arn === text) return options.self.words;
  if (text === '*') return 'everything';
  const arn = parseArn(text);
  const kind =
    arn &&
    KINDS.find(
      ([service, prefix]) =>
        arn.service === service && arn.resource.startsWith(prefix),
    );
  if (!arn || !kind) return text;
  const [, prefix, words] = kind;
  const place = arn.region ? ` in ${arn.region}` : '';
  return `${words} ${arn.resource.slice(prefix.length)} of ${account(
    arn.account,
    options,
  )}${place}`;
}

interface ConditionWords {
  /** What is said of the event: " with source a and detail type b". */
  readonly event: string;
  /** The rest, each a clause of its own. */
  readonly rest: readonly string[];
}

const EVENT_KEYS: ReadonlyMap<string, string> = new Map([
  ['events:source', 'source'],
  ['events:detail-type', 'detail type'],
]);

function describeConditions(
  block: ConditionBlock | undefined,
  options: DescribeOptions,
): ConditionWords {
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
function knownKey(
  key: string,
  values: readonly string[],
  options: DescribeOptions,
): string | undefined {
  const arns = () => either(values.map(value => describeArn(value, options)));
  const accounts = () => either(values.map(value => account(value, options)));
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
      return `as ${either(values.map(v => awsPrincipal(v, options)))}`;
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

const EQUAL = new Set([
  'StringEquals',
  'ArnEquals',
  'ArnLike',
  'StringLike',
  'Bool',
]);

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
  if (
    operator &&
    !operator.set &&
    !operator.ifExists &&
    EQUAL.has(operator.name)
  ) {
    const words = knownKey(key, values, options);
    if (words) return words;
  }
  const subject = subjectOf(operator?.set, key);
  const comparison = operator
    ? COMPARISONS.get(operator.name) ?? 'is'
    : `meets ${operatorText}`;
  const exists = operator?.ifExists ? ', where it is given' : '';
  return `when ${subject} ${comparison} ${either(values)}${exists}`;
}

function subjectOf(
  set: 'ForAllValues' | 'ForAnyValue' | undefined,
  key: string,
): string {
  switch (set) {
    case 'ForAllValues':
      return `every value of ${key}`;
    case 'ForAnyValue':
      return `a value of ${key}`;
    default:
      return key;
  }
}

import { asList, type PolicyDocument, type PolicyPrincipal, type PolicyStatement } from './document';
import { describeConditions } from './describeConditions';
import { statementsOf } from './evaluate';
import { awsPrincipalWords, describeArn, either, SERVICES, type DescribeOptions } from './words';

/** One statement in words, with the statement beside it. */
export interface DescribedStatement {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly words: string;
  readonly statement: PolicyStatement;
}

/** Says for each statement who may do what, to what, and under which condition. */
export function describePolicy(document: PolicyDocument, options: DescribeOptions = {}): readonly DescribedStatement[] {
  return statementsOf(document).map(statement => ({
    sid: statement.Sid,
    effect: statement.Effect,
    words: describeStatement(statement, options),
    statement,
  }));
}

/** "Account 444455556666 (delivery) may publish events with source com.key.delivery on this bus" */
export function describeStatement(statement: PolicyStatement, options: DescribeOptions = {}): string {
  const conditions = describeConditions(statement.Condition, options);
  const sentence = [
    who(statement, options),
    statement.Effect === 'Allow' ? 'may' : 'may not',
    what(statement, conditions.event, options),
    ...conditions.rest,
  ].join(' ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function who(statement: PolicyStatement, options: DescribeOptions): string {
  if (statement.NotPrincipal !== undefined) {
    return `everybody except ${principalWords(statement.NotPrincipal, options)}`;
  }
  if (statement.Principal === undefined) return options.holder ?? 'this role';
  return principalWords(statement.Principal, options);
}

function principalWords(principal: PolicyPrincipal, options: DescribeOptions): string {
  if (principal === '*') return 'everybody';
  return either(
    [
      ...asList(principal.AWS).map(name => awsPrincipalWords(name, options)),
      ...asList(principal.Service).map(name => SERVICES.get(name) ?? name),
      ...asList(principal.Federated).map(name => `users of ${name}`),
      ...asList(principal.CanonicalUser).map(name => `canonical user ${name}`),
    ],
    'and',
  );
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

function what(statement: PolicyStatement, event: string, options: DescribeOptions): string {
  const it = resourceWords(statement, options);
  const fill = (template: string) =>
    template.replace(/\{(event|it)\}/g, (_whole, name) => (name === 'it' ? it : event));
  if (statement.NotAction !== undefined) {
    return fill(`do everything except ${either(asList(statement.NotAction))} on {it}`);
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

function resourceWords(statement: PolicyStatement, options: DescribeOptions): string {
  if (statement.NotResource !== undefined) {
    return `everything except ${either(asList(statement.NotResource).map(arn => describeArn(arn, options)))}`;
  }
  const resources = asList(statement.Resource);
  if (resources.length === 0) return options.self?.words ?? 'this role';
  return either(
    resources.map(arn => describeArn(arn, options)),
    'and',
  );
}

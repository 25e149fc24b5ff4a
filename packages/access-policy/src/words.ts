import { parseArn } from './arn';

export interface DescribeOptions {
  /** A person's name for an account: `delivery` for 444455556666. */
  readonly accountName?: (account: string) => string | undefined;
  /** What the policy stands on, to call it "this bus" rather than by its ARN. */
  readonly self?: { readonly arn: string; readonly words: string };
  /** Who has the policy, where its statements name no principal. Defaults to "this role". */
  readonly holder?: string;
}

/** "a", "a or b", "a, b or c" */
export function either(words: readonly string[], joiner: 'or' | 'and' = 'or'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${joiner} ${words[words.length - 1]}`;
}

export function accountWords(id: string, { accountName }: DescribeOptions): string {
  const name = accountName?.(id);
  return name === undefined ? `account ${id}` : `account ${id} (${name})`;
}

/** Services by the names that people use. */
export const SERVICES: ReadonlyMap<string, string> = new Map([
  ['events.amazonaws.com', 'EventBridge'],
  ['schemas.amazonaws.com', 'the EventBridge schema registry'],
  ['sns.amazonaws.com', 'SNS'],
  ['sqs.amazonaws.com', 'SQS'],
  ['lambda.amazonaws.com', 'Lambda'],
  ['cloudwatch.amazonaws.com', 'CloudWatch'],
]);

/** "role publisher of account 444455556666 (delivery)" */
export function awsPrincipalWords(name: string, options: DescribeOptions): string {
  if (name === '*') return 'everybody';
  if (/^\d{12}$/.test(name)) return accountWords(name, options);
  const arn = parseArn(name);
  if (!arn) return name;
  const of = accountWords(arn.account, options);
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
export function describeArn(text: string, options: DescribeOptions = {}): string {
  if (options.self?.arn === text) return options.self.words;
  if (text === '*') return 'everything';
  const arn = parseArn(text);
  const kind = arn && KINDS.find(([service, prefix]) => arn.service === service && arn.resource.startsWith(prefix));
  if (!arn || !kind) return text;
  const [, prefix, words] = kind;
  const place = arn.region ? ` in ${arn.region}` : '';
  return `${words} ${arn.resource.slice(prefix.length)} of ${accountWords(arn.account, options)}${place}`;
}

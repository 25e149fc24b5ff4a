import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { PutEventsCommand, PutRuleCommand, PutTargetsCommand, RemoveTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { CreateSchemaCommand, UpdateRegistryCommand } from '@aws-sdk/client-schemas';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { clientsOf, PLATFORM, start, stopAll, type Clients } from '../testing/clients';

afterEach(stopAll);

/** RemoveTargets with a body that the SDK would not write. */
function sendRaw({ events }: Pick<Clients, 'events'>, body: string) {
  const command = new RemoveTargetsCommand({ Rule: 'r', Ids: ['a'] });
  command.middlewareStack.add(
    next => args => {
      const request = args.request as {
        body: string;
        headers: Record<string, string>;
      };
      request.body = body;
      request.headers['content-length'] = String(Buffer.byteLength(body));
      return next(args);
    },
    { step: 'finalizeRequest' },
  );
  return events.send(command);
}

/** What is sent, and the error that AWS answers with. */
const CASES: readonly (readonly [string, (clients: Clients) => Promise<unknown>, string, string | RegExp])[] = [
  [
    'a required member that is missing',
    ({ events }) => events.send(new PutRuleCommand({ Name: undefined })),
    'ValidationException',
    "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
  ],
  [
    'a pattern',
    ({ events }) => events.send(new PutRuleCommand({ Name: 'a b' })),
    'ValidationException',
    "1 validation error detected: Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+",
  ],
  [
    'several at once',
    ({ events }) => events.send(new PutRuleCommand({ Name: 'r'.repeat(65), State: 'OFF' as never })),
    'ValidationException',
    `2 validation errors detected: Value '${'r'.repeat(
      65,
    )}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 64; Value 'OFF' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED, ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS]`,
  ],
  [
    'a number out of range, inside a list',
    ({ events }) =>
      events.send(
        new PutTargetsCommand({
          Rule: 'r',
          Targets: [
            { Id: 'a', Arn: 'arn' },
            { Id: 'b', Arn: 'arn', RetryPolicy: { MaximumRetryAttempts: 186 } },
          ],
        }),
      ),
    'ValidationException',
    "1 validation error detected: Value '186' at 'targets.2.member.retryPolicy.maximumRetryAttempts' failed to satisfy constraint: Member must have value less than or equal to 185",
  ],
  [
    'a list that is empty',
    ({ events }) => events.send(new PutEventsCommand({ Entries: [] })),
    'ValidationException',
    "1 validation error detected: Value '[]' at 'entries' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
  [
    'texts in a list',
    ({ events }) => events.send(new RemoveTargetsCommand({ Rule: 'r', Ids: ['ok', '!'] })),
    'ValidationException',
    "1 validation error detected: Value '[ok, !]' at 'ids' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 64, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+]",
  ],
  [
    'keys of a map',
    ({ events }) =>
      events.send(
        new PutTargetsCommand({
          Rule: 'r',
          Targets: [
            {
              Id: 'a',
              Arn: 'arn',
              InputTransformer: {
                InputPathsMap: { 'a b': '$.x' },
                InputTemplate: '"<a>"',
              },
            },
          ],
        }),
      ),
    'ValidationException',
    /^1 validation error detected: Value '\{a b=\$\.x\}' at 'targets\.1\.member\.inputTransformer\.inputPathsMap' failed to satisfy constraint: Map keys must satisfy constraint: \[/,
  ],
  [
    'structures as AWS prints them',
    ({ events }) =>
      events.send(
        new PutTargetsCommand({
          Rule: 'r',
          Targets: Array.from({ length: 101 }, () => ({ Id: 'a', Arn: 'b' })),
        }),
      ),
    'ValidationException',
    /Value '\[Target\(id=a, arn=b, roleArn=null, .*\.\.\.' at 'targets' failed to satisfy constraint: Member must have length less than or equal to 100$/,
  ],
  [
    'a text where a list belongs',
    ({ events }) => events.send(new RemoveTargetsCommand({ Rule: 'r', Ids: 'a' as never })),
    'SerializationException',
    'Expected list or null',
  ],
  [
    'a number where a text belongs',
    ({ events }) => events.send(new PutRuleCommand({ Name: 7 as never })),
    'SerializationException',
    'NUMBER_VALUE cannot be converted to String',
  ],
  [
    'a structure where a text belongs',
    ({ events }) => events.send(new PutRuleCommand({ Name: {} as never })),
    'SerializationException',
    'Start of structure or map found where not expected.',
  ],
  [
    'null in a list',
    clients => sendRaw(clients, '{"Rule":"r","Ids":["a",null]}'),
    'SerializationException',
    'Unexpected null in a collection',
  ],
  [
    'a required member that is null',
    clients => sendRaw(clients, '{"Rule":null,"Ids":["a"]}'),
    'ValidationException',
    "1 validation error detected: Value null at 'rule' failed to satisfy constraint: Member must not be null",
  ],
  [
    'a member that is only inherited',
    clients => sendRaw(clients, '{"__proto__":{"Rule":"r"},"Ids":["a"]}'),
    'ValidationException',
    "1 validation error detected: Value null at 'rule' failed to satisfy constraint: Member must not be null",
  ],
  [
    'a body that is no object',
    clients => sendRaw(clients, '[]'),
    'SerializationException',
    'The request body must be a JSON object.',
  ],
  [
    'a text on which the model’s own pattern would backtrack for ever',
    ({ events }) =>
      events.send(
        new PutTargetsCommand({
          Rule: 'r',
          Targets: [
            {
              Id: 'a',
              Arn: 'b',
              HttpParameters: {
                HeaderParameters: { h: `${' '.repeat(511)}é` },
              },
            },
          ],
        }),
      ),
    'ValidationException',
    /at 'targets\.1\.member\.httpParameters\.headerParameters' failed to satisfy constraint: Map value must satisfy constraint: /,
  ],
  [
    'a required member of CloudWatch',
    ({ cloudwatch }) =>
      cloudwatch.send(
        new GetMetricDataCommand({
          StartTime: new Date(0),
          EndTime: new Date(1),
          MetricDataQueries: undefined,
        }),
      ),
    'ValidationException',
    "1 validation error detected: Value null at 'metricDataQueries' failed to satisfy constraint: Member must not be null",
  ],
  [
    'a required member of SQS',
    ({ sqs }) => sqs.send(new SendMessageCommand({ QueueUrl: undefined, MessageBody: 'x' })),
    'MissingParameter',
    'The request must contain the parameter QueueUrl.',
  ],
  [
    'an enum of Schemas',
    ({ schemas }) =>
      schemas.send(
        new CreateSchemaCommand({
          RegistryName: 'r',
          SchemaName: 's',
          Type: 'Avro' as never,
          Content: '{}',
        }),
      ),
    'BadRequestException',
    "1 validation error detected: Value 'Avro' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [OpenApi3, JSONSchemaDraft4]",
  ],
  [
    'a length of Schemas',
    ({ schemas }) =>
      schemas.send(
        new UpdateRegistryCommand({
          RegistryName: 'r',
          Description: 'd'.repeat(257),
        }),
      ),
    'BadRequestException',
    /at 'description' failed to satisfy constraint: Member must have length less than or equal to 256$/,
  ],
  [
    'a number that the query protocol brings as text',
    ({ sts }) =>
      sts.send(
        new AssumeRoleCommand({
          RoleArn: `arn:aws:iam::${PLATFORM}:role/r`,
          RoleSessionName: 's',
          DurationSeconds: 60,
        }),
      ),
    'ValidationError',
    /Value '60' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900/,
  ],
  [
    'a pattern with Unicode classes',
    ({ iam }) =>
      iam.send(
        new CreateRoleCommand({
          RoleName: 'r',
          AssumeRolePolicyDocument: '{}',
          Tags: [{ Key: 'ключ', Value: '¡' }],
        }),
      ),
    'ValidationError',
    /^1 validation error detected: Value '¡' at 'tags\.1\.member\.value' failed to satisfy constraint: Member must satisfy regular expression pattern/,
  ],
];

const exactly = (text: string) => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);

describe('the check of inputs against AWS’s models', () => {
  it.each(CASES)('finds %s', async (_what, call, name, message) => {
    const { endpoint } = await start();
    const failure = await call(clientsOf(endpoint, PLATFORM)).then(
      () => undefined,
      (error: Error) => error,
    );
    expect(failure?.name).toBe(name);
    expect(failure?.message).toMatch(typeof message === 'string' ? exactly(message) : message);
  });
});

import { GetTemplateSummaryCommand, ValidateTemplateCommand } from '@aws-sdk/client-cloudformation';
import { clientsOf, PLATFORM, start, stopAll } from '../testing/clients';
import { failure } from '../testing/fixture';
import { stacksOf } from '../testing/stacks';

afterEach(stopAll);

async function platform() {
  const { endpoint } = await start();
  return stacksOf(clientsOf(endpoint, PLATFORM));
}

/** One value as a stack's output, in YAML with short forms. */
const HEAD = `
Parameters:
  Stage: { Type: String, Default: dev }
  Names: { Type: CommaDelimitedList, Default: 'a, b ,c' }
Mappings:
  Sizes: { dev: { small: 1, names: [x, y] }, prod: { small: 2 } }
Conditions:
  Prod: !Equals [!Ref Stage, prod]
  NotProd: !Not [!Condition Prod]
  Either: !Or [!Condition Prod, !Equals [1, '1']]
  Both: !And [!Condition Prod, !Condition Either]
Resources:
  Bus: { Type: AWS::Events::EventBus, Properties: { Name: b } }
  Never: { Type: AWS::Events::EventBus, Condition: Prod, Properties: { Name: never } }
Outputs:
`;

describe('functions', () => {
  const table: readonly (readonly [string, string])[] = [
    ['!Ref Bus', 'b'],
    ['!GetAtt Bus.Arn', 'arn:aws:events:eu-west-1:111122223333:event-bus/b'],
    ['!GetAtt [Bus, Arn]', 'arn:aws:events:eu-west-1:111122223333:event-bus/b'],
    ['{ Fn::GetAtt: Bus.Name }', 'b'],
    ['!Sub "${Bus}-${Stage}-${Bus.Name}-${AWS::Region}-${!Literal}"', 'b-dev-b-eu-west-1-${Literal}'],
    ['!Sub ["${x}/${Stage}", { x: !Ref "AWS::AccountId" }]', '111122223333/dev'],
    ['!Join ["-", [1, !Ref Stage, true]]', '1-dev-true'],
    ['!Join [":", !Ref Names]', 'a:b:c'],
    ['!Select [1, !Ref Names]', 'b'],
    ['!Select ["5", !Split [":", !GetAtt Bus.Arn]]', 'event-bus/b'],
    ['!If [Prod, yes it is, !If [NotProd, "no", x]]', 'no'],
    ['!If [Either, either, x]', 'either'],
    ['!If [Both, x, not both]', 'not both'],
    ['!FindInMap [Sizes, !Ref Stage, small]', '1'],
    ['!Join [",", !FindInMap [Sizes, dev, names]]', 'x,y'],
    ['!Base64 é', 'w6k='],
    ['!Select [0, !GetAZs ""]', 'eu-west-1a'],
    ['!Sub "${AWS::Partition} ${AWS::URLSuffix} ${AWS::StackName}"', 'aws amazonaws.com s'],
    ['2012-10-17', '2012-10-17'],
    ['012345678901', '012345678901'],
    ['yes', 'true'],
    ['0x1F', '31'],
  ];

  it('give what AWS gives', async () => {
    const { create } = await platform();
    const outputs = table.map(([value], i) => `  O${i}:\n    Value: ${value}\n`).join('');
    const { Outputs, StackStatus } = await create('s', HEAD + outputs);
    expect(StackStatus).toBe('CREATE_COMPLETE');
    const values = new Map(Outputs!.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
    expect(table.map(([value], i) => [value, values.get(`O${i}`)])).toEqual(table);
  });

  it('leave resources, outputs and members out', async () => {
    const { create, resources } = await platform();
    const body = `${HEAD}  No: { Condition: Prod, Value: x }\n  Yes: { Value: '1' }\n`.replace(
      'Name: b }',
      'Name: b, Description: !If [Prod, x, !Ref "AWS::NoValue"] }',
    );
    expect((await create('s', body)).Outputs!.map(({ OutputKey }) => OutputKey)).toEqual(['Yes']);
    expect(Object.keys(await resources('s'))).toEqual(['Bus']);
  });

  it.each([
    ['!Select [9, !Ref Names]', 'Fn::Select cannot select nonexistent value at index 9'],
    ['!FindInMap [Sizes, dev, none]', 'Unable to get mapping for Sizes::dev::none'],
    ['!Join [a]', 'every Fn::Join object requires a list of 2 elements'],
    ['!Cidr [a, 1, 2]', 'does not implement Fn::Cidr'],
  ])('fail the stack where they mean nothing: %s', async (value, message) => {
    const { create, reasons } = await platform();
    const { StackStatus } = await create('s', `${HEAD}  O: { Value: ${value} }\n`);
    expect(StackStatus).toBe('ROLLBACK_COMPLETE');
    expect((await reasons('s', 's')).join()).toContain(message);
  });

  it('do not run for ever', async () => {
    const { create } = await platform();
    const circle = `${HEAD}  O: { Value: x }\n`.replace('!Not [!Condition Prod]', '!Not [!Condition NotProd]');
    const stack = create('s', circle.replace('Condition: Prod, Prop', 'Condition: NotProd, Prop'));
    expect((await failure(stack)).message).toContain('Circular dependencies for conditions');
  });
});

describe('a hostile template', () => {
  it.each([
    '{"Resources":{"__proto__":{"Type":"AWS::SQS::Queue"}}}',
    '{"Resources":{"constructor":{"Type":"AWS::SQS::Queue","Properties":{"__proto__":{"QueueName":"x"}}}}}',
    'Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties: { __proto__: { QueueName: x } }\n',
  ])('pollutes nothing: %s', async body => {
    const { create } = await platform();
    const made = await create('s', body).catch(error => error);
    expect(made.name ?? made.StackStatus).toMatch(/ValidationError|ROLLBACK_COMPLETE/);
    expect(({} as Record<string, unknown>).QueueName).toBeUndefined();
  });
});

describe('what a template says of itself', () => {
  const body = `${HEAD}  O: { Value: x }\n`.replace(
    'Conditions:',
    'Description: Words\nMetadata: { a: 1 }\nConditions:',
  );

  it('is told without a stack', async () => {
    const { client } = await platform();
    expect(await client.send(new ValidateTemplateCommand({ TemplateBody: body }))).toMatchObject({
      Description: 'Words',
      Parameters: [
        { ParameterKey: 'Stage', DefaultValue: 'dev', NoEcho: false },
        { ParameterKey: 'Names', DefaultValue: 'a, b ,c' },
      ],
    });
    expect(await client.send(new GetTemplateSummaryCommand({ TemplateBody: body }))).toMatchObject({
      ResourceTypes: ['AWS::Events::EventBus', 'AWS::Events::EventBus'],
      Metadata: '{"a":1}',
      Version: '2010-09-09',
    });
  });

  it('names the capabilities that it needs', async () => {
    const { client, create } = await platform();
    const role =
      'Resources:\n  R: { Type: AWS::IAM::Role, Properties: { RoleName: r, AssumeRolePolicyDocument: {} } }\n';
    expect(await client.send(new ValidateTemplateCommand({ TemplateBody: role }))).toMatchObject({
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      CapabilitiesReason: 'The following resource(s) require capabilities: [AWS::IAM::Role]',
    });
    await create('s', body);
    expect((await client.send(new GetTemplateSummaryCommand({ StackName: 's' }))).Description).toBe('Words');
  });
});

import { CreateStackCommand, DescribeStacksCommand, ValidateTemplateCommand } from '@aws-sdk/client-cloudformation';
import { DescribeEventBusCommand, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { policyDocument, principalTrust } from '@busline/access-policy';
import { clientsOf, DELIVERY, PLATFORM, start, stopAll } from '../testing/clients';
import { accountOf, busArn, failure, roleArn } from '../testing/fixture';
import { busIn, queueIn, ruleIn, stacksOf, templateOf } from '../testing/stacks';

afterEach(stopAll);

async function platform(options = {}) {
  const { endpoint } = await start(options);
  const clients = clientsOf(endpoint, PLATFORM);
  return { endpoint, clients, ...stacksOf(clients) };
}

const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** Forwards from the platform's bus to a service's. */
const FORWARD = templateOf({
  Bus: busIn('central'),
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST } },
  Rule: ruleIn({ Ref: 'Bus' }, [
    { Id: 'theirs', Arn: busArn(DELIVERY, 'theirs'), RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } },
  ]),
});
const IAM = { Capabilities: ['CAPABILITY_IAM' as const] };

describe('a stack that cannot be made', () => {
  it('fails with what the service says, and leaves nothing: a bus of another account without a policy', async () => {
    const { clients, create, reasons, resources, history } = await platform();
    const stack = await create('s', FORWARD, IAM);
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(await reasons('s', 's')).toContain(
      'The following resource(s) failed to create: [Rule]. Rollback requested by user.',
    );
    const [reason] = (await reasons('s', 'Rule')).filter(text => text.startsWith('Resource handler'));
    expect(reason).toMatch(
      /^Resource handler returned message: "Account 111122223333 is not authorized to perform: events:PutEvents on resource: arn:aws:events:eu-west-1:444455556666:event-bus\/theirs because no resource-based policy allows the events:PutEvents action \(Service: EventBridge, Status Code: 400, Request ID: [-0-9a-f]{36}\)" \(RequestToken: [-0-9a-f]{36}, HandlerErrorCode: AccessDenied\)$/,
    );
    expect(Object.values(await resources('s')).map(text => text.split(' ')[0])).toEqual(
      Array(3).fill('DELETE_COMPLETE'),
    );
    expect(await failure(clients.events.send(new DescribeEventBusCommand({ Name: 'central' })))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect((await history('s')).at(-1)).toBe('s ROLLBACK_COMPLETE');
  });

  it('is made once the policy is there, after the failed one was deleted', async () => {
    const { endpoint, clients, create, remove } = await platform();
    await create('s', FORWARD, IAM);
    const theirs = policyDocument([
      {
        Sid: 'central',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${PLATFORM}:root` },
        Action: 'events:PutEvents',
        Resource: busArn(DELIVERY, 'theirs'),
      },
    ]);
    await accountOf(endpoint, DELIVERY).bus('theirs', theirs);
    expect(await failure(create('s', FORWARD, IAM))).toMatchObject({ name: 'AlreadyExistsException' });
    await remove('s');
    expect((await create('s', FORWARD, IAM)).StackStatus).toBe('CREATE_COMPLETE');
    expect((await clients.events.send(new ListRulesCommand({ EventBusName: 'central' }))).Rules).toHaveLength(1);
  });

  it('keeps what it has made where it is told to', async () => {
    const { clients, create } = await platform();
    const stack = await create('s', FORWARD, { ...IAM, OnFailure: 'DO_NOTHING' });
    expect(stack.StackStatus).toBe('CREATE_FAILED');
    await clients.events.send(new DescribeEventBusCommand({ Name: 'central' }));
  });

  it('goes altogether where it is told to', async () => {
    const { create, client } = await platform();
    expect((await create('s', FORWARD, { ...IAM, OnFailure: 'DELETE' })).StackStatus).toBe('DELETE_COMPLETE');
    expect(await failure(client.send(new DescribeStacksCommand({ StackName: 's' })))).toMatchObject({
      message: 'Stack with id s does not exist',
    });
  });

  it('cancels what was under way, and does not start what waits', async () => {
    const { create, reasons, history } = await platform();
    const queues = Object.fromEntries(
      Array.from({ length: 5 }, (_, i) => [`Q${i}`, { ...queueIn(), ...(i > 2 ? { DependsOn: 'Bad' } : {}) }]),
    );
    await create('s', templateOf({ Bad: queueIn({ QueueName: 'a b' }), ...queues }));
    const said = await history('s');
    expect(said.filter(line => /^Q[34] /.test(line))).toEqual([]);
    expect((await reasons('s', 'Bad')).join()).toContain('Can only include alphanumeric characters');
    expect((await reasons('s', 'Q2')).join()).toContain('Resource creation cancelled');
  });

  it.each([
    ['an unknown property', queueIn({ Nmae: 'q' }), '#: extraneous key [Nmae] is not permitted'],
    ['a missing property', { Type: 'AWS::Events::EventBus' }, '#: required key [Name] not found'],
    ['a wrong type', queueIn({ DelaySeconds: 'soon' }), '#/DelaySeconds: expected type: Integer, found: String'],
    ['a value out of range', queueIn({ DelaySeconds: 901 }), '#/DelaySeconds: 901 is not less or equal to 900'],
    ['a nested wrong one', ruleIn('default', [{ Id: 'a' }]), '#/Targets/0: required key [Arn] not found'],
    ['no trigger', { Type: 'AWS::Events::Rule', Properties: {} }, 'at least one of [EventPattern, ScheduleExpression]'],
    ['a value of no enum', ruleIn('default', [], { State: 'ON' }), 'ON is not a valid enum value'],
  ])('says what is wrong with the properties: %s', async (_what, resource, message) => {
    const { create, reasons } = await platform();
    expect((await create('s', templateOf({ X: resource }))).StackStatus).toBe('ROLLBACK_COMPLETE');
    const said = (await reasons('s', 'X')).join();
    expect(said).toContain('Properties validation failed for resource X with message:\n');
    expect(said).toContain(message);
  });

  it('meets the checks of the services beyond the schema of the type', async () => {
    const { create, reasons } = await platform();
    await create('s', templateOf({ Bus: busIn('b', { Description: 'x'.repeat(513) }) }));
    expect((await reasons('s', 'Bus')).join()).toContain(
      "at 'description' failed to satisfy constraint: Member must have length less than or equal to 512",
    );
  });

  it('does not take over what is there already', async () => {
    const { clients, create, reasons } = await platform();
    await create('s', templateOf({ Bus: busIn('b') }));
    const statement = {
      Type: 'AWS::Events::EventBusPolicy',
      Properties: {
        EventBusName: 'b',
        StatementId: 'one',
        Statement: { Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: busArn(PLATFORM, 'b') },
      },
    };
    await create('p', templateOf({ P: statement }));
    await create('t', templateOf({ Bus: busIn('b') }));
    await create('u', templateOf({ P: statement }));
    expect((await reasons('t', 'Bus')).join()).toContain(
      `"Resource of type 'AWS::Events::EventBus' with identifier 'b' already exists."`,
    );
    expect((await reasons('u', 'P')).join()).toContain('HandlerErrorCode: AlreadyExists');
    // The rollback of the second did not take the first one's statement away.
    expect((await clients.events.send(new DescribeEventBusCommand({ Name: 'b' }))).Policy).toContain('"one"');
  });

  it('meets the quotas of the services', async () => {
    const { create, reasons } = await platform({ quotas: { rulesPerBus: 2 } });
    const rules = Object.fromEntries([1, 2, 3].map(n => [`R${n}`, ruleIn('default')]));
    expect((await create('s', templateOf(rules))).StackStatus).toBe('ROLLBACK_COMPLETE');
    expect((await reasons('s', 'R3')).join()).toContain('HandlerErrorCode: ServiceLimitExceeded');
  });
});

describe('who makes it', () => {
  const DEPLOYER = policyDocument([
    { Effect: 'Allow', Action: 'cloudformation:*', Resource: '*' },
    { Effect: 'Allow', Action: ['events:DescribeEventBus', 'iam:PassRole'], Resource: '*' },
  ]);

  async function deployer(endpoint: string) {
    const { iam, sts } = clientsOf(endpoint, PLATFORM);
    const { role } = accountOf(endpoint, PLATFORM);
    await role('deployer', principalTrust(PLATFORM), [DEPLOYER.Statement].flat());
    expect(iam).toBeDefined();
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: roleArn(PLATFORM, 'deployer'), RoleSessionName: 'me' }),
    );
    return stacksOf(clientsOf(endpoint, Credentials!));
  }

  it('may do no more than the role that asks', async () => {
    const { endpoint } = await platform();
    const { create, reasons } = await deployer(endpoint);
    expect((await create('s', templateOf({ Bus: busIn('b') }))).StackStatus).toBe('ROLLBACK_COMPLETE');
    expect((await reasons('s', 'Bus')).join()).toMatch(
      /User: arn:aws:sts::111122223333:assumed-role\/deployer\/me is not authorized to perform: events:CreateEventBus/,
    );
  });

  it('is the service role where there is one, also for the deletion', async () => {
    const { endpoint } = await platform();
    const { role } = accountOf(endpoint, PLATFORM);
    const trust = policyDocument([
      { Effect: 'Allow', Principal: { Service: 'cloudformation.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
    await role('cfn', trust, [{ Effect: 'Allow', Action: 'events:*', Resource: '*' }]);
    const { create, remove } = await deployer(endpoint);
    const stack = await create('s', templateOf({ Bus: busIn('b') }), { RoleARN: roleArn(PLATFORM, 'cfn') });
    expect(stack).toMatchObject({ StackStatus: 'CREATE_COMPLETE', RoleARN: roleArn(PLATFORM, 'cfn') });
    expect((await remove('s')).StackStatus).toBe('DELETE_COMPLETE');
  });

  it('is no role that does not trust CloudFormation', async () => {
    const { endpoint, create } = await platform();
    await accountOf(endpoint, PLATFORM).role('cfn', principalTrust(DELIVERY), []);
    const made = create('s', templateOf({ Bus: busIn('b') }), { RoleARN: roleArn(PLATFORM, 'cfn') });
    expect(await failure(made)).toMatchObject({
      name: 'ValidationError',
      message: `Role ${roleArn(PLATFORM, 'cfn')} is invalid or cannot be assumed`,
    });
  });

  it('needs to be allowed to ask', async () => {
    const { endpoint } = await platform();
    await accountOf(endpoint, PLATFORM).role('nobody', principalTrust(PLATFORM), []);
    const { sts } = clientsOf(endpoint, PLATFORM);
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: roleArn(PLATFORM, 'nobody'), RoleSessionName: 'me' }),
    );
    const { create } = stacksOf(clientsOf(endpoint, Credentials!));
    expect(await failure(create('s', templateOf({ Bus: busIn('b') })))).toMatchObject({
      name: 'AccessDenied',
      status: 403,
      message: expect.stringMatching(
        /is not authorized to perform: cloudformation:CreateStack on resource: arn:aws:cloudformation:eu-west-1:111122223333:stack\/s\/\*/,
      ),
    });
  });
});

describe('a template that is refused at once', () => {
  const role = (properties: object) => ({
    R: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ...properties } },
  });
  const bus = busIn('b');

  it.each([
    ['{"Resources":{}}', 'Template format error: At least one Resources member must be defined.'],
    ['{"Resources":', 'Template format error: JSON not well-formed. (line 1, column '],
    ['Resources:\n  A: [', 'Template format error: YAML not well-formed. (line 2, column '],
    ['Resources:\n  A: 1\n  A: 2\n', 'Template format error: YAML not well-formed. (line 3, column '],
    ['a: &a [1]\nb: *a\n', 'YAML aliases are not allowed'],
    ['just text', 'Template format error: unsupported structure.'],
    [`${'['.repeat(300)}${']'.repeat(300)}`, 'nested more than 100 levels deep'],
    [templateOf({ A: {} }), '[/Resources/A] Every Resources object must contain a Type member.'],
    [templateOf({ A: { ...bus, Typ: 1 } }), "Invalid template resource property 'Typ'"],
    [templateOf({ 'a-b': bus }), 'Resource name a-b is non alphanumeric.'],
    [templateOf({ A: { Type: 'AWS::SQS::Queu' } }), 'Unrecognized resource types: [AWS::SQS::Queu]'],
    [templateOf({ A: bus }, { Extra: 1 }), 'Invalid template property or properties [Extra]'],
    [
      templateOf({ A: busIn('b', { Description: { Ref: 'No' } }) }),
      'Unresolved resource dependencies [No] in the Resources block of the template',
    ],
    [
      templateOf({ A: bus }, { Outputs: { O: { Value: { Ref: 'No' } } } }),
      'Unresolved resource dependencies [No] in the Outputs block of the template',
    ],
    [
      templateOf({ A: busIn('b', { Description: { 'Fn::GetAtt': ['A2', 'Nope'] } }), A2: bus }),
      'resource A2 does not support attribute type Nope in Fn::GetAtt',
    ],
    [
      templateOf({ A: { ...bus, DependsOn: 'B' }, B: { ...bus, DependsOn: 'A' } }),
      'Circular dependency between resources: [A, B]',
    ],
    [templateOf({ A: { ...bus, Condition: 'C' } }), 'Unresolved condition dependency C'],
    [templateOf({ A: busIn('b', { Description: { 'Fn::Sub': '${a b}' } }) }), 'variable names in Fn::Sub syntax'],
    [templateOf({ A: { ...bus, DeletionPolicy: 'Keep' } }), 'Unrecognized DeletionPolicy "Keep"'],
    [templateOf({ A: bus }, { Parameters: { P: { Type: 'Strin' } } }), 'Unrecognized parameter type: Strin'],
    [
      templateOf({ A: bus }, { Transform: 'AWS::Serverless-2016-10-31' }),
      'does not implement the template section Transform',
    ],
  ])('%.60s', async (template, message) => {
    const { create, client } = await platform();
    expect(await failure(create('s', template))).toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(message),
    });
    const checked = failure(client.send(new ValidateTemplateCommand({ TemplateBody: template })));
    expect((await checked).message).toContain(message);
  });

  it('needs the capability that its roles ask for', async () => {
    const { create } = await platform();
    const named = templateOf(role({ RoleName: 'r' }));
    expect(await failure(create('s', named, IAM))).toMatchObject({
      name: 'InsufficientCapabilitiesException',
      message: 'Requires capabilities : [CAPABILITY_NAMED_IAM]',
    });
    expect(await failure(create('s', templateOf(role({}))))).toMatchObject({
      message: 'Requires capabilities : [CAPABILITY_IAM]',
    });
    expect((await create('s', named, { Capabilities: ['CAPABILITY_NAMED_IAM'] })).StackStatus).toBe('CREATE_COMPLETE');
  });

  it('is not larger than AWS takes, and has a name that AWS takes', async () => {
    const { create } = await platform();
    const large = templateOf({ A: busIn('b', { Description: 'x'.repeat(52_000) }) });
    expect((await failure(create('s', large))).message).toContain('less than or equal to 51200');
    expect((await failure(create('1s', templateOf({ A: bus })))).message).toContain("at 'stackName' failed to satisfy");
  });

  it('is checked by the model of the service', async () => {
    const { client } = await platform();
    const send = (more: object) =>
      failure(client.send(new CreateStackCommand({ StackName: 's', TemplateBody: templateOf({ A: bus }), ...more })));
    expect(await send({ OnFailure: 'PANIC' })).toMatchObject({
      message: expect.stringContaining(
        "Value 'PANIC' at 'onFailure' failed to satisfy constraint: Member must satisfy enum value set: [DO_NOTHING, ROLLBACK, DELETE]",
      ),
    });
    expect((await send({ StackPolicyBody: '{}' })).message).toContain('does not implement StackPolicyBody');
  });
});

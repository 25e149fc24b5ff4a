import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListExportsCommand,
  ListImportsCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  UpdateTerminationProtectionCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  DescribeEventBusCommand,
  DescribeRuleCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import { GetRoleCommand, GetRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { createVirtualClock } from '../clock';
import { clientsOf, DELIVERY, PLATFORM, start, stopAll } from '../testing/clients';
import { accountOf, busArn, failure } from '../testing/fixture';
import { busIn, queueIn, ruleIn, stacksOf, templateOf } from '../testing/stacks';

afterEach(stopAll);

async function platform() {
  const { endpoint } = await start();
  const clients = clientsOf(endpoint, PLATFORM);
  return { endpoint, clients, ...stacksOf(clients) };
}

/** A subscription as a platform would declare it, in YAML with short forms. */
const SUBSCRIPTION = `
AWSTemplateFormatVersion: 2010-09-09
Description: Central side of "delivery" <&>
Parameters:
  Retention: { Type: Number, Default: 1209600, Description: Seconds }
Resources:
  Bus:
    Type: AWS::Events::EventBus
    Properties: { Name: central, Tags: [{ Key: team, Value: own }] }
  Publish:
    Type: AWS::Events::EventBusPolicy
    Properties:
      EventBusName: !Ref Bus
      StatementId: delivery-publishes
      Statement:
        Effect: Allow
        Principal: { AWS: arn:aws:iam::444455556666:root }
        Action: events:PutEvents
        Resource: !GetAtt Bus.Arn
        Condition: { StringEquals: { events:source: com.key.delivery } }
  DeadLetters:
    Type: AWS::SQS::Queue
    Properties: { MessageRetentionPeriod: !Ref Retention, SqsManagedSseEnabled: true }
  DeadLettersPolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref DeadLetters]
      PolicyDocument:
        Version: 2012-10-17
        Statement:
          - Effect: Allow
            Principal: { Service: events.amazonaws.com }
            Action: sqs:SendMessage
            Resource: !GetAtt DeadLetters.Arn
            Condition: { ArnEquals: { aws:SourceArn: !GetAtt Rule.Arn } }
  Deliver:
    Type: AWS::IAM::Role
    Properties:
      RoleName: deliver
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
          - { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sts:AssumeRole }
      Policies:
        - PolicyName: forward
          PolicyDocument:
            Version: 2012-10-17
            Statement: [{ Effect: Allow, Action: events:PutEvents, Resource: !GetAtt Bus.Arn }]
  Rule:
    Type: AWS::Events::Rule
    Properties:
      Name: granted
      EventBusName: !Ref Bus
      EventPattern: { source: [com.key.access], detail-type: [Access Granted] }
      Targets:
        - Id: queue
          Arn: !GetAtt DeadLetters.Arn
          DeadLetterConfig: { Arn: !GetAtt DeadLetters.Arn }
          RetryPolicy: { MaximumRetryAttempts: '10', MaximumEventAgeInSeconds: 3600 }
          InputTransformer: { InputPathsMap: { id: $.id }, InputTemplate: '{"id": <id>}' }
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmDescription: Events wait to be looked at
      Namespace: AWS/SQS
      MetricName: ApproximateNumberOfMessagesVisible
      Dimensions: [{ Name: QueueName, Value: !GetAtt DeadLetters.QueueName }]
      Statistic: Maximum
      Period: 60
      EvaluationPeriods: 1
      Threshold: 0
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [!Ref Topic]
  Topic: { Type: AWS::SNS::Topic }
  Invoke:
    Type: AWS::Lambda::Permission
    Properties: { FunctionName: f, Action: lambda:InvokeFunction, Principal: events.amazonaws.com, SourceArn: !GetAtt Rule.Arn }
Outputs:
  RuleArn: { Value: !GetAtt Rule.Arn, Description: The rule, Export: { Name: !Sub '\${AWS::StackName}-rule' } }
`;
const NAMED_IAM = { Capabilities: ['CAPABILITY_NAMED_IAM' as const] };

describe('a stack', () => {
  it('makes every resource through the services, waits in the order of their references, and tells what it did', async () => {
    const { client, clients, history } = await platform();
    const { StackId } = await client.send(
      new CreateStackCommand({
        StackName: 'central-delivery',
        TemplateBody: SUBSCRIPTION,
        Tags: [{ Key: 'service', Value: 'delivery' }],
        ...NAMED_IAM,
      }),
    );
    const wait = { client, maxWaitTime: 30, minDelay: 0.01, maxDelay: 0.02 };
    await waitUntilStackCreateComplete(wait, { StackName: StackId });
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'central-delivery' }));
    expect(Stacks![0]).toMatchObject({
      StackId,
      StackStatus: 'CREATE_COMPLETE',
      Description: 'Central side of "delivery" <&>',
      Parameters: [{ ParameterKey: 'Retention', ParameterValue: '1209600' }],
      Tags: [{ Key: 'service', Value: 'delivery' }],
      Outputs: [{ OutputKey: 'RuleArn', ExportName: 'central-delivery-rule', Description: 'The rule' }],
    });
    await expectMade(clients);
    const said = await history('central-delivery');
    expect(said[0]).toBe('central-delivery CREATE_IN_PROGRESS');
    expect(said.at(-1)).toBe('central-delivery CREATE_COMPLETE');
    expect(said.indexOf('Rule CREATE_COMPLETE')).toBeLessThan(said.indexOf('DeadLettersPolicy CREATE_IN_PROGRESS'));
  });

  async function expectMade(clients: ReturnType<typeof clientsOf>) {
    const { events, sqs, iam, cloudwatch } = clients;
    const bus = await events.send(new DescribeEventBusCommand({ Name: 'central' }));
    expect(JSON.parse(bus.Policy!).Statement).toEqual([
      expect.objectContaining({ Sid: 'delivery-publishes', Resource: busArn(PLATFORM, 'central') }),
    ]);
    const tags = await events.send(new ListTagsForResourceCommand({ ResourceARN: bus.Arn }));
    expect(tags.Tags).toEqual(
      expect.arrayContaining([
        { Key: 'team', Value: 'own' },
        { Key: 'service', Value: 'delivery' },
        { Key: 'aws:cloudformation:logical-id', Value: 'Bus' },
      ]),
    );
    const place = { EventBusName: 'central' };
    const rule = await events.send(new DescribeRuleCommand({ ...place, Name: 'granted' }));
    expect(JSON.parse(rule.EventPattern!)).toEqual({ source: ['com.key.access'], 'detail-type': ['Access Granted'] });
    const { Targets } = await events.send(new ListTargetsByRuleCommand({ ...place, Rule: 'granted' }));
    expect(Targets).toMatchObject([{ Id: 'queue', RetryPolicy: { MaximumRetryAttempts: 10 } }]);
    const queueUrl = (await stacksOf(clients).resources('central-delivery')).DeadLetters.split(' ')[1];
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({ MessageRetentionPeriod: '1209600' });
    expect(Attributes!.Policy).toContain(rule.Arn);
    const role = await iam.send(new GetRoleCommand({ RoleName: 'deliver' }));
    expect(role.Role!.Arn).toBe(`arn:aws:iam::${PLATFORM}:role/deliver`);
    const policy = await iam.send(new GetRolePolicyCommand({ RoleName: 'deliver', PolicyName: 'forward' }));
    expect(decodeURIComponent(policy.PolicyDocument!)).toContain(busArn(PLATFORM, 'central'));
    const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix: 'central-delivery-' }));
    expect(MetricAlarms).toMatchObject([{ StateValue: 'INSUFFICIENT_DATA', Threshold: 0, Period: 60 }]);
    expect(MetricAlarms![0].AlarmActions![0]).toMatch(/^arn:aws:sns:eu-west-1:111122223333:central-delivery-Topic-/);
  }

  it('goes in the opposite order, can be found by its id afterwards, and leaves nothing', async () => {
    const { client, clients, create, history } = await platform();
    const { StackId } = await create('s', SUBSCRIPTION, NAMED_IAM);
    await client.send(new DeleteStackCommand({ StackName: 's' }));
    await waitUntilStackDeleteComplete({ client, maxWaitTime: 30, minDelay: 0.01, maxDelay: 0.02 }, { StackName: 's' });
    const said = await history(StackId!);
    expect(said.at(-1)).toBe('s DELETE_COMPLETE');
    expect(said.indexOf('Rule DELETE_COMPLETE')).toBeLessThan(said.indexOf('Bus DELETE_IN_PROGRESS'));
    expect(said.indexOf('DeadLettersPolicy DELETE_COMPLETE')).toBeLessThan(said.indexOf('Rule DELETE_IN_PROGRESS'));
    const { StackSummaries } = await client.send(new ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE'] }));
    expect(StackSummaries).toMatchObject([{ StackId, StackName: 's', DeletionTime: expect.any(Date) }]);
    expect(await failure(clients.events.send(new DescribeEventBusCommand({ Name: 'central' })))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
    const { MetricAlarms } = await clients.cloudwatch.send(new DescribeAlarmsCommand({}));
    expect(MetricAlarms).toEqual([]);
    expect(await failure(client.send(new DescribeStacksCommand({ StackName: 's' })))).toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id s does not exist',
    });
  });

  it('lets go of what is to be retained', async () => {
    const { clients, create, remove, history } = await platform();
    const bus = { ...busIn('kept'), DeletionPolicy: 'Retain' };
    const { StackId } = await create('s', templateOf({ Bus: bus, Other: busIn('other') }));
    expect((await remove('s')).StackStatus).toBe('DELETE_COMPLETE');
    expect(await history(StackId!)).toContain('Bus DELETE_SKIPPED');
    await clients.events.send(new DescribeEventBusCommand({ Name: 'kept' }));
    await failure(clients.events.send(new DescribeEventBusCommand({ Name: 'other' })));
  });

  it('gives its template back to the letter', async () => {
    const { client, create } = await platform();
    const body = `\r\n# <&> "é" \u{1F511}\n${SUBSCRIPTION}\n\n`;
    await create('s', body, NAMED_IAM);
    const { TemplateBody, StagesAvailable } = await client.send(new GetTemplateCommand({ StackName: 's' }));
    expect(TemplateBody).toBe(body);
    expect(StagesAvailable).toEqual(['Original', 'Processed']);
  });

  it('is asked for once where the request carries the same token', async () => {
    const { client, settled, create } = await platform();
    const first = { StackName: 's', TemplateBody: templateOf({ Bus: busIn('b') }), ClientRequestToken: 'once' };
    const { StackId } = await client.send(new CreateStackCommand(first));
    expect((await client.send(new CreateStackCommand(first))).StackId).toBe(StackId);
    await settled('s');
    const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName: 's' }));
    expect(StackEvents!.every(event => event.ClientRequestToken === 'once')).toBe(true);
    expect(await failure(create('s', templateOf({ Bus: busIn('b') })))).toMatchObject({
      name: 'AlreadyExistsException',
      message: 'Stack [s] already exists',
    });
  });

  it('cannot be deleted while it is protected', async () => {
    const { client, create, remove } = await platform();
    await create('s', templateOf({ Bus: busIn('b') }), { EnableTerminationProtection: true });
    expect(await failure(remove('s'))).toMatchObject({
      name: 'ValidationError',
      message: 'Stack [s] cannot be deleted while TerminationProtection is enabled',
    });
    await client.send(new UpdateTerminationProtectionCommand({ StackName: 's', EnableTerminationProtection: false }));
    expect((await remove('s')).StackStatus).toBe('DELETE_COMPLETE');
  });

  it('describes single resources with their metadata', async () => {
    const { client, create } = await platform();
    await create('s', templateOf({ Bus: { ...busIn('b'), Metadata: { why: 'so' } } }));
    const { StackResourceDetail: found } = await client.send(
      new DescribeStackResourceCommand({ StackName: 's', LogicalResourceId: 'Bus' }),
    );
    expect(found).toMatchObject({
      PhysicalResourceId: 'b',
      Metadata: '{"why":"so"}',
      ResourceStatus: 'CREATE_COMPLETE',
    });
    const missing = client.send(new DescribeStackResourceCommand({ StackName: 's', LogicalResourceId: 'No' }));
    expect(await failure(missing)).toMatchObject({ message: 'Resource No does not exist for stack s' });
  });
});

describe('exports', () => {
  const exporting = (value: string) =>
    templateOf({ Bus: busIn('b') }, { Outputs: { O: { Value: value, Export: { Name: 'bus' } } } });
  const importing = templateOf({ Q: queueIn({ QueueName: { 'Fn::ImportValue': 'bus' } }) });

  it('are read by other stacks, and stay as long as one does', async () => {
    const { client, create, update, remove, reasons } = await platform();
    await create('one', exporting('v1'));
    await create('two', importing);
    expect((await client.send(new ListExportsCommand({}))).Exports).toMatchObject([{ Name: 'bus', Value: 'v1' }]);
    expect((await client.send(new ListImportsCommand({ ExportName: 'bus' }))).Imports).toEqual(['two']);

    expect((await update('one', exporting('v2'))).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await reasons('one', 'one')).toContain('Export bus cannot be updated as it is in use by two');
    expect((await remove('one')).StackStatus).toBe('DELETE_FAILED');
    expect(await reasons('one', 'one')).toContain('Export bus cannot be deleted as it is in use by two');

    await remove('two');
    expect((await remove('one')).StackStatus).toBe('DELETE_COMPLETE');
  });

  it('have one owner, and must be there', async () => {
    const { create, reasons } = await platform();
    const { StackId } = await create('two', importing);
    expect(await reasons(StackId!, 'two')).toContain('No export named bus found. Rollback requested by user.');
    await create('one', exporting('v1'));
    const other = await create(
      'other',
      templateOf({ Q: queueIn() }, { Outputs: { O: { Value: 'x', Export: { Name: 'bus' } } } }),
    );
    expect(other.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect((await reasons('other', 'other')).join()).toContain('Export with name bus is already exported by stack one');
  });
});

describe('lists', () => {
  it('come in pages', async () => {
    const { client, create } = await platform();
    const queues = Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`Q${i}`, queueIn()]));
    await create('s', templateOf(queues));
    const first = await client.send(new ListStackResourcesCommand({ StackName: 's' }));
    const second = await client.send(new ListStackResourcesCommand({ StackName: 's', NextToken: first.NextToken }));
    const all = [...first.StackResourceSummaries!, ...second.StackResourceSummaries!];
    expect([first.StackResourceSummaries!.length, second.NextToken]).toEqual([100, undefined]);
    expect(new Set(all.map(resource => resource.LogicalResourceId)).size).toBe(120);
    const events = await client.send(new DescribeStackEventsCommand({ StackName: 's' }));
    expect(events.StackEvents![0]).toMatchObject({ LogicalResourceId: 's', ResourceStatus: 'CREATE_COMPLETE' });
    expect(events.NextToken).toEqual(expect.any(String));
  });

  it('hold a hundred stacks that were asked for at once', async () => {
    const { client, create } = await platform();
    const made = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        create(
          `s${i}`,
          templateOf({ Q: queueIn(), R: ruleIn('default', [{ Id: 'q', Arn: { 'Fn::GetAtt': ['Q', 'Arn'] } }]) }),
        ),
      ),
    );
    expect(new Set(made.map(stack => stack.StackStatus))).toEqual(new Set(['CREATE_COMPLETE']));
    const first = await client.send(new DescribeStacksCommand({}));
    expect(first.Stacks).toHaveLength(100);
  });
});

describe('a deleted stack', () => {
  it('is forgotten after ninety days', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'local-aws-'));
    const clock = createVirtualClock();
    const first = await start({ stateDir, clock });
    const { client } = stacksOf(clientsOf(first.endpoint, PLATFORM));
    await client.send(new CreateStackCommand({ StackName: 's', TemplateBody: templateOf({ Bus: busIn('b') }) }));
    await clock.advance(1_000);
    await client.send(new DeleteStackCommand({ StackName: 's' }));
    await clock.advance(1_000);
    await first.close();
    const listed = async (days: number) => {
      const day = 24 * 3_600_000;
      const server = await start({ stateDir, clock: createVirtualClock(clock.now() + days * day) });
      const { StackSummaries } = await clientsOf(server.endpoint, PLATFORM).cloudformation.send(
        new ListStacksCommand({}),
      );
      await server.close();
      return StackSummaries!.length;
    };
    expect([await listed(89), await listed(91)]).toEqual([1, 0]);
    rmSync(stateDir, { recursive: true, force: true });
  });
});

describe('accounts', () => {
  it('have stacks of their own', async () => {
    const { endpoint, create } = await platform();
    await create('s', templateOf({ Bus: busIn('b') }));
    const other = accountOf(endpoint, DELIVERY).cloudformation;
    expect((await other.send(new DescribeStacksCommand({}))).Stacks).toEqual([]);
  });
});

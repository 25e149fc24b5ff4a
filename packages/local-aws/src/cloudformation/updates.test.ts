import {
  CancelUpdateStackCommand,
  ContinueUpdateRollbackCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import {
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { GetQueueAttributesCommand, ListQueuesCommand } from '@aws-sdk/client-sqs';
import { createVirtualClock } from '../clock';
import { clientsOf, DELIVERY, PLATFORM, start, stopAll } from '../testing/clients';
import { accountOf, busArn, failure, queueArn } from '../testing/fixture';
import { busIn, queueIn, ruleIn, stacksOf, templateOf } from '../testing/stacks';

afterEach(stopAll);

async function platform() {
  const { endpoint } = await start();
  const clients = clientsOf(endpoint, PLATFORM);
  return { endpoint, clients, ...stacksOf(clients) };
}

/** A server whose time only moves when it is told to. */
async function held() {
  const clock = createVirtualClock();
  const { endpoint } = await start({ clock });
  const clients = clientsOf(endpoint, PLATFORM);
  const stacks = stacksOf(clients);
  const beginCreate = (TemplateBody: string) =>
    stacks.client.send(new CreateStackCommand({ StackName: 's', TemplateBody }));
  const beginUpdate = (TemplateBody: string) =>
    stacks.client.send(new UpdateStackCommand({ StackName: 's', TemplateBody }));
  const status = async () => (await stacks.find('s'))!.StackStatus;
  return {
    ...stacks,
    clients,
    beginCreate,
    beginUpdate,
    status,
    pass: (milliseconds: number) => clock.advance(milliseconds),
  };
}

/** Longer than any operation of these tests takes. */
const LONG = 10_000;

const to = (id: string, queue: string) => ({ Id: id, Arn: queueArn(PLATFORM, queue) });

/** A target that EventBridge refuses: it has no role. */
const FORBIDDEN = { Id: 'bus', Arn: busArn(DELIVERY, 'theirs') };

describe('an update', () => {
  it('changes resources where they are, adds what is new and then removes what is gone', async () => {
    const { clients, create, update, history } = await platform();
    await create(
      's',
      templateOf({ Bus: busIn('b'), R: ruleIn({ Ref: 'Bus' }, [to('a', 'one'), to('b', 'two')]), Old: queueIn() }),
    );
    const next = {
      Bus: busIn('b'),
      R: ruleIn({ Ref: 'Bus' }, [to('b', 'three')], { State: 'DISABLED' }),
      New: queueIn(),
    };
    const stack = await update('s', templateOf(next));
    expect(stack).toMatchObject({ StackStatus: 'UPDATE_COMPLETE', LastUpdatedTime: expect.any(Date) });
    const { Rules } = await clients.events.send(new ListRulesCommand({ EventBusName: 'b' }));
    expect(Rules).toMatchObject([{ State: 'DISABLED' }]);
    const { Targets } = await clients.events.send(
      new ListTargetsByRuleCommand({ EventBusName: 'b', Rule: Rules![0].Name }),
    );
    expect(Targets).toEqual([to('b', 'three')]);
    const { QueueUrls } = await clients.sqs.send(new ListQueuesCommand({}));
    expect(QueueUrls).toEqual([expect.stringContaining('/s-New-')]);
    const said = (await history('s')).slice((await history('s')).indexOf('s UPDATE_IN_PROGRESS'));
    expect(said.slice(-4)).toEqual([
      's UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Old DELETE_IN_PROGRESS',
      'Old DELETE_COMPLETE',
      's UPDATE_COMPLETE',
    ]);
    expect(said.some(line => line.startsWith('Bus '))).toBe(false);
  });

  it('replaces what cannot be changed: the new one first, then what refers to it, then the old one goes', async () => {
    const { clients, create, update, history, resources } = await platform();
    const at = (bus: string) => templateOf({ Bus: busIn(bus), R: ruleIn({ Ref: 'Bus' }, [], { Name: 'r' }) });
    await create('s', at('before'));
    await update('s', at('after'));
    expect(await resources('s')).toEqual({ Bus: 'UPDATE_COMPLETE after', R: 'UPDATE_COMPLETE after|r' });
    await clients.events.send(new DescribeRuleCommand({ EventBusName: 'after', Name: 'r' }));
    await failure(clients.events.send(new DescribeEventBusCommand({ Name: 'before' })));
    const said = await history('s');
    expect(said.slice(-5)).toEqual([
      'R DELETE_IN_PROGRESS',
      'R DELETE_COMPLETE',
      'Bus DELETE_IN_PROGRESS',
      'Bus DELETE_COMPLETE',
      's UPDATE_COMPLETE',
    ]);
  });

  it('leaves a replaced resource that is to be retained', async () => {
    const { clients, create, update } = await platform();
    await create('s', templateOf({ Bus: { ...busIn('before'), UpdateReplacePolicy: 'Retain' } }));
    await update('s', templateOf({ Bus: { ...busIn('after'), UpdateReplacePolicy: 'Retain' } }));
    expect((await clients.events.send(new DescribeEventBusCommand({ Name: 'before' }))).Name).toBe('before');
  });

  it('does not replace a resource by another of its name', async () => {
    const { create, update, reasons } = await platform();
    await create('s', templateOf({ Q: queueIn({ QueueName: 'q.fifo', FifoQueue: true }) }));
    const stack = await update('s', templateOf({ Q: queueIn({ QueueName: 'q.fifo', FifoQueue: false }) }));
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await reasons('s', 'Q')).toContain(
      'CloudFormation cannot update a stack when a custom-named resource requires replacing. ' +
        'Rename q.fifo and update the stack again.',
    );
  });

  it('needs something to do', async () => {
    const { create, update } = await platform();
    const body = templateOf({ Bus: busIn('b') }, { Parameters: { P: { Type: 'String', Default: 'x' } } });
    await create('s', body);
    expect(await failure(update('s', body))).toMatchObject({
      name: 'ValidationError',
      message: 'No updates are to be performed.',
    });
    const spaced = update('s', undefined, { UsePreviousTemplate: true });
    expect(await failure(spaced)).toMatchObject({ message: 'No updates are to be performed.' });
    expect((await update('s', body, { Tags: [{ Key: 'team', Value: 'own' }] })).StackStatus).toBe('UPDATE_COMPLETE');
  });

  it('puts the tags of the stack on what it is made of', async () => {
    const { clients, create, update } = await platform();
    const body = templateOf({ Bus: busIn('b', { Tags: [{ Key: 'own', Value: '1' }] }) });
    await create('s', body, {
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '1' },
      ],
    });
    await update('s', body, { Tags: [{ Key: 'b', Value: '2' }] });
    const { Tags } = await clients.events.send(new ListTagsForResourceCommand({ ResourceARN: busArn(PLATFORM, 'b') }));
    expect(Tags!.filter(tag => !tag.Key!.startsWith('aws:'))).toEqual(
      expect.arrayContaining([
        { Key: 'own', Value: '1' },
        { Key: 'b', Value: '2' },
      ]),
    );
    expect(Tags).toHaveLength(5);
  });

  it('is not for a stack that is not there, busy, or could not be created', async () => {
    const { create, update } = await platform();
    const body = templateOf({ Bus: busIn('b') });
    expect(await failure(update('none', body))).toMatchObject({ message: 'Stack [none] does not exist' });
    await create('s', templateOf({ Q: queueIn({ DelaySeconds: 5000 }) }));
    expect((await failure(update('s', body))).message).toMatch(
      /^Stack:arn:.*:stack\/s\/.* is in ROLLBACK_COMPLETE state and can not be updated\.$/,
    );
    const { beginCreate, beginUpdate } = await held();
    await beginCreate(body);
    expect((await failure(beginUpdate(body))).message).toMatch(/ is in CREATE_IN_PROGRESS state /);
  });

  it('does not turn a queue into a bus', async () => {
    const { create, update } = await platform();
    await create('s', templateOf({ X: queueIn() }));
    expect((await failure(update('s', templateOf({ X: busIn('b') })))).message).toContain(
      'modifies resource type of the following resources: [X]',
    );
  });
});

describe('a failed update', () => {
  const before = templateOf(
    {
      Bus: busIn('b', { Description: 'first' }),
      Q: queueIn({ VisibilityTimeout: 60 }),
      R: ruleIn({ Ref: 'Bus' }, [to('a', 'one')], { Name: 'r', Description: 'first' }),
      Moved: ruleIn('default', [], { Name: 'moved' }),
    },
    { Outputs: { O: { Value: 'first' } }, Description: 'first' },
  );
  /** Changes, replaces, adds, removes, and then fails. */
  const after = templateOf(
    {
      Bus: busIn('b', { Description: 'second' }),
      Moved: ruleIn({ Ref: 'Bus' }, [], { Name: 'moved' }),
      Added: queueIn(),
      R: {
        ...ruleIn({ Ref: 'Bus' }, [to('a', 'two'), FORBIDDEN], { Name: 'r', Description: 'second' }),
        DependsOn: ['Moved', 'Added'],
      },
    },
    { Outputs: { O: { Value: 'second' } }, Description: 'second' },
  );

  it('is undone to exactly what was before', async () => {
    const { clients, client, create, update, resources, reasons, history } = await platform();
    await create('s', before, { Tags: [{ Key: 'v', Value: '1' }] });
    const physical = await resources('s');
    const stack = await update('s', after, { Tags: [{ Key: 'v', Value: '2' }] });
    expect(stack).toMatchObject({
      StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
      Description: 'first',
      Outputs: [{ OutputValue: 'first' }],
      Tags: [{ Key: 'v', Value: '1' }],
    });
    expect(Object.keys(await resources('s'))).toEqual(Object.keys(physical));
    expect(idsOf(await resources('s'))).toEqual(idsOf(physical));
    expect(await reasons('s', 's')).toContain('The following resource(s) failed to update: [R]. ');
    expect((await reasons('s', 'R')).join()).toContain(`RoleArn is required for target ${FORBIDDEN.Arn}.`);
    expect((await client.send(new GetTemplateCommand({ StackName: 's' }))).TemplateBody).toBe(before);

    const { events, sqs } = clients;
    const rule = await events.send(new DescribeRuleCommand({ EventBusName: 'b', Name: 'r' }));
    expect(rule.Description).toBe('first');
    const { Targets } = await events.send(new ListTargetsByRuleCommand({ EventBusName: 'b', Rule: 'r' }));
    expect(Targets).toEqual([to('a', 'one')]);
    expect((await events.send(new DescribeEventBusCommand({ Name: 'b' }))).Description).toBe('first');
    const { Rules } = await events.send(new ListRulesCommand({ EventBusName: 'b' }));
    expect(Rules!.map(({ Name }) => Name)).toEqual(['r']);
    await events.send(new DescribeRuleCommand({ Name: 'moved' }));
    const { QueueUrls } = await sqs.send(new ListQueuesCommand({}));
    expect(QueueUrls).toEqual([physical.Q.split(' ')[1]]);
    expect((await history('s')).slice(-2)).toEqual(['Added DELETE_COMPLETE', 's UPDATE_ROLLBACK_COMPLETE']);
  });

  const idsOf = (resources: Record<string, string>) =>
    Object.fromEntries(Object.entries(resources).map(([id, text]) => [id, text.split(' ')[1]]));

  it('can be tried again', async () => {
    const { create, update } = await platform();
    await create('s', before);
    await update('s', after);
    const right = after.replace(`,${JSON.stringify(FORBIDDEN)}`, '');
    expect((await update('s', right)).StackStatus).toBe('UPDATE_COMPLETE');
  });

  it('is left as it is where rollback is disabled, and repaired by the next', async () => {
    const { clients, create, update, remove } = await platform();
    await create('s', before);
    expect((await update('s', after, { DisableRollback: true })).StackStatus).toBe('UPDATE_FAILED');
    expect((await clients.events.send(new DescribeEventBusCommand({ Name: 'b' }))).Description).toBe('second');
    expect((await update('s', after.replace(`,${JSON.stringify(FORBIDDEN)}`, ''))).StackStatus).toBe('UPDATE_COMPLETE');
    // The one that was replaced by the failed update.
    expect((await clients.events.send(new ListRulesCommand({}))).Rules).toEqual([]);
    const { Targets } = await clients.events.send(new ListTargetsByRuleCommand({ EventBusName: 'b', Rule: 'r' }));
    expect(Targets).toEqual([to('a', 'two')]);
    expect((await remove('s')).StackStatus).toBe('DELETE_COMPLETE');
  });

  it('is what a cancelled update becomes', async () => {
    const { client, beginCreate, beginUpdate, pass, status, reasons } = await held();
    await beginCreate(before);
    await pass(LONG);
    await beginUpdate(templateOf({ Bus: busIn('c') }));
    await client.send(new CancelUpdateStackCommand({ StackName: 's' }));
    expect(await status()).toBe('UPDATE_ROLLBACK_IN_PROGRESS');
    await pass(LONG);
    expect(await status()).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await reasons('s', 's')).toContain('User Initiated');
    expect(await failure(client.send(new CancelUpdateStackCommand({ StackName: 's' })))).toMatchObject({
      message: 'CancelUpdateStack cannot be called from current stack status',
    });
  });

  it('can be rolled back further, without what cannot be brought back', async () => {
    const { clients, client, beginCreate, beginUpdate, pass, status, resources } = await held();
    const stable = (description: string, targets: unknown[]) =>
      templateOf({
        Bus: busIn('b', { Description: description }),
        R: { ...ruleIn('default', targets), DependsOn: 'Bus' },
      });
    await beginCreate(stable('first', []));
    await pass(LONG);
    await beginUpdate(stable('second', [FORBIDDEN]));
    await pass(5);
    // Somebody takes the bus away while the stack is being updated.
    await clients.events.send(new DeleteEventBusCommand({ Name: 'b' }));
    await pass(LONG);
    expect(await status()).toBe('UPDATE_ROLLBACK_FAILED');
    await client.send(new ContinueUpdateRollbackCommand({ StackName: 's' }));
    await pass(LONG);
    expect(await status()).toBe('UPDATE_ROLLBACK_FAILED');
    const wrong = client.send(new ContinueUpdateRollbackCommand({ StackName: 's', ResourcesToSkip: ['Nothing'] }));
    expect((await failure(wrong)).message).toContain('do not exist in the stack: [Nothing]');
    await client.send(new ContinueUpdateRollbackCommand({ StackName: 's', ResourcesToSkip: ['Bus'] }));
    await pass(LONG);
    expect(await status()).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(Object.keys(await resources('s'))).toEqual(['Bus', 'R']);
  });
});

describe('a stack that is deleted while it is being created', () => {
  it('goes with what was made so far', async () => {
    const { client, clients, beginCreate, pass, history } = await held();
    const { StackId } = await beginCreate(templateOf({ A: busIn('a'), B: { ...busIn('b'), DependsOn: 'A' } }));
    await pass(5);
    await client.send(new DeleteStackCommand({ StackName: 's' }));
    await pass(LONG);
    expect((await history(StackId!)).slice(-3)).toEqual([
      'A DELETE_IN_PROGRESS',
      'A DELETE_COMPLETE',
      's DELETE_COMPLETE',
    ]);
    await failure(clients.events.send(new DescribeEventBusCommand({ Name: 'a' })));
    await failure(clients.events.send(new DescribeEventBusCommand({ Name: 'b' })));
  });
});

describe('a resource that somebody else has changed', () => {
  it('is made right by the next update, and may be gone when the stack goes', async () => {
    const { endpoint, create, update, remove } = await platform();
    const { events } = accountOf(endpoint, PLATFORM);
    const template = (description: string) =>
      templateOf({ R: ruleIn('default', [to('a', 'one')], { Name: 'r', Description: description }) });
    await create('s', template('first'));
    await events.send(new RemoveTargetsCommand({ Rule: 'r', Ids: ['a'] }));
    await update('s', template('second'));
    expect((await events.send(new ListTargetsByRuleCommand({ Rule: 'r' }))).Targets).toHaveLength(1);
    await events.send(new RemoveTargetsCommand({ Rule: 'r', Ids: ['a'] }));
    await events.send(new DeleteRuleCommand({ Name: 'r' }));
    expect((await remove('s')).StackStatus).toBe('DELETE_COMPLETE');
  });
});

describe('parameters', () => {
  const template = templateOf(
    { Q: queueIn({ VisibilityTimeout: { Ref: 'Timeout' } }) },
    {
      Parameters: { Timeout: { Type: 'Number', MinValue: 10 }, Secret: { Type: 'String', NoEcho: true, Default: 'x' } },
    },
  );
  const timeout = (ParameterValue: string) => ({ Parameters: [{ ParameterKey: 'Timeout', ParameterValue }] });

  it('are given, kept, and hidden where they are secret', async () => {
    const { client, clients, create, update, resources } = await platform();
    await create('s', template, timeout('20'));
    const kept = { ParameterKey: 'Timeout', UsePreviousValue: true };
    const body = template.replace('"Type":"AWS::SQS::Queue"', '"Type":"AWS::SQS::Queue","Metadata":{"n":1}');
    await update('s', body, { Parameters: [kept] });
    await update('s', undefined, { UsePreviousTemplate: true, ...timeout('30') });
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 's' }));
    expect(Stacks![0].Parameters).toEqual([
      { ParameterKey: 'Timeout', ParameterValue: '30' },
      { ParameterKey: 'Secret', ParameterValue: '****' },
    ]);
    const QueueUrl = (await resources('s')).Q.split(' ')[1];
    const { Attributes } = await clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] }),
    );
    expect(Attributes).toEqual({ VisibilityTimeout: '30' });
  });

  it.each([
    [{}, 'Parameters: [Timeout] must have values'],
    [timeout('5'), "Parameter 'Timeout' must be a number not less than 10"],
    [timeout('soon'), "Parameter 'Timeout' must be a number."],
    [
      { Parameters: [{ ParameterKey: 'Other', ParameterValue: '1' }] },
      'Parameters: [Other] do not exist in the template',
    ],
  ])('are checked: %j', async (given, message) => {
    const { create } = await platform();
    expect(await failure(create('s', template, given))).toMatchObject({ name: 'ValidationError', message });
  });
});

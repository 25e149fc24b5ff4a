import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  ListChangeSetsCommand,
  waitUntilChangeSetCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { DescribeEventBusCommand } from '@aws-sdk/client-eventbridge';
import { clientsOf, PLATFORM, start, stopAll } from '../testing/clients';
import { failure, queueArn } from '../testing/fixture';
import { busIn, queueIn, ruleIn, stacksOf, templateOf } from '../testing/stacks';

afterEach(stopAll);

async function platform() {
  const { endpoint } = await start();
  const clients = clientsOf(endpoint, PLATFORM);
  return { clients, ...stacksOf(clients) };
}

const target = (queue: string) => ({ Id: 'a', Arn: queueArn(PLATFORM, queue) });

describe('a change set', () => {
  it('creates a stack once it is executed', async () => {
    const { client, clients, settled, find, history } = await platform();
    const body = templateOf({ Bus: busIn('b'), Q: queueIn() }, { Description: 'new' });
    const made = await client.send(
      new CreateChangeSetCommand({
        StackName: 's',
        ChangeSetName: 'first',
        ChangeSetType: 'CREATE',
        TemplateBody: body,
        Tags: [{ Key: 'a', Value: 'b' }],
      }),
    );
    expect(await find('s')).toMatchObject({ StackStatus: 'REVIEW_IN_PROGRESS', StackId: made.StackId });
    const wait = { client, maxWaitTime: 30, minDelay: 0.01, maxDelay: 0.02 };
    await waitUntilChangeSetCreateComplete(wait, { StackName: 's', ChangeSetName: 'first' });
    const { Changes, ExecutionStatus } = await client.send(
      new DescribeChangeSetCommand({ StackName: 's', ChangeSetName: 'first' }),
    );
    expect(ExecutionStatus).toBe('AVAILABLE');
    expect(
      Changes!.map(({ Type, ResourceChange: c }) => [Type, c!.Action, c!.LogicalResourceId, c!.ResourceType]),
    ).toEqual([
      ['Resource', 'Add', 'Bus', 'AWS::Events::EventBus'],
      ['Resource', 'Add', 'Q', 'AWS::SQS::Queue'],
    ]);
    expect(await failure(clients.events.send(new DescribeEventBusCommand({ Name: 'b' })))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
    const ask = { ChangeSetName: made.Id, ClientRequestToken: 'go' };
    await client.send(new ExecuteChangeSetCommand(ask));
    await client.send(new ExecuteChangeSetCommand(ask));
    expect(await settled('s')).toMatchObject({
      StackStatus: 'CREATE_COMPLETE',
      ChangeSetId: made.Id,
      Description: 'new',
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    expect((await history('s')).slice(0, 2)).toEqual(['s REVIEW_IN_PROGRESS', 's CREATE_IN_PROGRESS']);
    await clients.events.send(new DescribeEventBusCommand({ Name: 'b' }));
  });

  it('tells what an update would do, and by which property', async () => {
    const { create, changeSet, resources } = await platform();
    await create(
      's',
      templateOf({
        Bus: busIn('before'),
        R: ruleIn({ Ref: 'Bus' }, [target('one')]),
        Q: queueIn({ VisibilityTimeout: 30 }),
        Gone: { ...queueIn(), DeletionPolicy: 'Retain' },
        Same: queueIn(),
      }),
    );
    const before = await resources('s');
    const { Changes } = await changeSet(
      's',
      templateOf({
        Bus: busIn('after'),
        R: ruleIn({ Ref: 'Bus' }, [target('two')]),
        Q: queueIn({ VisibilityTimeout: '60' }),
        Same: queueIn(),
        New: queueIn(),
      }),
      'UPDATE',
    );
    const changes = Changes!.map(({ ResourceChange: change }) => change!);
    expect(
      changes.map(change => [change.LogicalResourceId, change.Action, change.Replacement, change.PolicyAction]),
    ).toEqual([
      ['Bus', 'Modify', 'True', 'ReplaceAndDelete'],
      ['Gone', 'Remove', undefined, 'Retain'],
      ['New', 'Add', undefined, undefined],
      ['Q', 'Modify', 'False', undefined],
      ['R', 'Modify', 'True', 'ReplaceAndDelete'],
    ]);
    const [bus, gone, , q, r] = changes;
    expect(gone.PhysicalResourceId).toBe(before.Gone.split(' ')[1]);
    expect(bus.Details).toMatchObject([
      {
        Target: {
          Name: 'Name',
          Path: '/Properties/Name',
          RequiresRecreation: 'Always',
          BeforeValue: 'before',
          AfterValue: 'after',
        },
      },
    ]);
    expect(q).toMatchObject({
      Scope: ['Properties'],
      Details: [
        {
          Target: {
            Path: '/Properties/VisibilityTimeout',
            RequiresRecreation: 'Never',
            BeforeValue: '30',
            AfterValue: '60',
          },
          Evaluation: 'Static',
          ChangeSource: 'DirectModification',
        },
      ],
    });
    expect(r.Details).toMatchObject([
      {
        Target: { Path: '/Properties/EventBusName' },
        ChangeSource: 'ResourceReference',
        CausingEntity: 'Bus',
        Evaluation: 'Dynamic',
      },
      { Target: { Name: 'Targets', Path: '/Properties/Targets/0/Arn', AfterValue: queueArn(PLATFORM, 'two') } },
    ]);
    expect(JSON.parse(r.AfterContext!).Properties.EventBusName).toBe('{{changeSet:KNOWN_AFTER_APPLY}}');
  });

  it('updates a stack as it said, and takes the place of all others', async () => {
    const { client, create, changeSet, settled } = await platform();
    await create('s', templateOf({ Bus: busIn('b') }));
    const one = await changeSet('s', templateOf({ Bus: busIn('b', { Description: 'one' }) }), 'UPDATE');
    await changeSet('s', templateOf({ Bus: busIn('b', { Description: 'two' }) }), 'UPDATE', { ChangeSetName: 'two' });
    await client.send(new ExecuteChangeSetCommand({ ChangeSetName: one.ChangeSetId }));
    expect((await settled('s')).StackStatus).toBe('UPDATE_COMPLETE');
    const { Summaries } = await client.send(new ListChangeSetsCommand({ StackName: 's' }));
    expect(Summaries).toMatchObject([{ ChangeSetId: one.ChangeSetId, ExecutionStatus: 'EXECUTE_COMPLETE' }]);
    const again = client.send(new ExecuteChangeSetCommand({ ChangeSetName: one.ChangeSetId }));
    expect(await failure(again)).toMatchObject({
      name: 'InvalidChangeSetStatusException',
      message: `ChangeSet [${one.ChangeSetId}] cannot be executed in its current execution status of [EXECUTE_COMPLETE]`,
    });
  });

  it('says that it failed where the update did', async () => {
    const { client, create, changeSet, settled } = await platform();
    await create('s', templateOf({ Bus: busIn('b') }));
    const { ChangeSetId } = await changeSet(
      's',
      templateOf({ Bus: busIn('b', { Description: 'x'.repeat(600) }) }),
      'UPDATE',
    );
    await client.send(new ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId }));
    expect((await settled('s')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    const found = await client.send(new DescribeChangeSetCommand({ ChangeSetName: ChangeSetId }));
    expect(found.ExecutionStatus).toBe('EXECUTE_FAILED');
  });

  it('is obsolete once the stack was updated without it', async () => {
    const { create, changeSet, update, client } = await platform();
    await create('s', templateOf({ Bus: busIn('b') }));
    const { ChangeSetId } = await changeSet('s', templateOf({ Bus: busIn('c') }), 'UPDATE');
    await update('s', templateOf({ Bus: busIn('d') }));
    const found = await client.send(new DescribeChangeSetCommand({ ChangeSetName: ChangeSetId }));
    expect(found.ExecutionStatus).toBe('OBSOLETE');
  });

  it('that has nothing to do fails', async () => {
    const { client, create, changeSet } = await platform();
    const body = templateOf({ Bus: busIn('b') });
    await create('s', body);
    const nothing = await changeSet('s', `${body}\n`, 'UPDATE');
    expect(nothing).toMatchObject({
      Status: 'FAILED',
      ExecutionStatus: 'UNAVAILABLE',
      StatusReason:
        "The submitted information didn't contain changes. Submit different information to create a change set.",
    });
    const executed = client.send(new ExecuteChangeSetCommand({ ChangeSetName: nothing.ChangeSetId }));
    expect(await failure(executed)).toMatchObject({ name: 'InvalidChangeSetStatusException' });
  });

  it('fails where the template imports what nobody exports', async () => {
    const { create, changeSet } = await platform();
    await create('s', templateOf({ Q: queueIn() }));
    const body = templateOf({ Q: queueIn({ QueueName: { 'Fn::ImportValue': 'none' } }) });
    expect(await changeSet('s', body, 'UPDATE')).toMatchObject({ StatusReason: 'No export named none found' });
  });

  it('can be taken back, and its template read', async () => {
    const { client, create, changeSet } = await platform();
    await create('s', templateOf({ Bus: busIn('b') }));
    const body = templateOf({ Bus: busIn('c') });
    const { ChangeSetId } = await changeSet('s', body, 'UPDATE');
    const { TemplateBody } = await client.send(new GetTemplateCommand({ ChangeSetName: ChangeSetId }));
    expect(TemplateBody).toBe(body);
    await client.send(new DeleteChangeSetCommand({ ChangeSetName: ChangeSetId }));
    await client.send(new DeleteChangeSetCommand({ ChangeSetName: ChangeSetId }));
    expect(await failure(client.send(new DescribeChangeSetCommand({ ChangeSetName: ChangeSetId })))).toMatchObject({
      name: 'ChangeSetNotFoundException',
      message: `ChangeSet [${ChangeSetId}] does not exist`,
    });
  });

  it('is of the type that fits the stack', async () => {
    const { create, changeSet, remove } = await platform();
    const body = templateOf({ Bus: busIn('b') });
    expect(await failure(changeSet('s', body, 'UPDATE'))).toMatchObject({ message: 'Stack [s] does not exist' });
    await create('s', body);
    expect(await failure(changeSet('s', body, 'CREATE'))).toMatchObject({ name: 'AlreadyExistsException' });
    await changeSet('t', body, 'CREATE');
    expect((await remove('t')).StackStatus).toBe('DELETE_COMPLETE');
  });
});

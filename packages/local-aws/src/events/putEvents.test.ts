import {
  CreateEventBusCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { clientsOf, PLATFORM, start, stopAll } from '../testing/clients';

afterEach(stopAll);

describe('PutEvents', () => {
  it('delivers to a queue through a rule', async () => {
    const { endpoint } = await start();
    const { events, sqs } = clientsOf(endpoint, PLATFORM);
    await events.send(new CreateEventBusCommand({ Name: 'central' }));
    const rule = await events.send(
      new PutRuleCommand({
        Name: 'delivery',
        EventBusName: 'central',
        EventPattern: JSON.stringify({ source: ['com.key.access'] }),
      }),
    );
    const queueArn = `arn:aws:sqs:eu-west-1:${PLATFORM}:delivery`;
    const queue = await sqs.send(
      new CreateQueueCommand({
        QueueName: 'delivery',
        Attributes: {
          Policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 'events.amazonaws.com' },
                Action: 'sqs:SendMessage',
                Resource: queueArn,
                Condition: { ArnEquals: { 'aws:SourceArn': rule.RuleArn } },
              },
            ],
          }),
        },
      }),
    );
    await events.send(
      new PutTargetsCommand({
        Rule: 'delivery',
        EventBusName: 'central',
        Targets: [{ Id: 'queue', Arn: queueArn }],
      }),
    );
    const put = await events.send(
      new PutEventsCommand({
        Entries: [
          {
            Source: 'com.key.access',
            DetailType: 'Access Granted',
            Detail: JSON.stringify({ data: { home: 1 } }),
            EventBusName: 'central',
          },
        ],
      }),
    );
    expect(put.FailedEntryCount).toBe(0);
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queue.QueueUrl }),
    );
    expect(JSON.parse(Messages![0].Body!)).toEqual({
      version: '0',
      id: put.Entries![0].EventId,
      'detail-type': 'Access Granted',
      source: 'com.key.access',
      account: PLATFORM,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      region: 'eu-west-1',
      resources: [],
      detail: { data: { home: 1 } },
    });
  });
});

import { describePolicy, describeStatement } from './describe';
import type { PolicyStatement } from './document';
import { eventBridgeTrust, publishStatement, queueStatement } from './build';

const PLATFORM = '111122223333';
const DELIVERY = '444455556666';
const BUS = `arn:aws:events:eu-west-1:${PLATFORM}:event-bus/central`;
const RULE = `arn:aws:events:eu-west-1:${PLATFORM}:rule/central/access`;
const QUEUE = `arn:aws:sqs:eu-west-1:${DELIVERY}:access`;
const ROLE = `arn:aws:iam::${DELIVERY}:role/apps/publisher`;

const options = {
  accountName: (account: string) => ({ [PLATFORM]: 'platform', [DELIVERY]: 'delivery' }[account]),
  self: { arn: BUS, words: 'this bus' },
};

const publish = (part: Partial<PolicyStatement>): PolicyStatement => ({
  Effect: 'Allow',
  Principal: { AWS: DELIVERY },
  Action: 'events:PutEvents',
  Resource: BUS,
  ...part,
});

describe('a statement in words', () => {
  // prettier-ignore
  it.each<[string, PolicyStatement]>([
    [
      'Account 444455556666 (delivery) may publish events with source com.key.delivery on this bus',
      publishStatement({ busArn: BUS, principal: DELIVERY, source: 'com.key.delivery' }),
    ],
    [
      'Role publisher of account 444455556666 (delivery) may publish events with source a and detail type B, C or D on this bus',
      publishStatement({ busArn: BUS, principal: ROLE, source: 'a', detailTypes: ['B', 'C', 'D'] }),
    ],
    [
      'This role may publish events with source a on event bus other of account 777788889999 in eu-west-1',
      publishStatement({ busArn: 'arn:aws:events:eu-west-1:777788889999:event-bus/other', source: 'a' }),
    ],
    [
      'EventBridge may send messages to queue access of account 444455556666 (delivery) in eu-west-1 for rule central/access of account 111122223333 (platform) in eu-west-1',
      queueStatement({ queueArn: QUEUE, ruleArn: RULE }),
    ],
    ['Account 444455556666 (delivery) may not publish events on this bus', publish({ Effect: 'Deny' })],
    ['Everybody may publish events on this bus from within organization o-abc', publish({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abc' } } })],
    ['Everybody except account 444455556666 (delivery) may publish events on this bus', publish({ Principal: undefined, NotPrincipal: { AWS: DELIVERY } })],
    ['Account 444455556666 (delivery) and EventBridge may publish events on this bus', publish({ Principal: { AWS: DELIVERY, Service: 'events.amazonaws.com' } })],
    ['Account 444455556666 (delivery) may do events:PutRule and events:PutTargets on rule central/* of account 111122223333 (platform) in eu-west-1 for rules that account 444455556666 (delivery) created', publish({ Action: ['events:PutRule', 'events:PutTargets'], Resource: `arn:aws:events:eu-west-1:${PLATFORM}:rule/central/*`, Condition: { StringEqualsIfExists: {}, StringEquals: { 'events:creatorAccount': DELIVERY } } })],
    ['Account 444455556666 (delivery) may publish events on this bus when events:source is like com.key.*', publish({ Condition: { StringLike: { 'events:source': 'com.key.*' } } })],
    ['Account 444455556666 (delivery) may publish events on this bus when aws:SourceIp is not in 10.0.0.0/8', publish({ Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })],
    ['Account 444455556666 (delivery) may publish events on this bus when every value of aws:TagKeys is a or b', publish({ Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } } })],
    ['Account 444455556666 (delivery) may publish events on this bus when aws:username is present', publish({ Condition: { Null: { 'aws:username': 'false' } } })],
    ['Account 444455556666 (delivery) may publish events on this bus when events:source is a, where it is given', publish({ Condition: { StringEqualsIfExists: { 'events:source': 'a' } } })],
    ['Account 444455556666 (delivery) may publish events on this bus when a rule of another bus forwards them', publish({ Condition: { Bool: { 'events:eventBusInvocation': 'true' } } })],
    ['Account 444455556666 (delivery) may do everything except events:DeleteRule on everything', publish({ Action: undefined, NotAction: 'events:DeleteRule', Resource: '*' })],
    ['Account 444455556666 (delivery) may publish events on everything except this bus', publish({ Resource: undefined, NotResource: BUS })],
  ])('%s', (words, statement) => {
    expect(describeStatement(statement, options)).toBe(words);
  });

  it('calls accounts by number where nobody names them', () => {
    expect(describeStatement(publish({}))).toBe(
      `Account ${DELIVERY} may publish events on event bus central of account ${PLATFORM} in eu-west-1`,
    );
  });

  it('says who may act as a role', () => {
    expect(
      describePolicy(eventBridgeTrust(RULE), {
        accountName: options.accountName,
      }),
    ).toEqual([
      expect.objectContaining({
        effect: 'Allow',
        words:
          'EventBridge may act as this role for rule central/access of account 111122223333 (platform) in eu-west-1',
      }),
    ]);
  });

  it('keeps text that looks like a placeholder as it is', () => {
    expect(
      describeStatement(
        publish({
          Condition: { StringEquals: { 'events:source': '{it} $&' } },
        }),
        options,
      ),
    ).toContain('with source {it} $& on this bus');
  });
});

import { deliveryStatements } from './deliveryStatements';
import type { RuleState, TargetState } from './estate';

const RULE = 'arn:aws:events:eu-west-1:444455556666:rule/busline-delivery/delivery-access';
const ruleWith = (...targets: readonly TargetState[]): RuleState => ({
  arn: RULE,
  name: 'delivery-access',
  busArn: 'arn:aws:events:eu-west-1:444455556666:event-bus/busline-delivery',
  accountId: '444455556666',
  region: 'eu-west-1',
  enabled: true,
  targets,
});
const QUEUE = 'arn:aws:sqs:eu-west-1:444455556666:parcels';
const BUS = 'arn:aws:events:eu-west-1:222222222222:event-bus/busline-access';
const ROLE = 'arn:aws:iam::444455556666:role/forward';

describe('deliveryStatements', () => {
  it('lets the rule, and no other, send to a queue in its own account', () => {
    expect(deliveryStatements(ruleWith({ id: 'sqs', arn: QUEUE }))).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: QUEUE,
        Condition: { ArnEquals: { 'aws:SourceArn': RULE } },
      },
    ]);
  });

  it('lets the role put events on another bus, that bus only', () => {
    expect(deliveryStatements(ruleWith({ id: 'bus', arn: BUS, roleArn: ROLE }))).toEqual([
      { Effect: 'Allow', Principal: { AWS: ROLE }, Action: ['events:PutEvents'], Resource: BUS },
    ]);
  });

  it('lets the rule send dead letters, once for a queue that two targets share', () => {
    const dead = `${QUEUE}-dlq`;
    const statements = deliveryStatements(
      ruleWith({ id: 'a', arn: BUS, roleArn: ROLE, deadLetterArn: dead }, { id: 'b', arn: QUEUE, deadLetterArn: dead }),
    );
    expect(statements.filter(({ Resource }) => Resource === dead)).toHaveLength(1);
    expect(statements).toHaveLength(3);
  });

  it('says nothing where it is not known how the target lets EventBridge in', () => {
    expect(deliveryStatements(ruleWith({ id: 'x', arn: 'not an ARN' }, { id: 'bus', arn: BUS }))).toEqual([]);
  });
});

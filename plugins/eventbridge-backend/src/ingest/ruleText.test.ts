import { busArn, ruleArn, type RuleState } from '@busline/infrastructure';
import { ruleOfText, toRuleText } from './ruleText';

it.each(['central', 'default', 'aws.partner/example.com/orders'])('a rule on the bus %s comes back whole', bus => {
  const rule: RuleState = {
    arn: ruleArn('111122223333', 'eu-west-1', bus, 'orders'),
    name: 'orders',
    busArn: busArn('111122223333', 'eu-west-1', bus),
    accountId: '111122223333',
    region: 'eu-west-1',
    pattern: { source: ['shop'] },
    enabled: true,
    targets: [{ id: 'queue', arn: 'arn:aws:sqs:eu-west-1:111122223333:orders' }],
    subscription: { service: 'billing', name: 'orders', environment: 'prod' },
  };
  const text = toRuleText(rule);
  expect(text).not.toContain(rule.arn);
  const columns = { arn: rule.arn, name: rule.name, account_id: rule.accountId, region: rule.region };
  expect(ruleOfText(columns, text)).toEqual(rule);
  expect(ruleOfText(columns, JSON.stringify(rule))).toEqual(rule);
});

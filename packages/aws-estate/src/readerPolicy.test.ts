import { readFileSync } from 'node:fs';
import path from 'node:path';
import { evaluate, statementsOf, validatePolicy } from '@busline/access-policy';
import { parse } from 'yaml';
import { readerPolicy } from './readerPolicy';

const ACCOUNT = '111111111111';
const policy = readerPolicy({ accountId: ACCOUNT });

const isAllowed = (action: string, resource: string): boolean =>
  evaluate({
    principal: { kind: 'role', account: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:role/busline-reader` },
    action,
    resource,
    resourceAccount: ACCOUNT,
    identityPolicies: [{ name: 'read', document: policy }],
  }).decision === 'allow';

describe('readerPolicy', () => {
  it('is a valid policy', () => {
    expect(validatePolicy(policy, 'identity')).toEqual([]);
  });

  it('is the policy of the template in docs/aws.md', () => {
    const page = readFileSync(path.resolve(__dirname, '../../../docs/aws.md'), 'utf8');
    const [, template] = /```yaml\n(AWSTemplateFormatVersion[\s\S]*?)```/.exec(page)!;
    const customTags = ['!Sub', '!Ref'].map(tag => ({ tag, resolve: (text: string) => text }));
    const { Resources } = parse(template!, { customTags });
    const [{ PolicyDocument }] = Resources.BuslineReader.Properties.Policies;
    expect(PolicyDocument).toEqual(readerPolicy({ accountId: '${AWS::AccountId}', partition: '${AWS::Partition}' }));
  });

  it.each([
    ['events:ListEventBuses', '*', true],
    ['events:ListRules', `arn:aws:events:eu-west-1:${ACCOUNT}:rule/*`, true],
    ['events:DescribeEventBus', `arn:aws:events:eu-west-1:${ACCOUNT}:event-bus/central`, true],
    ['events:ListTargetsByRule', `arn:aws:events:us-east-1:${ACCOUNT}:rule/central/any`, true],
    ['schemas:DescribeSchema', `arn:aws:schemas:eu-west-1:${ACCOUNT}:schema/any/name`, true],
    ['cloudwatch:GetMetricData', '*', true],
    ['events:DescribeEventBus', 'arn:aws:events:eu-west-1:222222222222:event-bus/central', false],
    ['events:PutEvents', `arn:aws:events:eu-west-1:${ACCOUNT}:event-bus/central`, false],
    ['events:PutRule', `arn:aws:events:eu-west-1:${ACCOUNT}:rule/central/any`, false],
    ['events:ListArchives', '*', false],
    ['schemas:DeleteSchema', `arn:aws:schemas:eu-west-1:${ACCOUNT}:schema/any/name`, false],
    ['iam:ListRoles', '*', false],
  ])('decides on %s of %s: %s', (action, resource, allowed) => {
    expect(isAllowed(action, resource)).toBe(allowed);
  });

  it('lets nothing be written, and has a wildcard only where AWS knows no resource', () => {
    const statements = statementsOf(policy);
    const actions = statements.flatMap(({ Action }) => Action as readonly string[]);
    expect(actions.filter(action => !/^[a-z]+:(List|Describe|Get)[A-Za-z]+$/.test(action))).toEqual([]);
    expect(statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action)).toEqual([
      'events:ListEventBuses',
      'schemas:ListRegistries',
      'cloudwatch:GetMetricData',
    ]);
  });
});

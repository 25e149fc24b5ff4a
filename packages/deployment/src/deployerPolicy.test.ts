import { readFileSync } from 'node:fs';
import path from 'node:path';
import { evaluate, validatePolicy } from '@busline/access-policy';
import { parseYaml } from '@busline/event-repository';
import { deployerPolicy } from './deployerPolicy';

const ACCOUNT = '111111111111';
const policy = deployerPolicy({ accountId: ACCOUNT });

const decide = (action: string, resource: string, context: Readonly<Record<string, string>> = {}): string =>
  evaluate({
    principal: { kind: 'role', account: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:role/busline-deployer` },
    action,
    resource,
    resourceAccount: ACCOUNT,
    context,
    identityPolicies: [{ name: 'deploy', document: policy }],
  }).decision;

describe('deployerPolicy', () => {
  it('is a valid policy', () => {
    expect(validatePolicy(policy, 'identity')).toEqual([]);
  });

  it('is the policy of the template in docs/aws.md', () => {
    const page = readFileSync(path.resolve(__dirname, '../../../docs/aws.md'), 'utf8');
    const templates = [...page.matchAll(/```yaml\n(AWSTemplateFormatVersion[\s\S]*?)```/g)].map(([, text]) => text);
    const template = templates.find(text => text.includes('BuslineDeployer:'))!;
    const { value, errors } = parseYaml(template.replace(/!(Sub|Ref) /g, ''));
    expect(errors).toEqual([]);
    const { Properties } = (value as any).Resources.BuslineDeployer;
    expect(Properties.RoleName).toBe('busline-deployer');
    expect(Properties.Policies[0].PolicyDocument).toEqual(
      deployerPolicy({ accountId: '${AWS::AccountId}', partition: '${AWS::Partition}' }),
    );
    // Without it CloudFormation takes the text as it is.
    expect(template.match(/\$\{AWS::Partition\}/g)).toHaveLength(template.match(/!Sub arn:/g)!.length);
  });

  const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
  it.each([
    ['cloudformation:CreateChangeSet', `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/busline-prod-x/1`, 'allow'],
    ['cloudformation:DeleteStack', `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/payroll/1`, 'deny'],
    ['iam:PutRolePolicy', role('busline-x'), 'allow'],
    ['iam:PutRolePolicy', role('admin'), 'deny'],
    ['iam:PutRolePolicy', role('busline-deployer'), 'deny'],
    ['iam:UpdateAssumeRolePolicy', role('busline-github'), 'deny'],
    ['iam:DeleteRole', role('busline-reader'), 'deny'],
    ['iam:AttachRolePolicy', role('busline-x'), 'deny'],
    ['sts:AssumeRole', role('busline-x'), 'deny'],
    ['events:PutEvents', `arn:aws:events:eu-west-1:${ACCOUNT}:event-bus/central`, 'deny'],
    ['sqs:ReceiveMessage', `arn:aws:sqs:eu-west-1:${ACCOUNT}:q`, 'deny'],
    ['sqs:CreateQueue', 'arn:aws:sqs:eu-west-1:222222222222:q', 'deny'],
    ['lambda:UpdateFunctionCode', `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:f`, 'deny'],
  ])('decides on %s of %s: %s', (action, resource, decision) => {
    expect(decide(action, resource)).toBe(decision);
  });

  it('gives roles to EventBridge only', () => {
    const passTo = (service: string) => decide('iam:PassRole', role('busline-x'), { 'iam:PassedToService': service });
    expect([passTo('events.amazonaws.com'), passTo('lambda.amazonaws.com')]).toEqual(['allow', 'deny']);
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { evaluate, validatePolicy } from '@busline/access-policy';
import { parseYaml } from '@busline/event-repository';
import { defaultRuleName, defaultSubscriberBusName, forwardRoleName, targetRoleName } from '@busline/infrastructure';
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
    ['iam:PutRolePolicy', role('busline-forward-parcels-1a2b3c4d'), 'allow'],
    ['iam:CreateRole', role('busline-target-parcels-placed-1a2b3c4d'), 'allow'],
    ['iam:CreateRole', role('busline-x'), 'deny'],
    ['iam:CreateRole', role('path/busline-forward-x'), 'deny'],
    ['iam:PutRolePolicy', role('busline-x'), 'deny'],
    ['iam:PutRolePolicy', role('admin'), 'deny'],
    ['iam:PutRolePolicy', role('busline-deployer'), 'deny'],
    ['iam:UpdateAssumeRolePolicy', role('busline-github'), 'deny'],
    ['iam:DeleteRole', role('busline-reader'), 'deny'],
    ['iam:AttachRolePolicy', role('busline-forward-x'), 'deny'],
    ['iam:CreateUser', `arn:aws:iam::${ACCOUNT}:user/busline-forward-x`, 'deny'],
    ['sts:AssumeRole', role('busline-forward-x'), 'deny'],
    ['events:PutEvents', `arn:aws:events:eu-west-1:${ACCOUNT}:event-bus/central`, 'deny'],
    ['sqs:ReceiveMessage', `arn:aws:sqs:eu-west-1:${ACCOUNT}:q`, 'deny'],
    ['sqs:CreateQueue', 'arn:aws:sqs:eu-west-1:222222222222:q', 'deny'],
    ['lambda:UpdateFunctionCode', `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:f`, 'deny'],
  ])('decides on %s of %s: %s', (action, resource, decision) => {
    expect(decide(action, resource)).toBe(decision);
  });

  it('gives roles to EventBridge only', () => {
    const passTo = (service: string, name = 'busline-target-x') =>
      decide('iam:PassRole', role(name), { 'iam:PassedToService': service });
    expect([passTo('events.amazonaws.com'), passTo('lambda.amazonaws.com')]).toEqual(['allow', 'deny']);
    expect(passTo('events.amazonaws.com', 'busline-deployer')).toBe('deny');
    expect(decide('iam:PassRole', role('busline-target-x'))).toBe('deny');
  });

  it('may make every role that is generated, however long its name', () => {
    const long = 'a'.repeat(300);
    const names = [
      ['parcels', 'placed'],
      [long, long],
      ['x.y_z', 'ä/ö'],
    ].flatMap(([service, rule]) => [
      forwardRoleName('arn:from', `arn:${service}`, defaultSubscriberBusName(service!)),
      targetRoleName(`arn:${rule}`, defaultRuleName(service!, rule!)),
    ]);
    expect(names.map(name => [name, decide('iam:CreateRole', role(name))])).toEqual(names.map(name => [name, 'allow']));
  });
});

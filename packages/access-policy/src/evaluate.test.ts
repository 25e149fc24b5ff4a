import type { ConditionBlock, PolicyStatement } from './document';
import { evaluate } from './evaluate';
import type { AccessRequest, Decision, Principal } from './request';

const HOME = '111122223333';
const OTHER = '444455556666';
const BUS = `arn:aws:events:eu-west-1:${HOME}:event-bus/central`;

const root = (account: string): Principal => ({ kind: 'account', account });
const role = (account: string, name = 'publisher'): Principal => ({
  kind: 'role',
  account,
  arn: `arn:aws:iam::${account}:role/${name}`,
  sessionArn: `arn:aws:sts::${account}:assumed-role/${name}/session`,
});
const service = (name = 'events.amazonaws.com'): Principal => ({
  kind: 'service',
  service: name,
});

type Part = Partial<PolicyStatement>;

/** A statement that allows publishing on the bus, changed by what a row says. */
const statement = (part: Part = {}): PolicyStatement => ({
  Effect: 'Allow',
  ...(part.NotAction === undefined ? { Action: 'events:PutEvents' } : {}),
  ...(part.NotResource === undefined ? { Resource: BUS } : {}),
  ...part,
});

const named = (name: string, statements: readonly PolicyStatement[]) => ({
  name,
  document: { Version: '2012-10-17', Statement: statements },
});

function decide(
  principal: Principal,
  identity: readonly Part[] | undefined,
  resource: readonly Part[] | undefined,
  more: Partial<AccessRequest> = {},
): Decision {
  return evaluate({
    principal,
    action: 'events:PutEvents',
    resource: BUS,
    resourceAccount: HOME,
    identityPolicies: identity && [named('inline', identity.map(statement))],
    resourcePolicy: resource && named('bus policy', resource.map(statement)),
    ...more,
  });
}

const outcome = (decision: Decision) => `${decision.decision}: ${decision.reason.kind}`;

const ALLOWED = 'allow: allow';
const NO_IDENTITY = 'deny: no-identity-allow';
const NO_RESOURCE = 'deny: no-resource-allow';
const DENIED = 'deny: explicit-deny';
const byAccount = (account: string) => ({
  Principal: { AWS: `arn:aws:iam::${account}:root` },
});
const byRole = (account: string) => ({
  Principal: { AWS: `arn:aws:iam::${account}:role/publisher` },
});

describe('who must allow', () => {
  // prettier-ignore
  it.each<
    [string, Principal, Part[] | undefined, Part[] | undefined, string]
  >([
    ['root of the same account needs nothing', root(HOME), undefined, undefined, ALLOWED],
    ['role, same account: nothing said', role(HOME), undefined, undefined, NO_IDENTITY],
    ['role, same account: identity allows', role(HOME), [{}], undefined, ALLOWED],
    ['role, same account: resource names the role', role(HOME), undefined, [byRole(HOME)], ALLOWED],
    ['role, same account: resource names the session', role(HOME), undefined, [{ Principal: { AWS: `arn:aws:sts::${HOME}:assumed-role/publisher/session` } }], ALLOWED],
    ['role, same account: resource names another session', role(HOME), undefined, [{ Principal: { AWS: `arn:aws:sts::${HOME}:assumed-role/publisher/else` } }], NO_IDENTITY],
    ['role, same account: resource names the account only', role(HOME), undefined, [byAccount(HOME)], NO_IDENTITY],
    ['role, same account: resource names everybody', role(HOME), undefined, [{ Principal: '*' }], ALLOWED],
    ['root of another account: nothing said', root(OTHER), undefined, undefined, NO_RESOURCE],
    ['root of another account: resource names it', root(OTHER), undefined, [byAccount(OTHER)], ALLOWED],
    ['root of another account: by its 12 digits', root(OTHER), undefined, [{ Principal: { AWS: OTHER } }], ALLOWED],
    ['root of another account: resource names a third', root(OTHER), undefined, [byAccount('777788889999')], NO_RESOURCE],
    ['role of another account: identity only', role(OTHER), [{}], undefined, NO_RESOURCE],
    ['role of another account: resource only', role(OTHER), undefined, [byRole(OTHER)], NO_IDENTITY],
    ['role of another account: both', role(OTHER), [{}], [byRole(OTHER)], ALLOWED],
    ['role of another account: account and identity', role(OTHER), [{}], [byAccount(OTHER)], ALLOWED],
    ['a role of the same name in a third account', role('777788889999'), [{}], [byRole(OTHER)], NO_RESOURCE],
    ['service: nothing said', service(), undefined, undefined, NO_RESOURCE],
    ['service: resource names it', service(), undefined, [{ Principal: { Service: 'events.amazonaws.com' } }], ALLOWED],
    ['service: resource names another', service(), undefined, [{ Principal: { Service: 'sns.amazonaws.com' } }], NO_RESOURCE],
    ['service: resource names an account', service(), undefined, [byAccount(HOME)], NO_RESOURCE],
    ['service: resource names everybody', service(), undefined, [{ Principal: { AWS: '*' } }], ALLOWED],
    ['deny in identity beats allow in resource', role(HOME), [{ Effect: 'Deny' }], [byRole(HOME)], DENIED],
    ['deny in resource beats allow in identity', role(HOME), [{}], [{ Effect: 'Deny', ...byRole(HOME) }], DENIED],
    ['deny by account reaches its roles', role(HOME), [{}], [{ Effect: 'Deny', ...byAccount(HOME) }], DENIED],
    ['deny in resource holds for root as well', root(HOME), undefined, [{ Effect: 'Deny', Principal: '*' }], DENIED],
    ['policies of an identity do not bind root', root(HOME), [{ Effect: 'Deny' }], undefined, ALLOWED],
  ])('%s', (_name, principal, identity, resource, expected) => {
    expect(outcome(decide(principal, identity, resource))).toBe(expected);
  });
});

describe('NotPrincipal', () => {
  const spare = (...arns: string[]): Part => ({
    Effect: 'Deny',
    NotPrincipal: { AWS: arns },
  });
  const accountArn = `arn:aws:iam::${HOME}:root`;
  const roleArn = `arn:aws:iam::${HOME}:role/publisher`;
  // prettier-ignore
  it.each<[string, Principal, Part, string]>([
    ['spares a role named with its account', role(HOME), spare(roleArn, accountArn), ALLOWED],
    ['does not spare a role whose account is not named', role(HOME), spare(roleArn), DENIED],
    ['does not spare a role by its account alone', role(HOME), spare(accountArn), DENIED],
    ['spares the account itself', root(HOME), spare(accountArn), ALLOWED],
    ['denies others', role(HOME, 'reader'), spare(roleArn, accountArn), DENIED],
    ['spares a service that is named', service(), { Effect: 'Deny', NotPrincipal: { Service: 'events.amazonaws.com' } }, NO_RESOURCE],
    ['allows all others in an Allow', root(OTHER), { NotPrincipal: { AWS: accountArn } }, ALLOWED],
  ])('%s', (_name, principal, resource, expected) => {
    expect(outcome(decide(principal, [{}], [resource]))).toBe(expected);
  });
});

describe('trust policies', () => {
  const roleArn = `arn:aws:iam::${HOME}:role/target`;
  const assume = (principal: Principal, identity: boolean, trust?: Part) =>
    outcome(
      evaluate({
        principal,
        action: 'sts:AssumeRole',
        resource: roleArn,
        resourceAccount: HOME,
        trustPolicy: true,
        identityPolicies: identity
          ? [
              named('inline', [
                {
                  Effect: 'Allow',
                  Action: 'sts:AssumeRole',
                  Resource: roleArn,
                },
              ]),
            ]
          : [],
        resourcePolicy: trust && named('trust', [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...trust }]),
      }),
    );
  // prettier-ignore
  it.each<[string, Principal, boolean, Part | undefined, string]>([
    ['root is not above it', root(HOME), false, undefined, NO_RESOURCE],
    ['root that is named', root(HOME), false, byAccount(HOME), ALLOWED],
    ['an identity alone is not enough', role(HOME), true, undefined, NO_RESOURCE],
    ['a named role of the account', role(HOME), false, byRole(HOME), ALLOWED],
    ['the account named leaves it to the identity', role(HOME), false, byAccount(HOME), NO_IDENTITY],
    ['the account named and the identity allows', role(HOME), true, byAccount(HOME), ALLOWED],
    ['a role of another account needs both', role(OTHER), false, byRole(OTHER), NO_IDENTITY],
    ['a role of another account has both', role(OTHER), true, byRole(OTHER), ALLOWED],
    ['a service that is named', service(), false, { Principal: { Service: 'events.amazonaws.com' } }, ALLOWED],
    ['a service that is not', service('sns.amazonaws.com'), false, { Principal: { Service: 'events.amazonaws.com' } }, NO_RESOURCE],
  ])('%s', (_name, principal, identity, trust, expected) => {
    expect(assume(principal, identity, trust)).toBe(expected);
  });
});

describe('actions and resources', () => {
  // prettier-ignore
  it.each<[string, Part, boolean]>([
    ['the action itself', { Action: 'events:PutEvents' }, true],
    ['in another case', { Action: 'EVENTS:putevents' }, true],
    ['one of several', { Action: ['events:PutRule', 'events:PutEvents'] }, true],
    ['a star at the end', { Action: 'events:Put*' }, true],
    ['a question mark', { Action: 'events:PutEvent?' }, true],
    ['another service', { Action: 'sqs:*' }, false],
    ['NotAction without it', { NotAction: 'events:PutRule' }, true],
    ['NotAction with it', { NotAction: ['events:Put*'] }, false],
    ['the resource itself', { Resource: BUS }, true],
    ['everything', { Resource: '*' }, true],
    ['a star in the name', { Resource: `arn:aws:events:eu-west-1:${HOME}:event-bus/*` }, true],
    ['a star for the Region', { Resource: `arn:aws:events:*:${HOME}:event-bus/central` }, true],
    ['a star does not reach over a colon', { Resource: 'arn:aws:events:*:event-bus/central' }, false],
    ['names differ by case', { Resource: BUS.replace('central', 'Central') }, false],
    ['missing segments count as a star', { Resource: 'arn:aws:events:eu-west-1' }, true],
    ['NotResource without it', { NotResource: `${BUS}-2` }, true],
    ['NotResource with it', { NotResource: [BUS] }, false],
    ['a variable', { Resource: 'arn:aws:events:eu-west-1:${aws:PrincipalAccount}:event-bus/central' }, true],
    ['a variable that is missing', { Resource: '${aws:username}*' }, false],
    ["a variable's default", { Resource: "${aws:username, 'arn:aws:events'}*" }, true],
  ])('%s', (_name, part, expected) => {
    expect(decide(role(HOME), [part], undefined).decision === 'allow').toBe(expected);
  });
});

describe('conditions', () => {
  const context = {
    'events:source': 'com.key.access',
    'events:detail-type': ['Access Granted', 'Access Denied'],
    'aws:SourceArn': `arn:aws:events:eu-west-1:${HOME}:rule/central/delivery`,
    'aws:SourceIp': '10.1.2.3',
    'aws:MultiFactorAuthAge': 120,
    'aws:SecureTransport': true,
    'aws:CurrentTime': '2026-11-20T12:00:00Z',
    'aws:empty': [],
  };
  const key = (operator: string, name: string, value: unknown) => ({ [operator]: { [name]: value } } as ConditionBlock);
  // prettier-ignore
  it.each<[string, string, unknown, boolean]>([
    ['StringEquals', 'events:source', 'com.key.access', true],
    ['StringEquals', 'EVENTS:Source', 'com.key.access', true],
    ['StringEquals', 'events:source', ['a', 'com.key.access'], true],
    ['StringEquals', 'events:source', 'com.key.*', false],
    ['StringEquals', 'missing', 'a', false],
    ['StringEqualsIfExists', 'missing', 'a', true],
    ['StringEqualsIfExists', 'events:source', 'a', false],
    ['StringEquals', 'aws:PrincipalAccount', HOME, true],
    ['StringEquals', 'aws:PrincipalArn', `arn:aws:iam::${HOME}:role/publisher`, true],
    ['StringEquals', 'aws:ResourceAccount', '${aws:PrincipalAccount}', true],
    ['StringNotEquals', 'events:source', 'a', true],
    ['StringNotEquals', 'events:source', ['a', 'com.key.access'], false],
    ['StringNotEquals', 'missing', 'a', true],
    ['StringEqualsIgnoreCase', 'events:source', 'COM.KEY.access', true],
    ['StringNotEqualsIgnoreCase', 'events:source', 'COM.KEY.access', false],
    ['StringLike', 'events:source', 'com.key.*', true],
    ['StringLike', 'events:source', 'com.*.acces?', true],
    ['StringLike', 'events:source', 'com.key', false],
    ['StringNotLike', 'events:source', 'com.key.*', false],
    ['ForAnyValue:StringEquals', 'events:detail-type', 'Access Denied', true],
    ['ForAnyValue:StringEquals', 'events:detail-type', 'else', false],
    ['ForAnyValue:StringEquals', 'missing', 'else', false],
    ['ForAllValues:StringEquals', 'events:detail-type', ['Access Denied', 'Access Granted'], true],
    ['ForAllValues:StringEquals', 'events:detail-type', ['Access Denied'], false],
    ['ForAllValues:StringEquals', 'missing', ['a'], true],
    ['ForAllValues:StringEquals', 'aws:empty', ['a'], true],
    ['ForAnyValue:StringNotEquals', 'events:detail-type', ['Access Denied'], true],
    ['ForAnyValue:StringNotEquals', 'missing', ['a'], false],
    ['ArnEquals', 'aws:SourceArn', `arn:aws:events:eu-west-1:${HOME}:rule/central/delivery`, true],
    ['ArnLike', 'aws:SourceArn', `arn:aws:events:*:${HOME}:rule/*`, true],
    ['ArnLike', 'aws:SourceArn', 'arn:aws:events:*:rule/*', false],
    ['ArnNotLike', 'aws:SourceArn', 'arn:aws:sns:*:*:*', true],
    ['ArnNotEquals', 'missing', 'arn:aws:sns:*:*:*', true],
    ['Bool', 'aws:SecureTransport', 'true', true],
    ['Bool', 'aws:SecureTransport', false, false],
    ['Null', 'missing', 'true', true],
    ['Null', 'aws:empty', true, true],
    ['Null', 'events:source', 'true', false],
    ['Null', 'events:source', 'false', true],
    ['NumericEquals', 'aws:MultiFactorAuthAge', '120.0', true],
    ['NumericLessThan', 'aws:MultiFactorAuthAge', 121, true],
    ['NumericLessThan', 'aws:MultiFactorAuthAge', 120, false],
    ['NumericLessThanEquals', 'aws:MultiFactorAuthAge', 120, true],
    ['NumericGreaterThan', 'aws:MultiFactorAuthAge', '9', true],
    ['NumericGreaterThanEquals', 'aws:MultiFactorAuthAge', '121', false],
    ['NumericNotEquals', 'aws:MultiFactorAuthAge', '5', true],
    ['NumericEquals', 'events:source', '5', false],
    ['DateLessThan', 'aws:CurrentTime', '2026-11-20T12:00:01Z', true],
    ['DateGreaterThan', 'aws:CurrentTime', '1763640000', true],
    ['DateEquals', 'aws:CurrentTime', '2026-11-20T13:00:00+01:00', true],
    ['DateNotEquals', 'aws:CurrentTime', '2026-11-20T12:00:00Z', false],
    ['DateLessThanEquals', 'aws:CurrentTime', 'not a date', false],
    ['IpAddress', 'aws:SourceIp', '10.0.0.0/8', true],
    ['IpAddress', 'aws:SourceIp', '10.1.2.4', false],
    ['IpAddress', 'aws:SourceIp', '10.1.2.0/30', true],
    ['IpAddress', 'aws:SourceIp', '10.1.2.0/33', false],
    ['IpAddress', 'aws:SourceIp', '::/0', false],
    ['NotIpAddress', 'aws:SourceIp', '192.168.0.0/16', true],
    ['BinaryEquals', 'events:source', 'com.key.access', true],
    ['StringSounds', 'events:source', 'com.key.access', false],
  ])('%s %s %j: %s', (operator, name, value, expected) => {
    const decision = decide(role(HOME), [{ Condition: key(operator, name, value) }], undefined, { context });
    expect(decision.decision === 'allow').toBe(expected);
  });

  it('takes all keys and operators together', () => {
    const both = (source: string, ip: string) =>
      decide(
        role(HOME),
        [
          {
            Condition: {
              StringEquals: { 'events:source': source },
              IpAddress: { 'aws:SourceIp': ip },
            },
          },
        ],
        undefined,
        { context },
      ).decision;
    expect(both('com.key.access', '10.0.0.0/8')).toBe('allow');
    expect(both('com.key.access', '11.0.0.0/8')).toBe('deny');
    expect(both('else', '10.0.0.0/8')).toBe('deny');
  });

  it('keeps a Deny closed where its operator is unknown', () => {
    const decision = decide(role(HOME), [{}, { Effect: 'Deny', Condition: key('StringSounds', 'a', 'b') }], undefined);
    expect(outcome(decision)).toBe(DENIED);
  });

  it('reads IPv6', () => {
    const at = (ip: string, range: string) =>
      decide(role(HOME), [{ Condition: key('IpAddress', 'aws:SourceIp', range) }], undefined, {
        context: { 'aws:SourceIp': ip },
      }).decision;
    expect(at('2001:db8::1', '2001:db8::/32')).toBe('allow');
    expect(at('2001:db9::1', '2001:db8::/32')).toBe('deny');
    expect(at('2001:db8:0:0:0:0:0:1', '2001:db8::1')).toBe('allow');
    expect(at('2001:::1', '::/0')).toBe('deny');
  });
});

describe('keys that are not known yet', () => {
  const bySource: Part = {
    ...byAccount(OTHER),
    Condition: { StringEquals: { 'events:source': 'com.key.access' } },
  };
  const ask = (resource: Part[], openKeys?: string[]) =>
    outcome(decide(root(OTHER), undefined, resource, { openKeys }));
  it('count as met in an Allow', () => {
    expect(ask([bySource])).toBe(NO_RESOURCE);
    expect(ask([bySource], ['Events:Source'])).toBe(ALLOWED);
    expect(ask([bySource], ['events:detail-type'])).toBe(NO_RESOURCE);
  });
  it('do not make a Deny apply', () => {
    const deny: Part = {
      ...bySource,
      Effect: 'Deny',
      Condition: { StringNotEquals: { 'events:source': 'a' } },
    };
    expect(ask([byAccount(OTHER), deny])).toBe(DENIED);
    expect(ask([byAccount(OTHER), deny], ['events:source'])).toBe(ALLOWED);
  });
});

describe('the reason', () => {
  // prettier-ignore
  it.each<[string, Decision, string]>([
    [
      'names the statement that denies',
      decide(root(OTHER), undefined, [byAccount(OTHER), { Sid: 'NoDelivery', Effect: 'Deny', ...byAccount(OTHER) }]),
      'with an explicit deny in bus policy (statement "NoDelivery")',
    ],
    [
      'shows a denying statement that has no Sid',
      decide(root(HOME), undefined, [{ Effect: 'Deny', Principal: '*' }]),
      `with an explicit deny in bus policy (statement without Sid: {"Effect":"Deny","Action":"events:PutEvents","Resource":"${BUS}","Principal":"*"})`,
    ],
    [
      'names the absence in the resource policy',
      decide(root(OTHER), undefined, []),
      'because no resource-based policy allows the events:PutEvents action',
    ],
    [
      'names the absence in the identity',
      decide(role(HOME), [], undefined),
      'because no identity-based policy allows the events:PutEvents action',
    ],
    [
      'names the allow',
      decide(role(HOME), [{ Sid: 'Publish' }], undefined),
      'because inline allows it (statement "Publish")',
    ],
  ])('%s', (_name, decision, because) => {
    expect(decision.because).toBe(because);
  });
});

it('answers a hostile pattern in no time', () => {
  const pattern = `${'*a'.repeat(2_000)}b`;
  const decision = decide(role(HOME), [{ Resource: pattern }], undefined, {
    resource: 'a'.repeat(4_000),
  });
  expect(decision.decision).toBe('deny');
});

import { validatePolicy, type PolicyKind } from './validate';

const good = {
  Sid: 'A',
  Effect: 'Allow',
  Principal: { AWS: '444455556666' },
  Action: 'events:PutEvents',
  Resource: 'arn:aws:events:eu-west-1:111122223333:event-bus/central',
};
const without = (key: keyof typeof good) => {
  const { [key]: _left, ...rest } = good;
  return rest;
};
const policy = (...statements: unknown[]) => ({
  Version: '2012-10-17',
  Statement: statements,
});

describe('validatePolicy', () => {
  // prettier-ignore
  it.each<[string, PolicyKind, unknown]>([
    ['a resource policy', 'resource', policy(good)],
    ['one statement that is no list', 'resource', { Statement: good }],
    ['an identity policy', 'identity', policy(without('Principal'))],
    ['a trust policy', 'trust', policy({ ...without('Resource'), Action: 'sts:AssumeRole' })],
    ['everybody', 'resource', policy({ ...good, Principal: '*' })],
    ['conditions', 'resource', policy({ ...good, Condition: { 'ForAnyValue:StringLikeIfExists': { a: ['b', 1, true] }, Null: { a: 'true' } } })],
    ['a session', 'resource', policy({ ...good, Principal: { AWS: 'arn:aws:sts::444455556666:assumed-role/a/b' } })],
  ])('accepts %s', (_name, kind, document) => {
    expect(validatePolicy(document, kind)).toEqual([]);
  });

  // prettier-ignore
  it.each<[string, PolicyKind, unknown, string[]]>([
    ['a text', 'resource', 'x', ['']],
    ['a list', 'resource', [], ['']],
    ['no statement', 'resource', { Version: '2012-10-17' }, ['Statement']],
    ['an empty list', 'resource', policy(), ['Statement']],
    ['another version', 'resource', { ...policy(good), Version: '2020-01-01' }, ['Version']],
    ['an unknown member', 'resource', { ...policy(good), Statements: [] }, ['Statements']],
    ['a statement that is a text', 'resource', policy('x'), ['Statement[0]']],
    ['an unknown member of a statement', 'resource', policy({ ...good, Actions: [] }), ['Statement[0].Actions']],
    ['an effect in lower case', 'resource', policy({ ...good, Effect: 'allow' }), ['Statement[0].Effect']],
    ['no action', 'resource', policy(without('Action')), ['Statement[0]']],
    ['an action and NotAction', 'resource', policy({ ...good, NotAction: 'a:b' }), ['Statement[0]']],
    ['an action without a service', 'resource', policy({ ...good, Action: ['PutEvents'] }), ['Statement[0].Action[0]']],
    ['an empty list of actions', 'resource', policy({ ...good, Action: [] }), ['Statement[0].Action']],
    ['a resource that is no ARN', 'resource', policy({ ...good, Resource: 'central' }), ['Statement[0].Resource']],
    ['no principal', 'resource', policy(without('Principal')), ['Statement[0]']],
    ['a principal in an identity', 'identity', policy(good), ['Statement[0].Principal']],
    ['a resource in a trust policy', 'trust', policy(good), ['Statement[0].Resource']],
    ['an account of 11 digits', 'resource', policy({ ...good, Principal: { AWS: '44445555666' } }), ['Statement[0].Principal.AWS']],
    ['a role with a wildcard', 'resource', policy({ ...good, Principal: { AWS: ['arn:aws:iam::444455556666:role/*'] } }), ['Statement[0].Principal.AWS[0]']],
    ['a principal of an unknown type', 'resource', policy({ ...good, Principal: { Aws: '*' } }), ['Statement[0].Principal.Aws']],
    ['a service that is none', 'resource', policy({ ...good, Principal: { Service: 'events' } }), ['Statement[0].Principal.Service']],
    ['an unknown operator', 'resource', policy({ ...good, Condition: { StringSounds: { a: 'b' } } }), ['Statement[0].Condition.StringSounds']],
    ['a set of Null', 'resource', policy({ ...good, Condition: { NullIfExists: { a: 'b' } } }), ['Statement[0].Condition.NullIfExists']],
    ['a condition without values', 'resource', policy({ ...good, Condition: { StringEquals: { a: [] } } }), ['Statement[0].Condition.StringEquals.a']],
    ['two statements of one Sid', 'resource', policy(good, good), ['Statement[1].Sid']],
    ['several problems at once', 'resource', policy({ ...good, Effect: 'x' }, { ...without('Action'), Sid: 1 }), ['Statement[0].Effect', 'Statement[1].Sid', 'Statement[1]']],
    ['a member called __proto__', 'resource', JSON.parse('{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Principal":"*","__proto__":{}}}'), ['Statement.__proto__']],
    ['more statements than any policy holds', 'resource', policy(...Array(1001).fill('x')), ['Statement']],
  ])('refuses %s', (_name, kind, document, paths) => {
    expect(validatePolicy(document, kind).map(problem => problem.path)).toEqual(paths);
  });

  it('says what was expected', () => {
    expect(validatePolicy(policy({ ...good, Principal: { AWS: 'bob' } }), 'resource')).toEqual([
      {
        path: 'Statement[0].Principal.AWS',
        message: '"bob" is no principal; expected "*", a 12-digit account, or the ARN of an account, role or user',
      },
    ]);
  });
});

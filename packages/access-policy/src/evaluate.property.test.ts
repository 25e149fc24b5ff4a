import fc from 'fast-check';
import type { ConditionBlock, PolicyStatement } from './document';
import { evaluate } from './evaluate';
import { globMatches } from './glob';
import type { AccessRequest, Principal } from './request';
import { describeStatement } from './describe';
import { validatePolicy } from './validate';

const ACCOUNTS = ['111122223333', '444455556666'];
const account = fc.constantFrom(...ACCOUNTS);
const action = fc.constantFrom('events:PutEvents', 'events:Put*', 'sqs:*', '*');
const resource = fc.constantFrom(
  '*',
  'arn:aws:events:eu-west-1:111122223333:event-bus/central',
  'arn:aws:events:eu-west-1:111122223333:event-bus/other',
);
const condition = fc.constantFrom<ConditionBlock | undefined>(
  undefined,
  { StringEquals: { 'events:source': 'a' } },
  { StringNotEquals: { 'events:source': 'a' } },
  { Null: { 'events:source': 'true' } },
);

const identityStatement = fc.record(
  {
    Effect: fc.constantFrom('Allow' as const, 'Deny' as const),
    Action: action,
    Resource: resource,
    Condition: condition,
  },
  { requiredKeys: ['Effect', 'Action', 'Resource'] },
);

const resourceStatement = fc
  .tuple(
    identityStatement,
    fc.oneof(
      fc.constant('*' as const),
      account.map(AWS => ({ AWS })),
      account.map(id => ({ AWS: `arn:aws:iam::${id}:role/r` })),
      fc.constant({ Service: 'events.amazonaws.com' }),
    ),
  )
  .map(([statement, Principal]): PolicyStatement => ({ ...statement, Principal }));

const principal: fc.Arbitrary<Principal> = fc.oneof(
  account.map(id => ({ kind: 'account' as const, account: id })),
  account.map(id => ({
    kind: 'role' as const,
    account: id,
    arn: `arn:aws:iam::${id}:role/r`,
  })),
  fc.constant({ kind: 'service' as const, service: 'events.amazonaws.com' }),
);

const question = fc.record({
  principal,
  identity: fc.array(identityStatement, { maxLength: 3 }),
  onResource: fc.array(resourceStatement, { maxLength: 3 }),
  source: fc.constantFrom(undefined, 'a', 'b'),
});

function ask(
  q: {
    principal: Principal;
    identity: readonly PolicyStatement[];
    onResource: readonly PolicyStatement[];
    source?: string;
  },
  more: Partial<AccessRequest> = {},
) {
  return evaluate({
    principal: q.principal,
    action: 'events:PutEvents',
    resource: 'arn:aws:events:eu-west-1:111122223333:event-bus/central',
    resourceAccount: ACCOUNTS[0],
    identityPolicies: [{ name: 'inline', document: { Statement: q.identity } }],
    resourcePolicy: { Statement: q.onResource },
    context: { 'events:source': q.source },
    ...more,
  });
}

const catchAll: PolicyStatement = {
  Effect: 'Deny',
  Principal: '*',
  Action: '*',
  Resource: '*',
};

describe('whatever the policies say', () => {
  it('a Deny of everything denies', () => {
    fc.assert(
      fc.property(question, q => {
        const onResource = [...q.onResource, catchAll];
        expect(ask({ ...q, onResource }).reason.kind).toBe('explicit-deny');
      }),
    );
  });

  it('an Allow more never takes access away, and a Deny more never gives it', () => {
    fc.assert(
      fc.property(question, resourceStatement, (q, statement) => {
        const before = ask(q).decision;
        const after = ask({ ...q, onResource: [...q.onResource, statement] });
        const unchanged = statement.Effect === 'Allow' ? 'allow' : 'deny';
        expect(before === unchanged ? after.decision : unchanged).toBe(unchanged);
      }),
    );
  });

  it('the order of statements does not matter', () => {
    fc.assert(
      fc.property(question, q => {
        const reversed = {
          ...q,
          identity: [...q.identity].reverse(),
          onResource: [...q.onResource].reverse(),
        };
        expect(ask(reversed).decision).toBe(ask(q).decision);
      }),
    );
  });

  it('what is allowed could be allowed while the source is not known yet', () => {
    fc.assert(
      fc.property(question, q => {
        const known = ask(q).decision;
        const open = ask(q, { openKeys: ['events:source'] }).decision;
        expect(known === 'allow' ? open : 'allow').toBe('allow');
      }),
    );
  });

  it('every statement is valid, and has words', () => {
    fc.assert(
      fc.property(resourceStatement, statement => {
        const { Condition, ...rest } = statement;
        const document = {
          Statement: Condition ? { ...rest, Condition } : rest,
        };
        expect(validatePolicy(document, 'resource')).toEqual([]);
        expect(describeStatement(statement)).toMatch(/ may (not )?\S/);
      }),
    );
  });

  it('no JSON makes the grammar check fail', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(Array.isArray(validatePolicy(value, 'resource'))).toBe(true);
      }),
    );
  });
});

it('globs match as the same pattern does as a regular expression', () => {
  const letters = (characters: string) =>
    fc.array(fc.constantFrom(...characters), { maxLength: 12 }).map(list => list.join(''));
  fc.assert(
    fc.property(letters('ab*?'), letters('ab'), (pattern, text) => {
      const expression = new RegExp(`^${pattern.replace(/\*/g, '.*').replace(/\?/g, '.')}$`);
      expect(globMatches(pattern, text)).toBe(expression.test(text));
    }),
    { numRuns: 1_000 },
  );
});

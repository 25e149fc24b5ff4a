import fc from 'fast-check';
import {
  deadLetterQueueName,
  defaultRuleName,
  defaultSubscriberBusName,
  forwardRoleName,
  forwardStatementId,
  publisherStatementId,
  targetRoleName,
} from './names';

const anyName = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9-]{0,40}$/),
  fc.string({ minLength: 1, maxLength: 120 }),
  fc.constantFrom('a'.repeat(70), `${'a'.repeat(70)}b`, '../..', 'ü', 'ö', '__proto__'),
);

describe('names', () => {
  it('keeps the readable name where AWS takes it', () => {
    expect(defaultRuleName('delivery-service', 'access-granted')).toBe('delivery-service-access-granted');
    expect(defaultSubscriberBusName('delivery-service')).toBe('busline-delivery-service');
  });

  it('stays within what AWS takes, whatever the names', () => {
    fc.assert(
      fc.property(anyName, anyName, (a, b) => {
        expect(defaultRuleName(a, b)).toMatch(/^[.\-_A-Za-z0-9]{1,64}$/);
        expect(targetRoleName(a, b)).toMatch(/^[\w+=,.@-]{1,64}$/);
        expect(forwardRoleName('x', a, b)).toMatch(/^[\w+=,.@-]{1,64}$/);
        expect(deadLetterQueueName(a, b)).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
        expect(publisherStatementId('x', a, b)).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
        expect(forwardStatementId(a, b)).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
        expect(defaultSubscriberBusName(a)).toMatch(/^[/.\-_A-Za-z0-9]{1,256}$/);
      }),
    );
  });

  it('gives different things different names', () => {
    const pair = fc.tuple(anyName, anyName);
    fc.assert(
      fc.property(pair, pair, (one, two) => {
        fc.pre(one[0] !== two[0] || one[1] !== two[1]);
        expect(publisherStatementId('x', ...one)).not.toBe(publisherStatementId('x', ...two));
        expect(forwardStatementId(...one)).not.toBe(forwardStatementId(...two));
        expect(forwardRoleName(...one, 'bus')).not.toBe(forwardRoleName(...two, 'bus'));
      }),
    );
    fc.assert(
      fc.property(pair, ([one, two]) => {
        fc.pre(one !== two);
        expect(deadLetterQueueName(one, 'r')).not.toBe(deadLetterQueueName(two, 'r'));
        expect(targetRoleName(one, 'r')).not.toBe(targetRoleName(two, 'r'));
        expect(defaultSubscriberBusName(one)).not.toBe(defaultSubscriberBusName(two));
      }),
    );
  });

  it('tells long names apart that begin alike', () => {
    const long = 'x'.repeat(80);
    expect(defaultRuleName(long, 'a')).not.toBe(defaultRuleName(long, 'b'));
    expect(defaultRuleName(long, 'a')).toHaveLength(64);
  });
});

import type { JsonObject } from '@busline/event-repository';
import { declaredEstate } from './declaredEstate';
import { CENTRAL, repository, service, subscription } from './testRepository';

const rulesFor = (subscriptions: ReturnType<typeof subscription>[], services?: ReturnType<typeof service>[]) => {
  const repo = repository(services ? { subscriptions, services } : { subscriptions });
  const { rules } = declaredEstate(repo, 'prod');
  return {
    central: rules.filter(rule => rule.busArn === CENTRAL),
    subscriber: rules.filter(rule => rule.busArn !== CENTRAL),
  };
};
const on = (name: string, pattern: JsonObject, more = {}) =>
  subscription('delivery-service', name, { pattern, ...more });
const granted = { source: ['access'], 'detail-type': ['Granted'] };
const revoked = { source: ['access'], 'detail-type': ['Revoked'] };

describe('forwarding to a subscriber bus', () => {
  it('has a rule for each subscription where no event is for two of them', () => {
    const { central } = rulesFor([on('a', granted), on('b', revoked)]);
    expect(central.map(rule => [rule.name, rule.pattern, rule.sharedBy])).toEqual([
      ['delivery-service-a', granted, undefined],
      ['delivery-service-b', revoked, undefined],
    ]);
  });

  it('has one rule for subscriptions of one event type, so that no event comes twice', () => {
    const email = { ...granted, detail: { channel: ['email'] } };
    const { central, subscriber } = rulesFor([on('b', granted), on('a', email)]);
    expect(central).toHaveLength(1);
    expect(central[0]).toMatchObject({
      name: 'delivery-service-a',
      pattern: { $or: [email, granted] },
      sharedBy: [
        { service: 'delivery-service', name: 'a', environment: 'prod' },
        { service: 'delivery-service', name: 'b', environment: 'prod' },
      ],
    });
    expect(subscriber.map(rule => [rule.name, rule.pattern])).toEqual([
      ['delivery-service-b', granted],
      ['delivery-service-a', email],
    ]);
  });

  it('writes a pattern once that two subscriptions have alike', () => {
    const again = { 'detail-type': ['Granted'], source: ['access'] };
    expect(rulesFor([on('a', granted), on('b', again)]).central.map(rule => rule.pattern)).toEqual([granted]);
  });

  it('joins what overlaps over a third', () => {
    const both = { source: ['access'], 'detail-type': ['Granted', 'Revoked'] };
    const { central } = rulesFor([
      on('a', granted),
      on('b', revoked),
      on('c', both),
      on('d', { source: ['x'], 'detail-type': ['Y'] }),
    ]);
    expect(central.map(rule => rule.sharedBy?.map(member => member.name) ?? [rule.subscription?.name])).toEqual([
      ['a', 'b', 'c'],
      ['d'],
    ]);
  });

  it.each<[string, JsonObject, JsonObject, number]>([
    ['a prefix that the other begins with', granted, { source: [{ prefix: 'acc' }] }, 1],
    ['a prefix that it does not', granted, { source: [{ prefix: 'x' }] }, 2],
    ['another detail-type', granted, { 'detail-type': [{ 'anything-but': ['Granted'] }] }, 2],
    ['one prefix within another', { source: [{ prefix: 'com.' }] }, { source: [{ prefix: 'com.key' }] }, 1],
    ['two prefixes apart', { source: [{ prefix: 'com.' }] }, { source: [{ prefix: 'org.' }] }, 2],
    ['two that cannot be told apart', { source: [{ suffix: 's' }] }, { source: [{ suffix: 't' }] }, 1],
    ['everything', granted, { account: ['222222222222'] }, 1],
    ['no pattern that AWS takes', granted, { source: [{ nonsense: 1 }] }, 2],
  ])('looks at what takes event types by more than their names: %s', (_, a, b, rules) => {
    expect(rulesFor([on('a', a), on('b', b)]).central).toHaveLength(rules);
  });

  it('keeps services apart', () => {
    const services = [service('delivery-service', 'delivery'), service('other', 'delivery')];
    const { central } = rulesFor([on('a', granted), subscription('other', 'a', { pattern: granted })], services);
    expect(central.map(rule => rule.targets[0].arn)).toEqual([
      expect.stringContaining('busline-delivery-service'),
      expect.stringContaining('busline-other'),
    ]);
  });

  it('forwards for those that are enabled, as long as one is', () => {
    const email = { ...granted, detail: { channel: ['email'] } };
    const paused = { enabled: false };
    expect(rulesFor([on('a', granted, paused), on('b', email)]).central).toEqual([
      expect.objectContaining({ pattern: email, enabled: true }),
    ]);
    expect(rulesFor([on('a', granted, paused), on('b', email, paused)]).central).toEqual([
      expect.objectContaining({ enabled: false }),
    ]);
  });

  it('waits as long as the most patient of them', () => {
    const delivery = (age: number, attempts: number) => ({
      delivery: { maximumEventAgeSeconds: age, maximumRetryAttempts: attempts, deadLetterQueue: false },
    });
    const { central } = rulesFor([on('a', granted, delivery(60, 9)), on('b', granted, delivery(600, 3))]);
    expect(central[0].targets[0]).toMatchObject({ maximumEventAgeSeconds: 600, maximumRetryAttempts: 9 });
    expect(central[0].targets[0].deadLetterArn).toBeUndefined();
  });

  it('takes whole event types where the exact pattern would be too long', () => {
    const long = (i: number) => ({ ...granted, detail: { id: [`${i}`.repeat(600)] } });
    const { central } = rulesFor([1, 2, 3, 4].map(i => on(`s${i}`, long(i))));
    expect(central.map(rule => rule.pattern)).toEqual([granted]);
    const anySource = (i: number) => ({ detail: { id: [`${i}`.repeat(600)] } });
    expect(rulesFor([1, 2, 3, 4].map(i => on(`s${i}`, anySource(i)))).central.map(rule => rule.pattern)).toEqual([
      { source: [{ prefix: '' }] },
    ]);
  });
});

import type { JsonObject } from '@busline/event-repository';
import { declaredEstate } from './declaredEstate';
import type { Estate } from './estate';
import { quotaUse } from './quotas';
import { CENTRAL, repository } from './testRepository';

const estate = declaredEstate(repository(), 'prod');
const central = (of: Estate, limits = {}) => {
  const bus = quotaUse(of, limits).buses.find(b => b.arn === CENTRAL)!;
  return Object.fromEntries(bus.uses.map(use => [use.name, use]));
};
const withPatterns = (...patterns: JsonObject[]): Estate => ({
  ...estate,
  rules: patterns.map((pattern, i) => ({ ...estate.rules[0], arn: `${i}`, pattern })),
});

describe('quotaUse', () => {
  it('counts what AWS limits on a bus', () => {
    expect(central(estate)).toEqual({
      rules: { name: 'rules', used: 1, limit: 300, unit: 'rules' },
      'policy size': {
        name: 'policy size',
        used: JSON.stringify(estate.buses[0].policy).length,
        limit: 10_240,
        unit: 'characters',
      },
      'rules with a wildcard': { name: 'rules with a wildcard', used: 0, limit: 30, unit: 'rules' },
      'most targets on a rule': { name: 'most targets on a rule', used: 1, limit: 5, unit: 'targets' },
      'largest pattern': {
        name: 'largest pattern',
        used: JSON.stringify(estate.rules[0].pattern).length,
        limit: 2_048,
        unit: 'characters',
      },
    });
  });

  it('takes the limits that AWS has raised', () => {
    expect(central(estate, { rulesPerBus: 2000 }).rules.limit).toBe(2000);
  });

  it('counts buses by account and Region', () => {
    expect(quotaUse(estate).accounts.map(a => [a.accountId, a.uses[0].used, a.uses[0].limit])).toEqual([
      ['111111111111', 1, 100],
      ['333333333333', 1, 100],
    ]);
  });

  it.each<[string, JsonObject, number]>([
    ['the operator', { detail: { a: [{ wildcard: 'x*' }] } }, 1],
    ['inside anything-but', { detail: { a: [{ 'anything-but': { wildcard: 'x*' } }] } }, 1],
    ['below $or', { $or: [{ source: [{ wildcard: 'x*' }] }, { source: ['b'] }] }, 1],
    ['a field of that name', { detail: { wildcard: ['x'] } }, 0],
    ['a field of that name below $or', { $or: [{ wildcard: ['x'] }, { b: ['y'] }] }, 0],
    ['a value of that name', { detail: { a: ['wildcard'] } }, 0],
  ])('knows a rule with a wildcard: %s', (_, pattern, used) => {
    expect(central(withPatterns(pattern))['rules with a wildcard'].used).toBe(used);
  });
});

import { toEntityName } from './entityName';

const VALID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

it.each([
  ['com.key.access', 'Access Granted'],
  ['a'.repeat(300), 'b'.repeat(300)],
  ['日本', '語'],
  ['../..', '\u0000'],
  ['-', '-'],
])('the name for %j %j is one that the catalog takes', (source, detailType) => {
  const name = toEntityName({ source, detailType });
  expect(name).toMatch(VALID);
  expect(name.length).toBeLessThanOrEqual(63);
});

it('tells 100,000 event types apart that share their slug', () => {
  const names = new Set<string>();
  for (let index = 0; index < 100_000; index++) {
    names.add(toEntityName({ source: 'com.key.'.repeat(20), detailType: `${'x'.repeat(80)}${index}` }));
  }
  expect(names.size).toBe(100_000);
});

it.each([
  [
    { source: 'a.b', detailType: 'c' },
    { source: 'a', detailType: 'b.c' },
  ],
  [
    { source: 'a', detailType: 'B c' },
    { source: 'a', detailType: 'b C' },
  ],
])('tells %j from %j', (a, b) => {
  expect(toEntityName(a)).not.toBe(toEntityName(b));
});

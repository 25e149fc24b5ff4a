import { analysePattern } from './analysePattern';
import { analysisReasons, analysisText } from './analysisText';

const SCHEMA = {
  type: 'object',
  required: ['level', 'guest'],
  properties: {
    level: { enum: ['WARN', 'ERROR'] },
    channel: { type: 'string' },
    guest: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
  },
};
const reasons = (detail: object) => analysisReasons(analysePattern({ detail } as never, SCHEMA));

it.each([
  [{ chanel: ['x'] }, '`detail.chanel` is not in the schema; there is `detail.channel`. Wanted: is `x`'],
  [{ zzz: ['x'] }, '`detail.zzz` is not in the schema; wanted: is `x`'],
  [
    { guest: ['x'] },
    '`detail.guest` is an object in the schema, and patterns see values only: `detail.guest.name`. Wanted: is `x`',
  ],
  [{ level: ['FATAL'] }, '`detail.level` has no such value in the schema; wanted: is `FATAL`'],
  [{ channel: [{ exists: true }] }, '`detail.channel` may be absent; wanted: is present'],
  [{ channel: [{ prefix: 'x' }] }, '`detail.channel` sometimes starts with `x`'],
  [{ level: ['ERROR'] }, '`detail.level` sometimes is `ERROR`'],
  [{ level: ['ERROR', 'WARN'] }, '`detail.level` always is `ERROR` or `WARN`'],
])('of %j it says what decides', (detail, expected) => {
  expect(reasons(detail)).toEqual([expected]);
});

it('leaves out clauses that do not decide', () => {
  expect(reasons({ level: ['FATAL'], guest: { name: [{ exists: true }] } })).toHaveLength(1);
});

it('is a verdict and its reasons', () => {
  expect(analysisText(analysePattern({ detail: { level: ['FATAL'] } }, SCHEMA))).toBe(
    'No event of the schema can match.\n  `detail.level` has no such value in the schema; wanted: is `FATAL`',
  );
  expect(analysisText(analysePattern({ detail: { level: ['WARN'] } }, false))).toBe(
    'No event of the schema can match.\n  No event satisfies the schema itself',
  );
});

import { busline, removeFolders, temporaryFolder, write } from '../testing/busline';

const OLD = { type: 'object', properties: { door: { enum: ['a', 'b'] } }, required: ['door'] };
const WIDER = { ...OLD, properties: { door: { enum: ['a', 'b', 'c'] } } };
const LATER = { ...OLD, properties: { ...OLD.properties, note: { type: 'string' } } };

async function diff(old: unknown, next: unknown, ...options: readonly string[]) {
  const cwd = temporaryFolder();
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value, undefined, 2));
  write(cwd, { 'old.json': text(old), 'new.json': text(next) });
  return busline(['schema', 'diff', 'old.json', 'new.json', ...options], { cwd });
}

afterEach(removeFolders);

describe('busline schema diff', () => {
  it('says what changed and what it calls for', async () => {
    const { code, out } = await diff(OLD, LATER);
    expect([code, out.split('\n')]).toEqual([
      0,
      ['added: `note` was added', 'backward: compatible; forward: compatible; calls for: minor'],
    ]);
  });

  it('proves what breaks', async () => {
    const { code, out } = await diff(OLD, WIDER);
    const [finding, was, example, ...rest] = out.split('\n');
    expect(code).toBe(1);
    expect(finding).toMatch(
      /^new\.json:\d+:\d+ `door` .*the old version rejects what the new version allows \(forward\) \(value-not-listed\)$/,
    );
    expect(was).toMatch(/^ {4}in the old version: old\.json:5:15$/);
    expect(example).toBe('    for example: {"door":"c"}');
    expect(rest.at(-1)).toBe('backward: compatible; forward: breaking; calls for: major');
  });

  it.each([
    ['BACKWARD', 0],
    ['FORWARD', 1],
    ['FULL', 1],
    ['NONE', 0],
  ])('ends as the mode %s has it', async (mode, code) => {
    expect((await diff(OLD, WIDER, '--mode', mode)).code).toBe(code);
  });

  it('reads the writing side as it is asked to', async () => {
    expect((await diff(OLD, LATER, '--content-model', 'open')).code).toBe(1);
  });

  it('ends with 3 where it is not decided, and says why', async () => {
    const { code, out } = await diff(OLD, { type: 'objekt' });
    expect([code, out]).toEqual([
      3,
      expect.stringContaining('backward: unknown, The new version is not a valid schema'),
    ]);
  });

  it('writes JSON, annotations and SARIF', async () => {
    expect(JSON.parse((await diff(OLD, WIDER, '--format', 'json')).out)).toMatchObject({
      old: 'old.json',
      new: 'new.json',
      asked: ['backward', 'forward'],
      backward: { kind: 'compatible' },
      forward: { kind: 'breaking', counterexample: { door: 'c' } },
      semver: 'major',
    });
    expect((await diff(OLD, WIDER, '--format', 'github')).out).toMatch(
      /^::error file=new\.json,line=\d+.*title=value-not-listed::/,
    );
    expect(JSON.parse((await diff(OLD, WIDER, '--format', 'sarif')).out)).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'value-not-listed', properties: { counterexample: { door: 'c' } } }] }],
    });
  });

  it('says what is wrong with the files', async () => {
    expect(await diff('{', OLD)).toEqual({ code: 2, out: '', note: expect.stringMatching(/^busline: old\.json:1:2 /) });
    const cwd = temporaryFolder();
    expect((await busline(['schema', 'diff', 'a.json', 'b.json'], { cwd })).note).toBe(
      'busline: There is no file a.json',
    );
  });
});

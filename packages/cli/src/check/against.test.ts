import { readFileSync } from 'node:fs';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { busline, git, read, removeFolders, temporaryFolder, write } from '../testing/busline';

const FOLDER = 'events/com.example.orders/order-placed';
const SCHEMA = `${FOLDER}/1.0.0/schema.json`;
const NEXT = `${FOLDER}/1.1.0/schema.json`;

/** The repository that `busline init` makes, released on main. */
async function released(): Promise<string> {
  const folder = temporaryFolder();
  expect((await busline(['init', folder])).code).toBe(0);
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'add', '.');
  git(folder, 'commit', '-q', '-m', 'First');
  return folder;
}

interface Schema {
  properties: Record<string, object>;
  required: string[];
}

/** A new version: the released schema, changed. */
function addVersion(folder: string, change: (schema: Schema) => void, path = NEXT): void {
  const schema = JSON.parse(read(folder, SCHEMA)) as Schema;
  change(schema);
  write(folder, { [path]: `${JSON.stringify(schema, undefined, 2)}\n` });
}

const withNote = ({ properties }: Schema) => {
  properties.note = { type: 'string', description: 'What the customer wrote.' };
};
const withWantedNote = (schema: Schema) => {
  withNote(schema);
  schema.required.push('note');
};

const against = (folder: string, ...more: readonly string[]) =>
  busline(['check', folder, '--against', 'main', ...more]);

afterEach(removeFolders);

describe('busline check --against', () => {
  it('lets a compatible version be, and says what it compared', async () => {
    const folder = await released();
    expect((await against(folder)).out.split('\n')[0]).toBe(
      'against main: 0 event types changed, 0 pairs of versions compared',
    );
    addVersion(folder, withNote);
    const { code, out } = await against(folder);
    expect([code, out.split('\n')]).toEqual([
      0,
      [
        'against main: 1 event type changed, 1 pair of versions compared, all compatible',
        '1 event type, 2 services, 1 subscription: 0 errors, 0 warnings',
      ],
    ]);
  });

  it('refuses a breaking one with the place in both versions and an event that proves it', async () => {
    const folder = await released();
    addVersion(folder, withWantedNote);
    const { code, out } = await against(folder);
    expect(code).toBe(1);
    const [finding, was, example, ...rest] = out.split('\n');
    expect(finding).toMatch(
      /^events\/com\.example\.orders\/order-placed\/1\.1\.0\/schema\.json:\d+:\d+ .*"note".*\(1\.0\.0 to 1\.1\.0, backward; FULL_TRANSITIVE asks for it\) \(field-missing\)$/,
    );
    expect(was).toMatch(/^ {4}in the old version: .*\/1\.0\.0\/schema\.json:\d+:\d+$/);
    expect(Object.keys(JSON.parse(example.replace('    for example: ', '')) as object).sort()).toEqual([
      'items',
      'orderId',
      'placedAt',
    ]);
    expect(rest[0]).toBe('against main: 1 event type changed, 1 pair of versions compared, 1 broken');
  });

  it('takes it with an exception that holds, and as a new major version', async () => {
    const folder = await released();
    addVersion(folder, withWantedNote, `${FOLDER}/2.0.0/schema.json`);
    expect((await against(folder)).code).toBe(0);
    addVersion(folder, withWantedNote);
    const event = read(folder, `${FOLDER}/event.yaml`);
    const exception = (until: string) =>
      `${event}schemas:\n  exceptions:\n    - { version: 1.1.0, by: user:default/ada, reason: Nobody reads 1.0 yet., until: ${until} }\n`;
    write(folder, { [`${FOLDER}/event.yaml`]: exception('2999-12-31') });
    const excused = await against(folder);
    expect([excused.code, excused.out]).toEqual([
      0,
      expect.stringContaining(
        'excused until 2999-12-31 by user:default/ada: Nobody reads 1.0 yet. (breaking-excused) warning',
      ),
    ]);
    write(folder, { [`${FOLDER}/event.yaml`]: exception('2020-12-31') });
    const ended = await against(folder);
    expect([ended.code, ended.out]).toEqual([1, expect.stringContaining('(exception-ended) warning')]);
  });

  it('keeps released versions as they are, too', async () => {
    const folder = await released();
    addVersion(folder, withNote, SCHEMA);
    const { code, out } = await against(folder);
    expect([code, out]).toEqual([1, expect.stringContaining('(released-version-changed)')]);
  });

  it('judges released versions by what was released, also where they are taken away', async () => {
    const folder = await released();
    addVersion(folder, withWantedNote);
    git(folder, 'rm', '-q', '-r', `${FOLDER}/1.0.0`);
    const { code, out } = await against(folder);
    expect([code, out]).toEqual([1, expect.stringContaining('(field-missing)')]);
  });

  it('looks with the lint rules at what is new only', async () => {
    const folder = await released();
    addVersion(folder, schema => {
      schema.properties.orderNumber = { type: 'string' };
    });
    git(folder, 'add', '.');
    git(folder, 'commit', '-q', '-m', 'Second');
    expect((await busline(['check', folder])).out).toContain('(field-without-description) warning');
    expect((await against(folder)).out).not.toContain('field-without-description');
    addVersion(folder, withNote, `${FOLDER}/1.2.0/schema.json`);
    expect((await against(folder)).out).not.toContain('field-without-description');
    addVersion(folder, schema => (schema.properties.orderNumber = { type: 'string' }), `${FOLDER}/1.2.0/schema.json`);
    expect((await against(folder)).out).toContain('1.2.0/schema.json:39:5 `orderNumber` has no description');
  });

  it('names the subscribers that it breaks, and lets those of the old major be', async () => {
    const folder = await released();
    const further = (schema: Schema) => {
      schema.properties.placedAt = { type: 'string', description: 'As the clerk says it.' };
    };
    addVersion(folder, further, `${FOLDER}/2.0.0/schema.json`);
    const { code, out } = await against(folder);
    expect(code).toBe(0);
    expect(out).toContain(
      'breaks shipping-service/order-placed of group:default/shipping: It receives whole events, and a client of 1.0.0 rejects this one. (subscriber-broken) warning',
    );
    expect(out).toContain('; subscriptions: 1 broken, 0 to be checked');
    const path = 'subscriptions/shipping-service/order-placed.yaml';
    const pinned = read(folder, path).replace(
      'pattern:',
      'pattern:\n  detail: { metadata: { schemaVersion: [{ prefix: 1. }] } }',
    );
    write(folder, { [path]: pinned });
    expect((await against(folder)).out).not.toContain('subscriber-broken');
  });

  it('writes JSON with all of it', async () => {
    const folder = await released();
    addVersion(folder, withWantedNote);
    const { out } = await against(folder, '--format', 'json');
    expect(JSON.parse(out)).toMatchObject({
      errors: 1,
      evolution: { against: 'main', changed: 1, steps: { broken: 1, kept: 0 } },
      problems: [
        {
          rule: 'field-missing',
          eventType: 'com.example.orders/Order Placed',
          old: '1.0.0',
          next: '1.1.0',
          direction: 'backward',
          related: { file: SCHEMA },
          counterexample: { items: expect.any(Array) },
        },
      ],
    });
  });

  it('annotates the pull request with the event', async () => {
    const folder = await released();
    addVersion(folder, withWantedNote);
    const { out } = await against(folder, '--format', 'github');
    expect(out.split('\n')[0]).toMatch(
      /^::error file=[^:]*1\.1\.0\/schema\.json,line=\d+,.*title=field-missing::.*%0Afor example: {/,
    );
  });

  it('writes SARIF that is SARIF', async () => {
    const folder = await released();
    addVersion(folder, withWantedNote);
    write(folder, { 'domains/ä b.yaml': 'titel: x\n' });
    const { code, out } = await busline(['check', '.', '--against', 'main', '--format', 'sarif'], { cwd: folder });
    expect(code).toBe(1);
    const log = JSON.parse(out) as {
      runs: {
        results: { ruleIndex: number; ruleId: string; locations: object[] }[];
        tool: { driver: { rules: { id: string }[] } };
      }[];
    };
    const schema = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats(ajv);
    const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')) as object);
    expect(validate(log) ? [] : validate.errors).toEqual([]);
    const [{ results, tool }] = log.runs;
    expect(results.map(({ ruleId }) => ruleId)).toEqual(['missing-key', 'unknown-key', 'unsafe-name', 'field-missing']);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(results[0].locations).toMatchObject([
      { physicalLocation: { artifactLocation: { uri: 'domains/%C3%A4%20b.yaml' }, region: { startLine: 1 } } },
    ]);
    expect(results[3]).toMatchObject({
      relatedLocations: [{ physicalLocation: { artifactLocation: { uri: SCHEMA } } }],
      properties: { direction: 'backward', counterexample: { items: expect.any(Array) } },
    });
  });

  it('says what is wrong with the ref', async () => {
    const { code, note } = await busline(['check', await released(), '--against', 'no-such-ref']);
    expect([code, note]).toEqual([2, 'busline: --against no-such-ref: git knows no such commit']);
  });

  it('bears event types that come, go, and cannot be read', async () => {
    const folder = await released();
    git(folder, 'mv', FOLDER, 'events/com.example.orders/order-taken');
    write(folder, {
      'events/com.example.orders/broken/event.yaml': '{',
      [`events/com.example.orders/broken/1.0.0/schema.json`]: '{',
    });
    const { code, out } = await against(folder);
    expect([code, out]).toEqual([1, expect.stringContaining('against main: 1 event type changed')]);
  });
});

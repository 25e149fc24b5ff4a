import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { busline, git, read, removeFolders, temporaryFolder, write } from '../testing/busline';

const SCHEMA = 'events/com.example.orders/order-placed/1.0.0/schema.json';

/** A valid event repository in a folder of its own. */
async function repository(name = 'orders'): Promise<string> {
  const folder = join(temporaryFolder(), name);
  expect((await busline(['init', folder])).code).toBe(0);
  return folder;
}

afterEach(removeFolders);

describe('busline check', () => {
  it('says so when all is well', async () => {
    const { code, out, note } = await busline(['check', await repository()]);
    expect([code, out, note]).toEqual([0, '1 event type, 2 services, 1 subscription: 0 errors, 0 warnings', '']);
  });

  it('tells everything that is wrong, and ends with 1', async () => {
    const folder = await repository();
    write(folder, {
      'domains/orders.yaml': 'titel: Orders\n',
      'subscriptions/shipping-service/all.yaml': 'pattern: { source: [com.example.order] }\n',
    });
    const { code, out } = await busline(['check', folder]);
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      'domains/orders.yaml:1:1 missing key `title`: Name for people. (missing-key)',
      'domains/orders.yaml:1:1 unknown key `titel`; did you mean `title`? (unknown-key)',
      'subscriptions/shipping-service/all.yaml:1:1 names no target; add `target: { type: sqs, name: … }` (no-target) warning',
      'subscriptions/shipping-service/all.yaml:1:12 no event type with source "com.example.order" is declared; did you mean "com.example.orders"? (undeclared-source) warning',
      '1 event type, 2 services, 2 subscriptions: 2 errors, 2 warnings',
    ]);
  });

  it('ends with 0 when there are only warnings', async () => {
    const folder = await repository();
    write(folder, {
      'events.yaml': 'ignored: true\n',
      'domains/orders.yml': 'title: X\n',
    });
    const { code, out } = await busline(['check', folder]);
    expect([code, out]).toEqual([0, expect.stringContaining('0 errors, 1 warning')]);
  });

  it('writes JSON for programs', async () => {
    const folder = await repository();
    write(folder, { [SCHEMA]: '{ "type": "objekt" }' });
    const { code, out } = await busline(['check', folder, '--format', 'json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      eventTypes: 1,
      services: 2,
      subscriptions: 1,
      errors: 1,
      warnings: 0,
      problems: [
        expect.objectContaining({
          file: SCHEMA,
          line: 1,
          column: 11,
          rule: 'invalid-schema',
          severity: 'error',
        }),
      ],
    });
  });

  it('writes annotations for GitHub, with paths from where it runs', async () => {
    const folder = await repository('50%,a:b');
    write(folder, { 'domains/orders.yaml': 'title: "100%"\nx: 1\n' });
    const { code, out } = await busline(['check', '50%,a:b', '--format', 'github'], { cwd: join(folder, '..') });
    expect(code).toBe(1);
    expect(out.split('\n')[0]).toBe(
      '::error file=50%25%2Ca%3Ab/domains/orders.yaml,line=2,col=1,title=unknown-key::' +
        'unknown key `x`; expected `title`, `description`, `owner` or `schemas`',
    );
  });

  it('reads nothing behind symbolic links', async () => {
    const folder = await repository();
    const outside = temporaryFolder();
    write(outside, { 'wrong.yaml': 'nonsense: 1\n' });
    symlinkSync(join(outside, 'wrong.yaml'), join(folder, 'domains/wrong.yaml'));
    symlinkSync(outside, join(folder, 'subscriptions/linked'));
    expect((await busline(['check', folder])).code).toBe(0);
  });
});

describe('busline check --base', () => {
  async function committed(): Promise<string> {
    const folder = await repository();
    git(folder, 'init', '-q', '-b', 'main');
    git(folder, 'add', '.');
    git(folder, 'commit', '-q', '-m', 'First');
    return folder;
  }

  it('keeps released schema versions as they are', async () => {
    const folder = await committed();
    expect((await busline(['check', folder, '--base', 'main'])).code).toBe(0);
    write(folder, {
      [SCHEMA]: read(folder, SCHEMA).replace('"minLength": 1', '"minLength": 2'),
    });
    const { code, out } = await busline(['check', folder, '--base', 'main']);
    expect(code).toBe(1);
    expect(out).toContain(
      `${SCHEMA}:1:1 version 1.0.0 is released and must not change; add a new version beside it (released-version-changed)`,
    );
  });

  it('takes a new version, and warns of one that goes away', async () => {
    const folder = await committed();
    write(folder, { [SCHEMA.replace('1.0.0', '1.1.0')]: '{}' });
    expect((await busline(['check', folder, '--base', 'HEAD'])).out).toMatch(/0 errors, 0 warnings$/);
    git(folder, 'rm', '-q', '-r', 'events/com.example.orders/order-placed/1.0.0');
    const { code, out } = await busline(['check', folder, '--base', 'HEAD']);
    expect([code, out]).toEqual([0, expect.stringContaining('(released-version-removed) warning')]);
  });

  it('works in a folder below the root of a git repository', async () => {
    const folder = await repository();
    const root = join(folder, '..');
    git(root, 'init', '-q');
    write(root, { 'other.txt': 'x' });
    git(root, 'add', '.');
    git(root, 'commit', '-q', '-m', 'First');
    write(folder, { [SCHEMA]: 'true' });
    expect((await busline(['check', folder, '--base', 'HEAD'])).out).toContain('(released-version-changed)');
  });

  it.each([
    ['no-such-ref', /^busline: --base no-such-ref: git knows no such commit$/],
    ['--output=x', /^busline: --base --output=x: git knows no such commit$/],
  ])('says what is wrong with the ref %s', async (ref, message) => {
    const { code, note } = await busline(['check', await committed(), `--base=${ref}`]);
    expect([code, note]).toEqual([2, expect.stringMatching(message)]);
  });

  it('says so outside of git', async () => {
    const folder = await repository();
    const { code, note } = await busline(['check', folder, '--base', 'main'], {
      env: { GIT_CEILING_DIRECTORIES: join(folder, '..') },
    });
    expect([code, note]).toEqual([2, `busline: --base: ${folder} is in no git repository`]);
  });
});

describe('wrong arguments', () => {
  it.each([
    [['check'], "error: missing required argument 'dir'"],
    [['check', '/no/such/folder'], 'busline: There is no folder /no/such/folder'],
    [
      ['check', '.', '--format', 'xml'],
      "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are text, json, github, sarif.",
    ],
    [
      ['check', '.', '--base', 'main', '--against', 'main'],
      "error: option '--against <ref>' cannot be used with option '--base <ref>'",
    ],
    [['chekc'], "error: unknown command 'chekc'\n(Did you mean check?)"],
    [
      ['import', 'bus', '--bus', 'x', '--region', 'r', '--out', '/tmp/x', '--endpoint', 'ftp://x'],
      "error: option '--endpoint <url>' argument 'ftp://x' is invalid. It is no http or https URL.",
    ],
  ])('%j', async (args, message) => {
    expect(await busline(args)).toEqual({ code: 2, out: '', note: message });
  });
});

describe('busline init', () => {
  it('overwrites nothing', async () => {
    const folder = temporaryFolder();
    write(folder, { 'accounts.yaml': 'mine: true\n' });
    const { code, note } = await busline(['init', folder]);
    expect([code, note]).toEqual([2, `busline: ${folder} has accounts.yaml already; nothing was written`]);
    expect(read(folder, 'accounts.yaml')).toBe('mine: true\n');
  });

  it('lets a file beside it be', async () => {
    const folder = temporaryFolder();
    write(folder, { LICENSE: 'mine' });
    mkdirSync(join(folder, 'events'));
    expect((await busline(['init', folder])).code).toBe(0);
    expect(read(folder, 'LICENSE')).toBe('mine');
    expect(read(folder, 'busline.yaml')).toMatch(
      /^# yaml-language-server: \$schema=https:\/\/.*\/busline\.schema\.json\nname: busline-cli-/,
    );
  });
});

it('busline docs rules prints the table of rules', async () => {
  const { code, out } = await busline(['docs', 'rules']);
  expect([code, out]).toEqual([0, expect.stringContaining('| `released-version-changed` | error | ')]);
});

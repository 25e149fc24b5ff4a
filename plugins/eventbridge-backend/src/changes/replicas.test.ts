import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import type { Forge } from '@busline/forge';
import type { ChangeRequestAnswer, ChangeRequestDetail } from '@busline/plugin-eventbridge-common';
import { publish, subscribing } from '../testing/changeStories';
import { createChangesHarness, type ChangesHarness } from '../testing/changesHarness';
import { accountOf, createWorld, EVENTS, REGION, type ChangesWorld } from '../testing/changesWorld';
import { closeDatabases, openPostgresReplicas } from '../testing/databases';

jest.setTimeout(240_000);

const PLATFORM = 'user:default/platform';
const SERVICES = [1, 2, 3, 4];

let world: ChangesWorld;
let replicas: readonly ChangesHarness[];
/** What either replica had the forge do. */
const written: string[] = [];
/** Deployments that ended with everything there, by change request. */
const deployments: string[] = [];

const counted = (forge: Forge): Forge =>
  new Proxy(forge, {
    get(target, property) {
      const value = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      const bound = value.bind(target);
      if (property !== 'merge' && property !== 'openPullRequest') return bound;
      return async (request: { repository: string }, ...more: unknown[]) => {
        const result = await bound(request, ...more);
        const isNew = property === 'merge' || result.created;
        if (isNew) written.push(`${property} ${request.repository}`);
        return result;
      };
    },
  });

beforeAll(async () => {
  world = await createWorld({ services: SERVICES.length });
  const clients = await openPostgresReplicas(2);
  // As after a rolling update: one after the other.
  const started: ChangesHarness[] = [];
  for (const knex of clients) {
    started.push(
      await createChangesHarness({
        world,
        knex,
        wrapForge: counted,
        wrapDeployer: deployer => ({
          async deploy(record, options) {
            const result = await deployer.deploy(record, options);
            if (record.mergedAt !== undefined && result.kind === 'deployed') deployments.push(record.id);
            return result;
          },
        }),
      }),
    );
  }
  replicas = started;
});
afterAll(async () => {
  for (const replica of replicas) await replica.close();
  await closeDatabases();
  await world.close();
});

const [one, two] = [() => replicas[0]!, () => replicas[1]!];
const ada = (service: number) => `user:default/team-${service}`;

it('the same form sent to both replicas at once is one change request with one pull request each', async () => {
  const sent = SERVICES.map(async service => {
    const body = { request: subscribing(service), key: `task ${service}` };
    const answers = await Promise.all(
      replicas.map(replica => replica.as(ada(service)).post<ChangeRequestAnswer>('/change-requests', body)),
    );
    const ids = answers.map(answer => (answer.kind === 'change' ? answer.change.id : JSON.stringify(answer.problems)));
    expect(new Set(ids).size).toBe(1);
    await Promise.all(
      replicas.map(replica => replica.as(ada(service)).post(`/change-requests/${ids[0]}/pull-requests`)),
    );
    return ids[0]!;
  });
  const ids = await Promise.all(sent);
  const opened = written.filter(line => line.startsWith('openPullRequest'));
  expect(opened.filter(line => line.endsWith(EVENTS))).toHaveLength(SERVICES.length);
  expect(new Set(opened.filter(line => !line.endsWith(EVENTS))).size).toBe(SERVICES.length);
  expect(opened).toHaveLength(2 * SERVICES.length);
  expect(new Set(ids).size).toBe(SERVICES.length);
});

it('merged on both at once and followed by both, each is merged, deployed and told of once', async () => {
  const { items } = await one().as(PLATFORM).get<{ items: ChangeRequestDetail[] }>('/change-requests');
  const merging = items.map(async ({ id }) => {
    const answers = await Promise.all(
      replicas.map(replica => replica.as(PLATFORM).tryPost(`/change-requests/${id}/merge`)),
    );
    // Whoever comes second is told that it is not open any more.
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
  const isOver = { yes: false };
  // Both schedulers tick all the time, as in two processes.
  const ticking = replicas.map(async replica => {
    while (!isOver.yes) {
      await replica.knex('change_requests').whereNotNull('look_at').update({ look_at: '2000-01-01T00:00:00.000Z' });
      await replica.follow();
    }
  });
  await Promise.all(merging);
  for (const { id } of items) await two().until(id, 'deployed');
  await publish(world);
  for (const { id } of items) await one().until(id, 'live');
  isOver.yes = true;
  await Promise.all(ticking);

  expect(written.filter(line => line.startsWith('merge ')).sort()).toEqual([
    ...SERVICES.map(() => `merge ${EVENTS}`),
    ...SERVICES.map(service => `merge key/service-${service}`),
  ]);
  expect([...deployments].sort()).toEqual(items.map(({ id }) => id).sort());
  for (const { id } of items) {
    const seen = await Promise.all(
      replicas.map(replica => replica.as(PLATFORM).get<ChangeRequestDetail>(`/change-requests/${id}`)),
    );
    const texts = seen[0]!.history.map(({ text }) => text);
    expect(new Set(texts).size).toBe(texts.length);
    expect(seen[1]!.history).toEqual(seen[0]!.history);
  }
  for (const service of SERVICES) {
    const { sqs } = world.clientsFor(accountOf(service), REGION);
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: `service-${service}-granted` }));
    expect(QueueUrls.length).toBeGreaterThan(0);
  }
  const news = replicas.flatMap(({ sent }) =>
    sent.map(({ recipients, payload }) =>
      [recipients.type === 'entity' ? [recipients.entityRef].flat().join() : '', payload.title, payload.scope].join(
        ' ',
      ),
    ),
  );
  expect(news.length).toBeGreaterThan(4 * SERVICES.length);
  expect(new Set(news).size).toBe(news.length);
  const audited = replicas.flatMap(each => each.audited).filter(({ eventId }) => eventId === 'change-request-deploy');
  expect(audited).toHaveLength(SERVICES.length);
});

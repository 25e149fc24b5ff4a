import { hash } from 'node:crypto';
import type {
  AuditorService,
  BackstageCredentials,
  LoggerService,
  PermissionsService,
  SchedulerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import {
  AuthorizeResult,
  isResourcePermission,
  type Permission,
  type PermissionCondition,
  type PermissionCriteria,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { createConditionAuthorizer, createConditionTransformer } from '@backstage/plugin-permission-node';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { Forge, LocalForge } from '@busline/forge';
import type { OnboardingRequest } from '@busline/onboarding';
import {
  CHANGE_REQUEST_RESOURCE_TYPE,
  type ChangeRequestAnswer,
  type ChangeRequestDetail,
  type ChangeRequestState,
} from '@busline/plugin-eventbridge-common';
import { changeRequestPermissionRules, eventTypePermissionRules } from '@busline/plugin-eventbridge-node';
import express from 'express';
import type { Knex } from 'knex';
import request from 'supertest';
import { changeRequestResources } from '../changes/changeVisibility';
import { createChanges, createChangesGround, type Changes, type ChangesGround } from '../changes/createChanges';
import type { ChangesConfig } from '../changes/config';
import type { Deployer } from '../changes/Deployer';
import { StackDeployer } from '../changes/StackDeployer';
import { createRouter } from '../router';
import { AuthorizedEventbridge } from '../service/AuthorizedEventbridge';
import { EventbridgeQueries } from '../service/EventbridgeQueries';
import { MetricsReader } from '../service/MetricsReader';
import { AwsSource } from '../sources/AwsSource';
import { ForgeSource } from '../sources/ForgeSource';
import { SourceReader } from '../sources/SourceReader';
import { EVENTS, REGION, type ChangesWorld } from './changesWorld';

/** What each person may: everything where a permission is not named. `true` and `false` are for all of its resources. */
export type Policy = (permission: string, user: string) => boolean | PermissionCriteria<PermissionCondition>;

export interface ChangesHarness {
  readonly app: express.Express;
  readonly knex: Knex;
  readonly ground: ChangesGround;
  readonly changes: Changes;
  readonly reader: SourceReader;
  readonly sent: NotificationSendOptions[];
  readonly audited: { readonly eventId: string; readonly outcome: 'success' | 'fail'; readonly meta?: unknown }[];
  policy: Policy;
  /** Everything that the follower can do now, as the scheduler would have it done. */
  follow(): Promise<void>;
  /** Follows until a change request gets there. */
  until(
    id: string,
    state: ChangeRequestState,
    isWanted?: (change: ChangeRequestDetail) => boolean,
  ): Promise<ChangeRequestDetail>;
  as(user: string): Person;
  close(): Promise<void>;
}

/** The HTTP API, as a person uses it. Each throws with the answer when it is not 200. */
export interface Person {
  get<T = unknown>(path: string): Promise<T>;
  post<T = unknown>(path: string, body?: object): Promise<T>;
  /** Status and body, whatever they are. */
  tryPost(
    path: string,
    body?: object,
  ): Promise<{ readonly status: number; readonly body: { error?: { message: string } } }>;
  /** Sends a request and has its pull requests opened. */
  ask(wanted: OnboardingRequest, key?: string): Promise<ChangeRequestDetail>;
}

const LONGEST_MS = 45_000;
const LONG_AGO = '2000-01-01T00:00:00.000Z';

const NONE: unknown = {};
const QUIET: LoggerService = { debug() {}, info() {}, warn() {}, error() {}, child: () => QUIET };
/** The test is the scheduler. */
const NO_SCHEDULE = { scheduleTask: async () => {} } as unknown as SchedulerService;

/** Groups of people: `user:default/x-1` belongs to `group:default/x`, and so does `user:default/x-2`. */
function groupsOf(user: string): string[] {
  const group = user.replace('user:', 'group:').replace(/@.*$/, '');
  return [user, group];
}

export async function createChangesHarness(options: {
  readonly world: ChangesWorld;
  readonly knex: Knex;
  readonly policy?: Policy;
  readonly now?: () => Date;
  /** Puts something between the portal and its forge. */
  readonly wrapForge?: (forge: Forge) => Forge;
  readonly wrapDeployer?: (deployer: Deployer) => Deployer;
  readonly logger?: LoggerService;
  readonly notify?: (notification: NotificationSendOptions) => Promise<void>;
  /** A workflow deploys where it is false. */
  readonly deploys?: boolean;
  /** The forge is this GitHub in place of the portal's own, over the repositories of the same world. */
  readonly github?: GithubOfTests;
  /** Brings webhooks. */
  readonly events?: EventsService;
}): Promise<ChangesHarness> {
  const { world, knex, now } = options;
  const logger = options.logger ?? QUIET;
  const config: ChangesConfig = {
    forge: options.github
      ? { type: 'github', host: 'github.com' }
      : { type: 'local', directory: world.forgeDirectory, insteadOf: ['https://github.com/'] },
    deployment: { endpoint: world.endpoint },
    followSeconds: 5,
  };
  const made = createChangesGround({
    config,
    knex,
    eventsRepository: EVENTS,
    urlReader: (options.github ? archivesOf(options.github.disk) : NONE) as UrlReaderService,
    integrations: ScmIntegrations.fromConfig(new ConfigReader(options.github ? integrationsOf(options.github) : {})),
    gitUrl: 'http://portal/api/eventbridge/git',
  });
  const forge = options.wrapForge?.(made.portalForge.forge) ?? made.portalForge.forge;
  const ground: ChangesGround = { ...made, portalForge: { ...made.portalForge, forge } };
  const schedule = { frequency: { minutes: 1 }, timeout: { minutes: 1 } };
  const sources = [
    new ForgeSource({ id: 'key', title: 'Key', target: EVENTS, schedule, forge: EVENTS }, ground.events),
    AwsSource.create(
      {
        id: 'aws',
        title: 'AWS',
        regions: [REGION],
        endpoint: world.endpoint,
        schemas: false,
        timeoutMs: 30_000,
        concurrency: 8,
        schedule,
      },
      {
        getCredentialProvider: async ({ accountId } = {}) => ({
          sdkCredentialProvider: async () => ({ accessKeyId: accountId ?? '', secretAccessKey: 'local' }),
        }),
      },
    ),
  ];
  const reader = new SourceReader({ knex, logger, scheduler: NO_SCHEDULE, sources, now });
  await reader.start();
  for (const source of sources) await reader.read(source, new AbortController().signal);
  const harness = { policy: options.policy ?? (() => true) };
  const permissions = permissionsOf(knex, (permission, user) => harness.policy(permission, user));
  const sent: NotificationSendOptions[] = [];
  const audited: { eventId: string; outcome: 'success' | 'fail'; meta?: unknown }[] = [];
  const auditor = recordingAuditor(audited);
  const deployer = new StackDeployer({ ...ground, clientsFor: world.clientsFor });
  const changes = createChanges({
    config,
    ground,
    sources,
    eventsSourceId: 'key',
    readNow: (id, ...more) => reader.readNow(id, ...more),
    ...(options.deploys !== false && { deployer: options.wrapDeployer?.(deployer) ?? deployer }),
    appUrl: 'http://portal',
    notifications: {
      async send(notification) {
        await options.notify?.(notification);
        sent.push(notification);
      },
    },
    auditor,
    events: options.events ?? (NONE as EventsService),
    permissions,
    userInfo: {
      getUserInfo: async credentials => {
        const { userEntityRef } = credentials.principal as { userEntityRef: string };
        return { userEntityRef, ownershipEntityRefs: groupsOf(userEntityRef) };
      },
    },
    transformConditions: createConditionTransformer(Object.values(changeRequestPermissionRules)),
    logger,
    now,
  });
  if (options.events) await changes.start(NO_SCHEDULE);
  const service = new AuthorizedEventbridge({
    queries: new EventbridgeQueries({
      knex,
      reader,
      metrics: new MetricsReader({ knex, logger, sources, cacheMs: 60_000 }),
      inCatalog: ['public', 'internal'],
    }),
    permissions,
    transformConditions: createConditionTransformer(Object.values(eventTypePermissionRules)),
  });
  const app = express();
  app.use(
    createRouter({
      httpAuth: mockServices.httpAuth(),
      service,
      changes: { auditor, authorized: changes.authorized },
      validateResponses: true,
    }),
  );
  app.use(MiddlewareFactory.create({ logger, config: new ConfigReader({}) }).error({ logAllErrors: false }));
  const follow = () => changes.follow(new AbortController().signal);
  return Object.assign(harness, {
    app,
    knex,
    ground,
    changes,
    reader,
    sent,
    audited,
    follow,
    async until(id: string, state: ChangeRequestState, isWanted = (_: ChangeRequestDetail) => true) {
      const until = Date.now() + LONGEST_MS;
      for (;;) {
        await knex('change_requests').where({ id }).whereNotNull('look_at').update({ look_at: LONG_AGO });
        await follow();
        const change = await personOf(app, 'user:default/platform').get<ChangeRequestDetail>(`/change-requests/${id}`);
        if (change.state === state && isWanted(change)) return change;
        if (Date.now() > until)
          throw new Error(`It stands at ${change.state}: ${change.waitsFor} ${JSON.stringify(change.live)}`);
        await new Promise(resolve => setTimeout(resolve, 100));
      }
    },
    as: (user: string) => personOf(app, user),
    async close() {
      reader.stop();
      await changes.stop();
    },
  });
}

/** GitHub's API over repositories on disk, whose archives are read from there. */
export interface GithubOfTests {
  readonly url: string;
  readonly token: string;
  readonly disk: LocalForge;
}

function integrationsOf({ url, token }: GithubOfTests) {
  return { integrations: { github: [{ host: 'github.com', apiBaseUrl: url, token }] } };
}

/** Backstage's URL reader, as far as archives of a commit go; its own protocol has tests of its own. */
function archivesOf(disk: LocalForge): Pick<UrlReaderService, 'readTree'> {
  return {
    async readTree(url) {
      const [, repository, commit] = /^https:\/\/github\.com\/([^/]+\/[^/]+)\/tree\/([0-9a-f]+)$/.exec(url)!;
      const files = await disk.files(repository!, commit!);
      return {
        etag: commit!,
        files: async () =>
          files.paths().map(file => ({ path: file, content: async () => Buffer.from(files.read(file) ?? '') })),
        archive: () => Promise.reject(new Error('Nobody asks for it')),
        dir: () => Promise.reject(new Error('Nobody asks for it')),
      };
    },
  };
}

function personOf(app: express.Express, user: string): Person {
  const authorization = mockCredentials.user.header(user);
  const tryPost: Person['tryPost'] = async (path, body) => {
    const response = await request(app).post(path).set('authorization', authorization).send(body);
    return { status: response.status, body: response.body };
  };
  const post: Person['post'] = async <T>(path: string, body?: object) => {
    const response = await tryPost(path, body);
    if (response.status !== 200) throw new Error(`POST ${path}: ${response.status} ${JSON.stringify(response.body)}`);
    return response.body as T;
  };
  return {
    post,
    tryPost,
    async get<T>(path: string) {
      const response = await request(app).get(path).set('authorization', authorization);
      if (response.status !== 200) throw new Error(`GET ${path}: ${response.status} ${JSON.stringify(response.body)}`);
      return response.body as T;
    },
    async ask(wanted, key = hash('sha256', `${user} ${JSON.stringify(wanted)}`)) {
      const answer = await post<ChangeRequestAnswer>('/change-requests', { request: wanted, key });
      if (answer.kind === 'problems') throw new Error(JSON.stringify(answer.problems));
      const opened = await post<{ change: ChangeRequestDetail }>(`/change-requests/${answer.change.id}/pull-requests`);
      return opened.change;
    },
  };
}

function recordingAuditor(audited: { eventId: string; outcome: 'success' | 'fail'; meta?: unknown }[]): AuditorService {
  return {
    async createEvent({ eventId, meta }) {
      return {
        success: async more => void audited.push({ eventId, outcome: 'success', meta: { ...meta, ...more?.meta } }),
        fail: async more => void audited.push({ eventId, outcome: 'fail', meta: { ...meta, ...more?.meta } }),
      };
    },
  };
}

/** Decides as Backstage's permission backend does: conditions go to lists, and are applied to single resources. */
function permissionsOf(knex: Knex, policy: Policy): PermissionsService {
  const isFulfilled = createConditionAuthorizer(Object.values(changeRequestPermissionRules));
  const userOf = (credentials: BackstageCredentials) =>
    String((credentials.principal as { userEntityRef?: string }).userEntityRef);
  const decide = async (permission: Permission, resourceRef: string | undefined, user: string) => {
    const decision = policy(permission.name, user);
    if (typeof decision === 'boolean') return decision;
    if (!isResourcePermission(permission, CHANGE_REQUEST_RESOURCE_TYPE)) return true;
    const [resource] = await changeRequestResources(knex, [resourceRef!]);
    return isFulfilled(conditional(permission.resourceType, decision), resource);
  };
  return {
    async authorize(requests, { credentials }) {
      return Promise.all(
        requests.map(async each => ({
          result: (await decide(
            each.permission,
            'resourceRef' in each ? each.resourceRef : undefined,
            userOf(credentials),
          ))
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY,
        })),
      );
    },
    async authorizeConditional(requests, { credentials }) {
      return requests.map(({ permission }) => {
        const decision = policy(permission.name, userOf(credentials));
        if (typeof decision === 'boolean') return { result: decision ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
        return conditional((permission as ResourcePermission).resourceType, decision);
      });
    },
  };
}

function conditional(resourceType: string, conditions: PermissionCriteria<PermissionCondition>) {
  return { result: AuthorizeResult.CONDITIONAL, pluginId: 'eventbridge', resourceType, conditions } as const;
}

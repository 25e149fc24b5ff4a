import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { BackstageCredentials, PermissionsService } from '@backstage/backend-plugin-api';
import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { ConfigReader } from '@backstage/config';
import {
  AuthorizeResult,
  isResourcePermission,
  type BasicPermission,
  type PermissionCondition,
  type PermissionCriteria,
} from '@backstage/plugin-permission-common';
import { createConditionTransformer } from '@backstage/plugin-permission-node';
import { readEventRepository } from '@busline/event-repository';
import { eventTypePermissionRules, type EventSource, type SourceSnapshot } from '@busline/plugin-eventbridge-node';
import express from 'express';
import type { Knex } from 'knex';
import { createRouter } from '../router';
import { AuthorizedEventbridge } from '../service/AuthorizedEventbridge';
import { EventbridgeQueries } from '../service/EventbridgeQueries';
import { MetricsReader } from '../service/MetricsReader';
import { SourceReader } from '../sources/SourceReader';

/** What somebody may: everything, or event types under conditions and the named other permissions. */
export type Grants =
  | 'everything'
  | {
      readonly eventTypes: PermissionCriteria<PermissionCondition> | 'none';
      readonly others: readonly string[];
    };

export interface Harness {
  readonly app: express.Express;
  readonly reader: SourceReader;
  readonly knex: Knex;
  /** Reads the source now, as the scheduler would. */
  read(source: EventSource): Promise<void>;
}

/** The plugin without its plugin: sources that a test gives, one database, the HTTP API with answers validated. */
export async function createHarness(options: {
  readonly knex: Knex;
  readonly sources: readonly EventSource[];
  readonly grants?: Grants;
  readonly now?: () => Date;
  readonly inCatalog?: readonly string[];
}): Promise<Harness> {
  const { knex, sources, now } = options;
  const logger = mockServices.logger.mock();
  const reader = new SourceReader({ knex, logger, scheduler: mockServices.scheduler.mock(), sources, now });
  await reader.start();
  const queries = new EventbridgeQueries({
    knex,
    reader,
    metrics: new MetricsReader({ knex, logger, sources, cacheMs: 60_000, now }),
    now,
    inCatalog: options.inCatalog ?? ['public', 'internal', 'confidential'],
  });
  const service = new AuthorizedEventbridge({
    queries,
    permissions: permissionsOf(options.grants ?? 'everything'),
    transformConditions: createConditionTransformer(Object.values(eventTypePermissionRules)),
  });
  const app = express();
  app.use(createRouter({ httpAuth: mockServices.httpAuth(), service, validateResponses: true }));
  app.use(MiddlewareFactory.create({ logger, config: new ConfigReader({}) }).error({ logAllErrors: false }));
  return { app, reader, knex, read: source => reader.read(source, new AbortController().signal) };
}

function permissionsOf(grants: Grants): PermissionsService {
  const isAllowed = (permission: BasicPermission) => grants === 'everything' || grants.others.includes(permission.name);
  return {
    async authorize(requests) {
      return requests.map(({ permission }) => ({
        result: isAllowed(permission as BasicPermission) ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
      }));
    },
    async authorizeConditional(requests) {
      return requests.map(({ permission }) => {
        if (grants === 'everything') return { result: AuthorizeResult.ALLOW };
        if (!isResourcePermission(permission) || grants.eventTypes === 'none') return { result: AuthorizeResult.DENY };
        return {
          result: AuthorizeResult.CONDITIONAL,
          pluginId: 'eventbridge',
          resourceType: permission.resourceType,
          conditions: grants.eventTypes,
        };
      });
    },
  };
}

/** An event repository whose files a test can change. */
export class TestRepository implements EventSource {
  readonly kind = 'event-repository';
  readonly title: string;
  readonly target = '/event-repository';
  readonly schedule = { frequency: { minutes: 1 }, timeout: { minutes: 1 } };
  readonly files: Map<string, string>;
  failure: Error | undefined;
  #reads = 0;

  constructor(readonly id: string, files: Readonly<Record<string, string>>, title: string = id) {
    this.title = title;
    this.files = new Map(Object.entries(files));
  }

  async read(): Promise<SourceSnapshot> {
    if (this.failure) throw this.failure;
    const { repository, problems } = readEventRepository({
      paths: () => [...this.files.keys()],
      read: file => this.files.get(file),
    });
    this.#reads += 1;
    return { kind: 'event-repository', repository, problems, fingerprint: String(this.#reads) };
  }
}

export const someUser: BackstageCredentials = mockCredentials.user();

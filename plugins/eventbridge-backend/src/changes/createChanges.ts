import path from 'node:path';
import type {
  AuditorService,
  LoggerService,
  PermissionsService,
  SchedulerService,
  UrlReaderService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { ScmIntegrations } from '@backstage/integration';
import type { EventsService } from '@backstage/plugin-events-node';
import type { ConditionTransformer } from '@backstage/plugin-permission-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { createGitHttpHandler, type GitHttpHandler } from '@busline/forge';
import { defaultQuotas, type Quotas } from '@busline/infrastructure';
import { countQuotas } from '@busline/onboarding';
import type { ChangeRequestFilter, EventSource } from '@busline/plugin-eventbridge-node';
import type { Knex } from 'knex';
import { Claims } from '../database/Claims';
import { EventRepositoryAtMain } from '../sources/EventRepositoryAtMain';
import { createAnnouncer } from './Announcer';
import { approvalRule } from './approvalRule';
import { AuthorizedChanges } from './AuthorizedChanges';
import { ChangeFollower } from './ChangeFollower';
import { ChangeRequests } from './ChangeRequests';
import { ChangeReviews } from './ChangeReviews';
import { ChangeStore } from './ChangeStore';
import type { ChangesConfig } from './config';
import type { Deployer } from './Deployer';
import { createPortalForge, type PortalForge } from './forges';
import { LiveObserver, type LiveObserverOptions } from './LiveObserver';
import { Planner } from './Planner';
import { PullRequestOpener } from './PullRequestOpener';
import { createPullRequestTable } from './PullRequestTable';
import { createRepositoryCheck } from './repositoryCheck';
import { followWebhooks } from './webhooks';
import { WorkTurns } from './WorkTurns';

const FOLLOW_TASK = 'eventbridge-follow-changes';
const FOLLOW_TIMEOUT = { minutes: 15 };

/** What the portal needs before its sources are made: the forge, and the event repository on it. */
export interface ChangesGround {
  readonly knex: Knex;
  readonly store: ChangeStore;
  readonly portalForge: PortalForge;
  readonly events: EventRepositoryAtMain;
  /** AWS's defaults if left out. */
  readonly quotas?: Quotas;
}

/** `eventsRepository` is `owner/name`. */
export function createChangesGround(options: {
  readonly config: ChangesConfig;
  readonly knex: Knex;
  readonly eventsRepository: string;
  readonly quotas?: Quotas;
  readonly urlReader: UrlReaderService;
  readonly integrations: ScmIntegrations;
  /** Where the portal's own forge is cloned from. */
  readonly gitUrl: string;
}): ChangesGround {
  const { config, knex, eventsRepository, quotas, urlReader, integrations, gitUrl } = options;
  const store = new ChangeStore(knex);
  // The check reads main through the forge, and the forge asks the check.
  const ground: { events?: EventRepositoryAtMain } = {};
  const portalForge = createPortalForge(config.forge, {
    store: createPullRequestTable(knex),
    protection: approvalRule(knex, store),
    checks: context => (ground.events ? check(context) : Promise.resolve([])),
    urlReader,
    integrations,
    gitUrl,
  });
  const events = new EventRepositoryAtMain({
    forge: portalForge.forge,
    repository: eventsRepository,
    filesAt: (commit, signal) => portalForge.filesAt(eventsRepository, commit, signal),
    url: portalForge.urlOf(eventsRepository),
    prepare: repository => countQuotas(repository, quotas ?? defaultQuotas),
  });
  const check = createRepositoryCheck(events);
  ground.events = events;
  return { knex, store, portalForge, events, ...(quotas && { quotas }) };
}

export interface Changes {
  readonly authorized: AuthorizedChanges;
  /** Clones of the portal's own forge. */
  readonly git?: GitHttpHandler;
  /** Follows change requests on schedule, in one replica at a time. */
  start(scheduler: SchedulerService): Promise<void>;
  /** Takes the steps that are due. */
  follow(signal: AbortSignal): Promise<void>;
  /** Gives up what is under way; another process, or this one after a start, goes on from there. */
  stop(): Promise<void>;
}

export function createChanges(options: {
  readonly config: ChangesConfig;
  readonly ground: ChangesGround;
  readonly sources: readonly EventSource[];
  /** The source of the event repository on the forge. */
  readonly eventsSourceId: string;
  readonly readNow: LiveObserverOptions['refresh'];
  readonly deployer?: Deployer;
  /** Where the app is: pull requests of the portal's own forge are looked at there. */
  readonly appUrl: string;
  readonly notifications?: NotificationService;
  readonly auditor: AuditorService;
  /** Brings GitHub's webhooks. */
  readonly events: EventsService;
  readonly permissions: PermissionsService;
  readonly userInfo: UserInfoService;
  readonly transformConditions: ConditionTransformer<ChangeRequestFilter>;
  readonly logger: LoggerService;
  readonly now?: () => Date;
}): Changes {
  const { config, ground, sources, logger, appUrl } = options;
  const { knex, portalForge, events, quotas } = ground;
  const { forge, local, repositoryOf } = portalForge;
  const clock = options.now ?? (() => new Date());
  const now = () => clock().toISOString();
  const store = new ChangeStore(knex, clock);
  const pageOf = (id: string) => `/events/changes/${id}`;
  const changePage = (id: string) => `${appUrl}${pageOf(id)}`;
  const turns = new WorkTurns(new Claims(knex));
  const opener = new PullRequestOpener({
    store,
    forge,
    changePage,
    now,
    ...(local && { ensureRepository: repository => ensureRepository(local, repository) }),
  });
  const follower = new ChangeFollower({
    turns,
    store,
    forge,
    opener,
    deployer: options.deployer,
    observer: new LiveObserver({
      knex,
      logger,
      sources,
      eventsSourceId: options.eventsSourceId,
      refresh: options.readNow,
      now: clock,
    }),
    announcer: createAnnouncer({ notifications: options.notifications, logger, pageOf }),
    auditor: options.auditor,
    logger,
    changePage,
    now,
  });
  const planner = new Planner({ store, forge, events, repositoryOf, now, ...(quotas && { quotas }) });
  const requests = new ChangeRequests({ store, turns, planner, opener, events, repositoryOf, follower, now });
  const reviews = new ChangeReviews({ knex, store, forge, follower, now });
  const authorized = new AuthorizedChanges({
    knex,
    store,
    requests,
    reviews,
    cloneUrlOf: portalForge.cloneUrlOf,
    permissions: options.permissions,
    userInfo: options.userInfo,
    transformConditions: options.transformConditions,
  });
  return {
    authorized,
    ...(config.forge.type === 'local' && {
      git: createGitHttpHandler({
        root: path.resolve(config.forge.directory),
        onError: message => logger.warn(`git: ${message}`),
      }),
    }),
    follow: signal => follower.followAll(signal),
    stop: () => follower.stop(),
    async start(scheduler) {
      if (!local) await followWebhooks({ events: options.events, store, follower, logger });
      await scheduler.scheduleTask({
        id: FOLLOW_TASK,
        frequency: { seconds: config.followSeconds },
        timeout: FOLLOW_TIMEOUT,
        initialDelay: { seconds: config.followSeconds },
        fn: signal => follower.followAll(signal),
      });
    },
  };
}

/** A new service has no repository yet; on a forge of others its team makes it. */
async function ensureRepository(local: NonNullable<PortalForge['local']>, repository: string): Promise<void> {
  await local.createRepository({
    repository,
    files: [{ path: 'README.md', content: `# ${repository.split('/')[1]}\n` }],
    message: 'First commit',
    author: { name: 'busline', email: 'busline@users.busline.invalid' },
  });
}

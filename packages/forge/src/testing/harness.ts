import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Forge, ReviewRequest } from '../forge';
import { createLocalForge, type LocalForge } from '../local/localForge';
import type { ProtectionRule } from '../local/protection';
import { createMemoryPullRequestStore } from '../local/pullRequestStore';
import type { Check } from '../pullRequest';

export const ADA = { name: 'Ada Lovelace', email: 'ada@example.com' };
export const REPOSITORY = 'key/events';
export const BRANCH = 'busline/subscribe-1';

/** What a test needs of a forge beyond its interface. Both kinds stand on bare repositories on disk. */
export interface Harness {
  readonly forge: Forge;
  /** The same repositories as a local forge: to make them, and to do what other people do. */
  readonly disk: LocalForge;
  /** Somebody reviews, on the forge's own pages if need be. */
  review(request: ReviewRequest): Promise<void>;
  /** From now on a merge to main needs the approval of all of these. */
  awaitApprovalOf(users: readonly string[]): void;
  /** From now on this is what checks say. */
  report(checks: readonly Check[]): void;
  stop(): Promise<void>;
}

export async function temporaryFolder(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'busline-forge-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

export async function startLocal(): Promise<Harness> {
  const { folder, remove } = await temporaryFolder();
  let awaited: readonly string[] = [];
  let checks: readonly Check[] = [];
  const forge = createLocalForge({
    root: folder,
    store: createMemoryPullRequestStore(),
    protection: context => approvalOf(awaited)(context),
    checks: async () => checks,
    pullRequestUrl: (repository, number) => `https://portal.example/${repository}/pull/${number}`,
  });
  return {
    forge,
    disk: forge,
    review: async request => {
      await forge.review(request);
    },
    awaitApprovalOf: users => {
      awaited = users;
    },
    report: reported => {
      checks = reported;
    },
    stop: remove,
  };
}

export function approvalOf(users: readonly string[]): ProtectionRule {
  return ({ verdicts }) => {
    const approved = new Set(verdicts.filter(({ verdict }) => verdict === 'approved').map(({ by }) => by));
    const awaited = users.filter(user => !approved.has(user));
    return awaited.length === 0
      ? { kind: 'allowed' }
      : { kind: 'refused', reason: `${awaited.length} approving review is required`, awaited };
  };
}

/** Made once and copied for each test. */
let template: Promise<string> | undefined;

/** Makes the repository of the tests: what is declared, and a service. */
export async function seed({ disk }: Pick<Harness, 'disk'>): Promise<void> {
  template ??= makeTemplate();
  await cp(await template, disk.directoryOf(REPOSITORY), { recursive: true });
}

async function makeTemplate(): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  afterAllTests.push(remove);
  const disk = createLocalForge({ root: folder, store: createMemoryPullRequestStore() });
  await disk.createRepository({
    repository: REPOSITORY,
    files: [
      { path: 'README.md', content: '# Events\n' },
      { path: 'services/access.yaml', content: 'name: access\n' },
    ],
    message: 'First',
    author: ADA,
  });
  return disk.directoryOf(REPOSITORY);
}

const afterAllTests: (() => Promise<void>)[] = [];

/** To be called behind all tests of a file that seeds. */
export async function removeTemplate(): Promise<void> {
  await Promise.all(afterAllTests.splice(0).map(remove => remove()));
}

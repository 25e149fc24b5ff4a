import { createGithubForge, type GithubForgeOptions } from '../github/githubForge';
import type { Clock } from '../github/retry';
import { type Harness, temporaryFolder } from './harness';
import { type GithubServer, startGithubServer, TOKEN } from './githubServer/githubServer';

export interface GithubHarness extends Harness {
  readonly github: GithubServer;
  /** Milliseconds that were waited; no time passes. */
  readonly waits: readonly number[];
  /** Another forge for the same server, as another process has it. */
  connect(options?: Partial<GithubForgeOptions>): Harness['forge'];
}

/** A time at which no limit of the tests is over yet. */
export const NOW = Date.parse('2026-11-20T12:00:00Z');

/** The adapter for GitHub against a server that holds everything against GitHub's description. */
export async function startGithub(): Promise<GithubHarness> {
  const { folder, remove } = await temporaryFolder();
  const github = await startGithubServer(folder);
  const waits: number[] = [];
  const clock: Clock = {
    now: () => NOW,
    random: () => 0,
    wait: async milliseconds => {
      waits.push(milliseconds);
    },
  };
  const connect = (options: Partial<GithubForgeOptions> = {}) =>
    createGithubForge(
      {
        host: 'github.example',
        apiBaseUrl: github.url,
        credentialsProvider: {
          getCredentials: async () => ({ type: 'token', token: TOKEN, headers: { Authorization: `token ${TOKEN}` } }),
        },
        ...options,
      },
      clock,
    );
  return {
    forge: connect(),
    github,
    waits,
    connect,
    disk: github.state.disk,
    review: async request => {
      await github.state.disk.review(request);
    },
    awaitApprovalOf: users => {
      github.state.awaited = users;
    },
    report: checks => {
      github.state.checks = checks;
    },
    stop: async () => {
      await github.stop();
      await remove();
      if (github.violations.length > 0) throw new Error(`Not as GitHub describes it:\n${github.violations.join('\n')}`);
    },
  };
}

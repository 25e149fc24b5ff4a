import type { GithubCredentialsProvider } from '@backstage/integration';
import { Octokit } from '@octokit/rest';
import { ForgeError, type ForgeFailure } from '../errors';
import { checkRepository } from '../names';
import { type Clock, createRetries, isRateLimit, type Refusal, type RetryOptions } from './retry';

/** One repository on GitHub for the time of one call: signed in, with limits, cancellable. */
export interface Connection {
  readonly octokit: Octokit;
  readonly repository: string;
  /** The parameters that every request has. */
  readonly at: { readonly owner: string; readonly repo: string };
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}

export interface ConnectionOptions {
  /** Gives a token for an address; `DefaultGithubCredentialsProvider` does so for GitHub Apps and for tokens. */
  readonly credentialsProvider: GithubCredentialsProvider;
  /** `https://api.github.com`, or `https://<host>/api/v3` of a GitHub Enterprise Server. */
  readonly apiBaseUrl: string;
  /** `https://github.com`: where repositories are, for the credentials provider. */
  readonly webUrl: string;
  readonly retry: RetryOptions;
  readonly clock: Clock;
}

const API_VERSION = '2022-11-28';
const silent = () => undefined;
/** Octokit would write requests to the console. */
const SILENT_LOG = { debug: silent, info: silent, warn: silent, error: silent };

export function connect(options: ConnectionOptions, repository: string, signal?: AbortSignal): Connection {
  checkRepository(repository);
  const [owner, repo] = repository.split('/');
  const octokit = new Octokit({ baseUrl: options.apiBaseUrl, userAgent: 'busline', log: SILENT_LOG });
  const sendAgain = createRetries(options.retry, options.clock, signal);

  octokit.hook.wrap('request', (request, parameters) => {
    const { method } = parameters;
    stayOn(options.apiBaseUrl, parameters.url);
    return sendAgain({
      send: async attemptSignal => {
        const headers = await signIn(options, repository);
        // Hooks of Octokit share one object: those within this one would not see a copy.
        Object.assign(parameters.headers, headers, { 'x-github-api-version': API_VERSION });
        Object.assign(parameters.request, { signal: attemptSignal });
        return request(parameters);
      },
      refusalOf,
      toError: (refusal, error, retryAfter) => toForgeError({ repository, method }, refusal, error, retryAfter),
    });
  });
  return { octokit, repository, at: { owner, repo }, clock: options.clock, signal };
}

/** The next page is named by the answer: a token must not follow it to another host. */
function stayOn(base: string, url: string): void {
  const isElsewhere = /^[a-z]+:/i.test(url) && !url.startsWith(`${base.replace(/\/+$/, '')}/`);
  if (isElsewhere) throw new ForgeError('failed', 'GitHub named a page on another host');
}

async function signIn({ credentialsProvider, webUrl }: ConnectionOptions, repository: string) {
  try {
    const { headers } = await credentialsProvider.getCredentials({ url: `${webUrl}/${repository}` });
    return headers ?? {};
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown reason';
    throw new ForgeError('forbidden', `There are no credentials for ${repository}: ${reason}`, { repository });
  }
}

function refusalOf(error: unknown): Refusal | undefined {
  const { status, response } = error as {
    status?: number;
    response?: { headers?: Refusal['headers']; data?: unknown };
  };
  // Without an answer Octokit makes up a status of 500.
  if (status === undefined || !response) return undefined;
  return { status, headers: response.headers ?? {}, message: messageOf(response.data) };
}

/** GitHub's `message`, and of `errors` what people can read. */
function messageOf(data: unknown): string {
  const { message, errors } = (data ?? {}) as { message?: unknown; errors?: unknown };
  const details = (Array.isArray(errors) ? errors : []).map(each => {
    if (typeof each === 'string') return each;
    const { message: own, field, code } = (each ?? {}) as Record<string, unknown>;
    return typeof own === 'string' ? own : [field, code].filter(Boolean).join(' ');
  });
  const texts = [typeof message === 'string' ? message : '', ...details];
  return texts.filter(Boolean).join(': ') || 'no reason given';
}

const KINDS: Readonly<Record<number, ForgeFailure>> = {
  400: 'rejected',
  401: 'forbidden',
  403: 'forbidden',
  404: 'not-found',
  405: 'rejected',
  409: 'conflict',
  410: 'not-found',
  413: 'rejected',
  422: 'rejected',
  451: 'forbidden',
};

function toForgeError(
  { repository, method }: { readonly repository: string; readonly method: string },
  refusal: Refusal | undefined,
  error: unknown,
  retryAfter?: number,
): ForgeError {
  if (!refusal) {
    const reason = error instanceof Error ? error.message : 'unknown reason';
    return new ForgeError('unreachable', `GitHub cannot be reached for ${repository}: ${reason}`, { repository });
  }
  const { status, message } = refusal;
  if (isRateLimit(refusal)) {
    const when = retryAfter === undefined ? '' : `; try again in ${retryAfter} seconds`;
    const details = { repository, status, ...(retryAfter !== undefined && { retryAfter }) };
    return new ForgeError('rate-limited', `GitHub's rate limit is used up for ${repository}${when}`, details);
  }
  return new ForgeError(kindOf(refusal), `GitHub answered ${method} for ${repository}: ${message} (${status})`, {
    repository,
    status,
  });
}

function kindOf({ status, message }: Refusal): ForgeFailure {
  if (status === 422 && /protected (?:branch|ref)|rule violations/i.test(message)) return 'protected';
  return KINDS[status] ?? 'failed';
}

/** The answer, or `undefined` where the status says that there is no such thing. */
export async function unlessMissing<T>(work: Promise<T>, missing: readonly number[] = [404]): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ForgeError && error.status !== undefined && missing.includes(error.status)) return undefined;
    throw error;
  }
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ForgeError } from '../../errors';
import { type Answer, notFound, refuse, type Route } from './answers';
import { complete } from './complete';
import { loadDescription } from './description';
import { gitRoutes } from './gitRoutes';
import { pullRoutes } from './pullRoutes';
import { GithubState } from './state';
import { loadValidation } from './validation';

export const TOKEN = 'ghs_0123456789abcdefThisIsASecret';

/** GitHub takes both words. */
const SIGNED_IN: ReadonlySet<string> = new Set([`token ${TOKEN}`, `Bearer ${TOKEN}`]);

/** What a request meets instead of, or after, its answer. */
export type Fault =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly message: string;
      readonly headers?: Record<string, string>;
    }
  /** The true answer with another header or two. */
  | { readonly kind: 'headers'; readonly headers: Record<string, string> }
  /** No answer ever. */
  | { readonly kind: 'hang' }
  /** The connection breaks before anything is done, or when all is done and only the answer is missing. */
  | { readonly kind: 'cut-before' }
  | { readonly kind: 'cut-after' };

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** `git/create-ref`, … */
  readonly operation: string;
}

export interface GithubServer {
  /** The base address of the API. */
  readonly url: string;
  readonly state: GithubState;
  /** Where requests or answers departed from GitHub's description. Tests expect none. */
  readonly violations: readonly string[];
  readonly requests: readonly SeenRequest[];
  /** Decides what befalls a request; `undefined` lets it through. */
  fault: (request: SeenRequest, index: number) => Fault | undefined;
  stop(): Promise<void>;
}

/**
 * GitHub's REST API over real bare repositories below `root`. Every request and every answer is held against GitHub's
 * published description; what departs from it is answered with 500 and kept in `violations`.
 */
export async function startGithubServer(root: string): Promise<GithubServer> {
  const state = new GithubState(root);
  const routes: Readonly<Record<string, Route>> = { ...gitRoutes(state), ...pullRoutes(state) };
  const violations: string[] = [];
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    handle(request, response).catch(error => send(response, refuse(500, String(error))));
  });

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const address = new URL(request.url ?? '/', github.url);
    const path = (request.url ?? '').replace(/\?.*$/, '').replace(/^\/api\/v3/, '');
    const method = request.method ?? 'GET';
    const body = await readJson(request);
    const found = loadDescription().find(method, path);
    if (!found) {
      violations.push(`${method} ${path} is not described`);
      return send(response, notFound);
    }
    const { operation, values } = found;
    const seen: SeenRequest = { method, path, operation: operation.id };
    requests.push(seen);
    const fault = github.fault(seen, requests.length - 1);
    if (fault?.kind === 'hang') return undefined;
    if (fault?.kind === 'cut-before') return void response.destroy();
    const say = (answer: Answer, headers: Record<string, string> = {}) => {
      const schema = operation.answers.get(answer.status);
      const full = schema && answer.body !== undefined ? { ...answer, body: complete(schema, answer.body) } : answer;
      const problems = loadValidation().answer(operation, full.status, full.body);
      if (problems.length > 0) violations.push(...problems.map(each => `${operation.id}: ${each}`));
      if (fault?.kind === 'cut-after') response.destroy();
      else send(response, full, { ...links(address, full), ...headers });
    };
    if (fault?.kind === 'answer') return say(refuse(fault.status, fault.message), fault.headers);
    if (!SIGNED_IN.has(request.headers.authorization ?? '')) return say(refuse(401, 'Bad credentials'));
    const problems = loadValidation().request(operation, values, address.searchParams, body);
    if (problems.length > 0) {
      violations.push(...problems.map(each => `${operation.id}: ${each}`));
      return say(refuse(500, problems.join('; ')));
    }
    const repository = `${values.owner}/${values.repo}`;
    const route = routes[operation.id];
    if (!route) {
      violations.push(`${operation.id} is not built`);
      return say(notFound);
    }
    const answer = await answered(() => route({ values, query: address.searchParams, body, repository }));
    return say(answer, fault?.kind === 'headers' ? fault.headers : {});
  };

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const github: GithubServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3`,
    state,
    violations,
    requests,
    fault: () => undefined,
    stop: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
  return github;
}

async function answered(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ForgeError && error.kind === 'not-found') return notFound;
    throw error;
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}

/** https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
function links(address: URL, { pages }: Answer): Record<string, string> {
  if (!pages || pages.page >= pages.last) return {};
  const to = (page: number, rel: string) => {
    const target = new URL(address);
    target.searchParams.set('page', String(page));
    return `<${target}>; rel="${rel}"`;
  };
  return { link: [to(pages.page + 1, 'next'), to(pages.last, 'last')].join(', ') };
}

function send(response: ServerResponse, { status, body }: Answer, headers: Record<string, string> = {}): void {
  const limits = { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '4999', 'x-github-request-id': 'TEST' };
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...limits, ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

import { spawn } from 'node:child_process';
import { realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { gitEnvironment } from '../git/runGit';
import { repositoryProblem } from '../names';
import { readCgiHead } from './cgi';

export interface GitHttpOptions {
  /** Folder of the bare repositories: `<root>/<owner>/<name>.git`. Nothing outside of it is ever served. */
  readonly root: string;
  /** Whether a push is taken. By default never; ask here who is allowed to, from the request. */
  readonly mayPush?: (request: IncomingMessage, repository: string) => boolean | Promise<boolean>;
  /** How many clones run at once; further ones are asked to come again. By default 16. */
  readonly maxProcesses?: number;
  /** Told of what git complains about. By default nobody. */
  readonly onError?: (message: string) => void;
}

/** What Node and Express hand over. `next` is called for nothing: every request is answered. */
export type GitHttpHandler = (request: IncomingMessage, response: ServerResponse) => void;

const SERVICES = ['git-upload-pack', 'git-receive-pack'] as const;
type Service = (typeof SERVICES)[number];

interface GitRequest {
  readonly repository: string;
  readonly service: Service;
  readonly method: 'GET' | 'POST';
}

const MAX_PROCESSES = 16;
/** A fetch sends what it has, in a few kB; a push to this forge sends text files. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;
/** A clone over a slow line; git itself stops when nobody reads. */
const MAX_SECONDS = 600;

/**
 * Clones over HTTP with plain git: smart protocol only, by `git http-backend`
 * (https://git-scm.com/docs/git-http-backend). Mounted below any path: it looks at `request.url`, as Express cuts it.
 *
 *     GET  /<owner>/<name>.git/info/refs?service=git-upload-pack
 *     POST /<owner>/<name>.git/git-upload-pack
 *
 * Everything else is 404. Who may read is for the caller to check first.
 */
export function createGitHttpHandler(options: GitHttpOptions): GitHttpHandler {
  const root = path.resolve(options.root);
  let processes = 0;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const wanted = parse(request);
    if (!wanted || !(await isServed(root, wanted.repository)))
      return refuse(response, 404, 'There is no such repository');
    if (wanted.service === 'git-receive-pack' && !(await options.mayPush?.(request, wanted.repository))) {
      return refuse(response, 403, 'This repository is read-only');
    }
    if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return refuse(response, 413, 'Too much');
    if (processes >= (options.maxProcesses ?? MAX_PROCESSES)) {
      response.setHeader('Retry-After', '5');
      return refuse(response, 503, 'Too many clones at once');
    }
    processes += 1;
    try {
      return await runBackend(request, response, environmentOf(root, request, wanted), options.onError);
    } finally {
      processes -= 1;
    }
  };

  return (request, response) => {
    serve(request, response).catch(error => {
      options.onError?.(String(error));
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'git failed');
    });
  };
}

/** What is asked for, or nothing where it is none of the four requests that git makes. */
function parse({ url = '', method }: IncomingMessage): GitRequest | undefined {
  const match = /^\/([^/?#]+\/[^/?#]+)\.git\/(info\/refs|git-upload-pack|git-receive-pack)(?:\?([^#]*))?$/.exec(url);
  if (!match) return undefined;
  const [, repository, what, query] = match;
  // Names have no character that an address would have to escape.
  if (repositoryProblem(repository) !== undefined) return undefined;
  const isListing = what === 'info/refs';
  const service = SERVICES.find(each => each === (isListing ? new URLSearchParams(query).get('service') : what));
  if (!service || method !== (isListing ? 'GET' : 'POST')) return undefined;
  return { repository, service, method };
}

/** Links do not lead out. */
async function isServed(root: string, repository: string): Promise<boolean> {
  try {
    const directory = await realpath(path.join(root, `${repository}.git`));
    const head = await stat(path.join(directory, 'HEAD'));
    return head.isFile() && directory.startsWith(`${await realpath(root)}${path.sep}`);
  } catch {
    return false;
  }
}

function environmentOf(root: string, request: IncomingMessage, { repository, service, method }: GitRequest) {
  const { headers } = request;
  const protocol = headers['git-protocol'];
  const isPush = service === 'git-receive-pack';
  return {
    ...gitEnvironment(),
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    REQUEST_METHOD: method,
    PATH_INFO: `/${repository}.git/${method === 'GET' ? 'info/refs' : service}`,
    QUERY_STRING: method === 'GET' ? `service=${service}` : '',
    REMOTE_ADDR: request.socket.remoteAddress ?? '',
    SERVER_PROTOCOL: `HTTP/${request.httpVersion}`,
    ...(method === 'POST' && { CONTENT_TYPE: `application/x-${service}-request` }),
    ...(/^\d{1,10}$/.test(headers['content-length'] ?? '') && { CONTENT_LENGTH: headers['content-length'] }),
    ...(/^(?:x-)?gzip$/.test(headers['content-encoding'] ?? '') && { HTTP_CONTENT_ENCODING: 'gzip' }),
    ...(typeof protocol === 'string' && /^[a-z0-9=:.-]{1,64}$/.test(protocol) && { GIT_PROTOCOL: protocol }),
    // git http-backend takes a push from somebody with a name only.
    ...(isPush && { REMOTE_USER: 'busline' }),
  };
}

async function runBackend(
  request: IncomingMessage,
  response: ServerResponse,
  env: Record<string, string | undefined>,
  onError: GitHttpOptions['onError'],
): Promise<void> {
  const child = spawn('git', ['http-backend'], { env, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
  const timer = setTimeout(() => child.kill('SIGKILL'), MAX_SECONDS * 1_000);
  const stop = () => child.kill('SIGKILL');
  response.once('close', stop);
  const ended = new Promise<NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (_, signal) => resolve(signal));
  });
  // Whoever waits for it hears of it; nobody has to.
  ended.catch(() => undefined);
  child.stderr.on('data', (text: Buffer) => onError?.(text.toString().trim()));
  pipeBody(request, child.stdin, stop);
  try {
    const head = await readCgiHead(child.stdout);
    response.statusCode = head.status;
    head.headers.forEach(([name, value]) => response.setHeader(name, value));
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.write(head.rest);
    child.stdout.pipe(response, { end: false });
    // Half an answer must not look like a whole one.
    if (await ended) response.destroy();
    else response.end();
  } finally {
    clearTimeout(timer);
    response.off('close', stop);
  }
}

function pipeBody(request: IncomingMessage, stdin: NodeJS.WritableStream, stop: () => void): void {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) stop();
  });
  // git may have its answer before it has read everything.
  stdin.on('error', () => undefined);
  request.pipe(stdin);
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.end(`${reason}\n`);
}

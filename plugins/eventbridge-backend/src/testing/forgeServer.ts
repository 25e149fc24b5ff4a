import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** What the next archive looks like. */
export type Archive =
  | { readonly kind: 'whole' }
  /** Only the first part of its bytes, as after a connection that broke. */
  | { readonly kind: 'cut'; readonly share: number }
  /** Announced as longer than what is sent before the connection ends. */
  | { readonly kind: 'broken-off' }
  | { readonly kind: 'garbage'; readonly body: string };

export interface ForgeServer {
  /** `host:port`, as an integration names it. */
  readonly host: string;
  readonly url: string;
  /** The repository `key/events`. */
  files: Readonly<Record<string, string>>;
  commit: string;
  archive: Archive;
  /** Given to every request instead of an answer, where it is a status. */
  status: number | undefined;
  /** Requests since the last look, as `GET path`. */
  readonly requests: string[];
  close(): Promise<void>;
}

const TOKEN = 'forge-token';

/** Configuration of the integrations that read from the server: as GitHub Enterprise and as GitLab. */
export function integrationsFor(server: ForgeServer, forge: 'GitHub' | 'GitLab', token = TOKEN) {
  return forge === 'GitHub'
    ? { github: [{ host: server.host, apiBaseUrl: `${server.url}/api/v3`, token }] }
    : { gitlab: [{ host: server.host, apiBaseUrl: `${server.url}/api/v4`, baseUrl: server.url, token }] };
}

/** Speaks what Backstage's readers ask GitHub and GitLab for to read a tree. One repository, one branch `main`. */
export async function startForgeServer(): Promise<ForgeServer> {
  const server = createServer((request, response) => answer(forge, request, response));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const forge: ForgeServer = {
    host,
    url: `http://${host}`,
    files: {},
    commit: 'c1',
    archive: { kind: 'whole' },
    status: undefined,
    requests: [],
    close: () => new Promise(resolve => server.close(() => resolve())),
  };
  return forge;
}

function answer(forge: ForgeServer, request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url!, forge.url);
  forge.requests.push(`${request.method} ${decodeURIComponent(pathname)}`);
  const json = (value: unknown) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(value));
  };
  const fail = (status: number) => {
    response.statusCode = status;
    json({ message: 'No' });
  };
  const given = request.headers.authorization;
  if (forge.status !== undefined) return fail(forge.status);
  if (given !== `token ${TOKEN}` && given !== `Bearer ${TOKEN}`) return fail(401);
  switch (decodeURIComponent(pathname)) {
    case '/api/v3/repos/key/events':
    case '/api/v4/projects/key/events':
      return json({ default_branch: 'main' });
    case '/api/v3/repos/key/events/commits/main/status':
      return json({
        sha: forge.commit,
        repository: { archive_url: `${forge.url}/api/v3/repos/key/events/{archive_format}{/ref}` },
      });
    case '/api/v4/projects/key/events/repository/commits':
      return json([{ id: forge.commit }]);
    case `/api/v3/repos/key/events/tarball/${forge.commit}`:
    case '/api/v4/projects/key/events/repository/archive':
      return sendArchive(forge, response);
    default:
      return fail(404);
  }
}

function sendArchive({ archive, files, commit }: ForgeServer, response: ServerResponse): void {
  response.setHeader('content-type', 'application/x-gzip');
  if (archive.kind === 'garbage') {
    response.end(archive.body);
    return;
  }
  const bytes = gzipSync(tarOf(files, `key-events-${commit}`));
  if (archive.kind === 'whole') {
    response.end(bytes);
  } else if (archive.kind === 'cut') {
    response.end(bytes.subarray(0, Math.floor(bytes.length * archive.share)));
  } else {
    response.setHeader('content-length', String(bytes.length));
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
  }
}

const BLOCK = 512;

/** A tar archive below one folder, as forges make them; names are written as they are, also those that nobody should. */
function tarOf(files: Readonly<Record<string, string>>, folder: string): Buffer {
  const parts = Object.entries(files).flatMap(([name, text]) => {
    const body = Buffer.from(text);
    return [tarHeader(`${folder}/${name}`, body.length), body, Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK)];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

/** See "ustar" in POSIX.1-1988; names above 100 bytes are not needed here. */
function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;
  header.write(name, 0, 100);
  header.write(octal(0o644, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(size, 12), 124);
  header.write(octal(0, 12), 136);
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

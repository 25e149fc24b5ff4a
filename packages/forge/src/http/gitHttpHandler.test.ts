import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { createLocalForge, type LocalForge } from '../local/localForge';
import { createMemoryPullRequestStore } from '../local/pullRequestStore';
import { ADA, temporaryFolder } from '../testing/harness';
import { createGitHttpHandler, type GitHttpOptions } from './gitHttpHandler';

jest.setTimeout(60_000);

const run = promisify(execFile);
const git = (args: readonly string[], cwd: string) =>
  run('git', [...args], { cwd, env: { PATH: process.env.PATH, HOME: cwd, GIT_TERMINAL_PROMPT: '0' } });

describe('Git over HTTP', () => {
  let folder: string;
  let remove: () => Promise<void>;
  let forge: LocalForge;
  let server: Server;
  let address: string;
  let errors: string[];
  let encodings: Set<string | undefined>;

  beforeEach(async () => {
    errors = [];
    encodings = new Set();
    ({ folder, remove } = await temporaryFolder());
    forge = createLocalForge({ root: path.join(folder, 'root'), store: createMemoryPullRequestStore() });
    await forge.createRepository({
      repository: 'key/events',
      files: [{ path: 'busline.yaml', content: 'name: key\n' }],
      message: 'First',
      author: ADA,
    });
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
    await remove();
  });

  const serve = async (options: Partial<GitHttpOptions> = {}) => {
    const handle = createGitHttpHandler({
      root: path.join(folder, 'root'),
      onError: message => errors.push(message),
      ...options,
    });
    // As Express mounts it: below a path that is cut off.
    server = createServer((req, res) => {
      encodings.add(req.headers['content-encoding'] ?? req.headers['transfer-encoding']);
      req.url = req.url?.replace(/^\/api\/git/, '');
      handle(req, res);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/git`;
  };
  const ask = (target: string, method = 'GET', headers: Record<string, string> = {}) =>
    new Promise<number>((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      // Unlike fetch, this sends the path as it is.
      const request = httpRequest({ host: '127.0.0.1', port, path: `/api/git${target}`, method, headers }, response => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.on('error', reject);
      request.end();
    });

  it('clones and fetches with plain git', async () => {
    await serve();
    await git(['clone', '--quiet', `${address}/key/events.git`, 'copy'], folder);
    const copy = path.join(folder, 'copy');
    expect(await readFile(path.join(copy, 'busline.yaml'), 'utf8')).toBe('name: key\n');
    // Enough commits for git to send what it has in a compressed body.
    for (let number = 0; number < 40; number += 1) {
      await git(
        [
          '-c',
          'user.name=A',
          '-c',
          'user.email=a@example.com',
          'commit',
          '--quiet',
          '--allow-empty',
          '-m',
          `${number}`,
        ],
        copy,
      );
    }
    await forge.commitFiles({
      repository: 'key/events',
      branch: 'main',
      base: 'main',
      message: 'More',
      author: ADA,
      changes: [{ path: 'more.yaml', content: 'more: true\n' }],
    });
    await git(['fetch', '--quiet'], copy);
    expect((await git(['show', 'origin/main:more.yaml'], copy)).stdout).toBe('more: true\n');
    await git(
      ['clone', '--quiet', '--depth=1', '-c', 'protocol.version=0', `${address}/key/events.git`, 'shallow'],
      folder,
    );
    expect(await readFile(path.join(folder, 'shallow/more.yaml'), 'utf8')).toBe('more: true\n');
  });

  it('takes no push unless it is allowed', async () => {
    await serve();
    await git(['clone', '--quiet', `${address}/key/events.git`, 'copy'], folder);
    const copy = path.join(folder, 'copy');
    await git(
      ['-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--allow-empty', '-m', 'x'],
      copy,
    );
    await expect(git(['push', '--quiet', 'origin', 'HEAD:refs/heads/pushed'], copy)).rejects.toThrow(/403/);
    expect(await forge.headOf('key/events', 'pushed')).toBeUndefined();
  });

  it('takes a push where it is allowed', async () => {
    const asked: string[] = [];
    // Above git's post buffer a push is sent in chunks, of a length that nobody knows beforehand.
    const large = randomBytes(200_000);
    await serve({
      mayPush: (_, repository) => {
        asked.push(repository);
        return true;
      },
    });
    await git(['clone', '--quiet', `${address}/key/events.git`, 'copy'], folder);
    const copy = path.join(folder, 'copy');
    await writeFile(path.join(copy, 'large'), large);
    await git(['add', 'large'], copy);
    await git(['-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '--quiet', '-m', 'x'], copy);
    await git(['-c', 'http.postBuffer=65536', 'push', '--quiet', 'origin', 'HEAD:refs/heads/pushed'], copy);
    expect(await forge.headOf('key/events', 'pushed')).toBe((await git(['rev-parse', 'HEAD'], copy)).stdout.trim());
    expect(encodings).toContain('chunked');
    expect(errors).toEqual([]);
    expect(new Set(asked)).toEqual(new Set(['key/events']));
  });

  it.each([
    ['another file', '/key/events.git/HEAD'],
    ['its configuration', '/key/events.git/config'],
    ['the dumb protocol', '/key/events.git/info/refs'],
    ['another service', '/key/events.git/info/refs?service=git-upload-archive'],
    ['an unknown repository', '/key/nothing.git/info/refs?service=git-upload-pack'],
    ['a folder above', '/../outside.git/info/refs?service=git-upload-pack'],
    ['a folder above, escaped', '/%2e%2e/outside.git/info/refs?service=git-upload-pack'],
    ['a folder above, in the name', '/key/..%2f..%2foutside.git/info/refs?service=git-upload-pack'],
    ['a link that leads out', '/key/link.git/info/refs?service=git-upload-pack'],
    ['NUL', '/key/events%00.git/info/refs?service=git-upload-pack'],
    ['two slashes', '//key/events.git/info/refs?service=git-upload-pack'],
  ])('does not serve %s', async (_, target) => {
    await serve();
    const outside = path.join(folder, 'outside.git');
    await mkdir(outside);
    await git(['init', '--quiet', '--bare', '.'], outside);
    await symlink(outside, path.join(folder, 'root/key/link.git'));
    await writeFile(path.join(folder, 'root/secret'), 'secret');
    expect(await ask(target)).toBe(404);
  });

  it('does not post to the list of refs, nor get a service', async () => {
    await serve();
    expect(await ask('/key/events.git/info/refs?service=git-upload-pack', 'POST')).toBe(404);
    expect(await ask('/key/events.git/git-upload-pack', 'GET')).toBe(404);
    expect(await ask('/key/events.git/info/refs?service=git-upload-pack')).toBe(200);
  });

  it('hands nothing of the request on to git but what git needs', async () => {
    await serve();
    const headers = { 'git-protocol': 'version=2\u00e9; evil', cookie: 'secret', 'x-git-dir': '/' };
    expect(await ask('/key/events.git/info/refs?service=git-upload-pack&GIT_DIR=/etc', 'GET', headers)).toBe(200);
  });

  it('asks to come again when there are too many', async () => {
    await serve({ maxProcesses: 0 });
    expect(await ask('/key/events.git/info/refs?service=git-upload-pack')).toBe(503);
  });
});

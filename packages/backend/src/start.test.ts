import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

jest.setTimeout(300_000);

const ROOT = path.resolve(__dirname, '../../..');
const folder = mkdtempSync(path.join(tmpdir(), 'busline-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

/** Starts the portal's backend as `npm start` does, without AWS, and gives what it logged until all plugins stood. */
async function startPortal<T>(look: (url: string) => Promise<T>): Promise<{ log: string; seen: T }> {
  const port = await freePort();
  const overlay = path.join(folder, 'overlay.json');
  writeFileSync(overlay, JSON.stringify({ eventbridge: { sources: { repositories: [], aws: [] } } }));
  const child = spawn(
    process.execPath,
    ['--require', require.resolve('@backstage/cli/config/nodeTransform.cjs'), 'src/index.ts'].concat([
      '--config',
      path.join(ROOT, 'app-config.yaml'),
      '--config',
      overlay,
    ]),
    {
      cwd: path.join(ROOT, 'packages/backend'),
      env: {
        ...process.env,
        NODE_ENV: 'development',
        LOG_LEVEL: 'info',
        BUSLINE_PORT: String(port),
        BUSLINE_STATE_DIR: folder,
      },
    },
  );
  const ended = new Promise(resolve => child.once('close', resolve));
  let log = '';
  const stands = new Promise<void>((resolve, reject) => {
    const read = (text: string) => {
      log += text;
      if (log.includes('Plugin initialization complete')) resolve();
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', read);
    child.once('close', () => reject(new Error(`The portal stopped:\n${log}`)));
  });
  try {
    await stands;
    return { log, seen: await look(`http://127.0.0.1:${port}`) };
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

it('starts without a warning, with everything that its pages ask for', async () => {
  const { log, seen } = await startPortal(async url => {
    const paths = ['/api/events/bus/v1/subscriptions/a/events', '/api/notifications/status', '/api/search/query'];
    return Promise.all(paths.map(async route => [route, (await fetch(`${url}${route}`)).status !== 404] as const));
  });
  // eslint-disable-next-line no-control-regex -- colours
  const lines = log.split('\n').map(line => line.replaceAll(/\u001b\[\d+m/g, ''));
  expect(lines.filter(line => / (warn|error) /.test(line))).toEqual([]);
  // Signals have no address but a socket.
  expect(log).toMatch(/Plugin initialization started: .*'signals'/);
  expect(seen.filter(([, isThere]) => !isThere)).toEqual([]);
});

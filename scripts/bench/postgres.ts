/** The server that the tests use, or the one that BUSLINE_TEST_POSTGRES names. */
const SET_UP = '../../plugins/eventbridge-backend/src/testing/startPostgres.js';

export async function startPostgres(): Promise<{ readonly server: string; stop(): Promise<void> }> {
  const start: () => Promise<void> = require(SET_UP);
  await start();
  const { stopBuslinePostgres } = globalThis as { stopBuslinePostgres?: () => Promise<void> };
  return { server: process.env.BUSLINE_TEST_POSTGRES!, stop: async () => stopBuslinePostgres?.() };
}

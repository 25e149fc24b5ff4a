// `npm run reset`: forgets everything the portal kept. Tools that were brought stay, since nobody's work is in them.
import { rm } from 'node:fs/promises';
import { main, say } from './lib/log.mjs';
import { stateDir } from './lib/paths.mjs';

await main(async () => {
  await rm(stateDir, { recursive: true, force: true });
  say(`Cleared ${stateDir}.`);
});

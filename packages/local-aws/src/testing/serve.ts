import { startLocalAws } from '../start';

/** A server in a process of its own, for tests that kill it. Tells its parent where it listens. */
async function serve(stateDir: string): Promise<void> {
  const { endpoint } = await startLocalAws({ stateDir });
  process.send?.({ endpoint });
}

void serve(process.argv[2]);

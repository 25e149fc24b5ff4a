/**
 * The sandbox in a process of its own. Prints what it does, and one line of JSON once it answers:
 * `{"ready":true,"endpoint":"http://127.0.0.1:4599"}`.
 */
import { parseArgs } from 'node:util';
import { seedForge } from './seedForge';
import { startSandbox } from './startSandbox';

const USAGE = `Usage: main.ts --repository DIR [--repository DIR ...] [--port 4599] [--state DIR] [--events-per-second 3]
  [--forge DIR --forge-events OWNER/NAME --service-repositories DIR]`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4599' },
      state: { type: 'string', default: '.busline/state/aws' },
      repository: { type: 'string', multiple: true, default: [] },
      'events-per-second': { type: 'string' },
      forge: { type: 'string' },
      'forge-events': { type: 'string', default: 'key/events' },
      'service-repositories': { type: 'string', default: 'examples/service-repositories' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    say(USAGE);
    return;
  }
  const [first, ...others] = values.repository;
  if (first === undefined) throw new Error(`Which event repository? ${USAGE}`);
  const { forge } = values;
  if (forge !== undefined) {
    await seedForge({
      directory: forge,
      events: { folder: first, repository: values['forge-events'] },
      servicesFolder: values['service-repositories'],
      onProgress: say,
    });
  }
  const eventsPerSecond = values['events-per-second'];
  const sandbox = await startSandbox({
    port: numberOf('--port', values.port),
    stateDir: values.state,
    // Where there is a forge, what was merged there is the truth; the folder was only its beginning.
    repositories: [forge === undefined ? first : { forge, repository: values['forge-events'] }, ...others],
    eventsPerSecond: eventsPerSecond === undefined ? undefined : numberOf('--events-per-second', eventsPerSecond),
    onProgress: say,
  });
  const stop = () => {
    sandbox.close().then(
      () => process.exit(0),
      error => fail(error),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  say(JSON.stringify({ ready: true, endpoint: sandbox.endpoint }));
}

function numberOf(flag: string, text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number < 0) {
    throw new Error(`${flag} wants a number from 0, not ${JSON.stringify(text)}`);
  }
  return number;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);

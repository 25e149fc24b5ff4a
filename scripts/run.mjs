// `npm run <command>`: prepares what is missing, then runs a TypeScript command on the Node that Backstage supports.
import path from 'node:path';
import { spawn } from 'node:child_process';
import { main, say } from './lib/log.mjs';
import { nodeTransform, root } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';

const COMMANDS = {
  busline: { script: 'packages/cli/bin/busline', transform: false },
  conformance: { script: 'scripts/conformance.ts' },
  bench: { script: 'scripts/bench/main.ts', pages: true },
  prove: { script: 'scripts/prove.ts' },
  interop: { script: 'scripts/interop/main.ts' },
};

await main(async () => {
  const [name, ...args] = process.argv.slice(2);
  const command = COMMANDS[name];
  if (!command) {
    say(`Unknown command ${name}; there are: ${Object.keys(COMMANDS).join(', ')}`);
    return 2;
  }
  const { node, env } = await prepare({ pages: command.pages });
  const child = spawn(
    node,
    [...(command.transform === false ? [] : ['--require', nodeTransform]), path.join(root, command.script), ...args],
    // Paths in the arguments mean what they mean where the person typed them.
    {
      stdio: 'inherit',
      cwd: process.env.INIT_CWD ?? process.cwd(),
      env: { ...process.env, ...env },
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise(resolve => child.on('close', code => resolve(code ?? 1)));
});

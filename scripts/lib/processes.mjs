import { spawn } from 'node:child_process';
import net from 'node:net';
import { StepError } from './log.mjs';

const running = new Set();

/**
 * Starts a child in a process group of its own, so that it can be stopped with everything that it started.
 * Its output goes to `onLine`, a line at a time.
 */
export function start(command, args, { cwd, env, onLine = () => {} } = {}) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const tail = [];
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', chunk => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        tail.push(line);
        if (tail.length > 60) tail.shift();
        onLine(line);
      }
    });
    stream.on('end', () => rest && onLine(rest));
  }
  const ended = new Promise(resolve => {
    child.on('error', error => resolve({ code: -1, error }));
    child.on('close', (code, signal) => resolve({ code: code ?? -1, signal }));
  }).finally(() => running.delete(child));
  return { child, ended, tail };
}

/** Runs a child to its end; throws with the last lines of its output when it fails. */
export async function run(command, args, { advice, ...options } = {}) {
  const { ended, tail } = start(command, args, options);
  const { code, error } = await ended;
  if (code !== 0) {
    throw new StepError(
      `${[command, ...args].join(' ')} failed${error ? `: ${error.message}` : ` with exit status ${code}`}\n${tail.join(
        '\n',
      )}`,
      advice,
    );
  }
}

function signalGroup(child, signal) {
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // It ended in the meantime.
  }
}

/** Stops everything that was started: first politely, after `graceMs` by force. */
export async function stopAll(graceMs = 8000) {
  const children = [...running];
  for (const child of children) signalGroup(child, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (running.size > 0 && Date.now() < deadline) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  for (const child of running) signalGroup(child, 'SIGKILL');
}

let stopping = false;
/** Whether everything is being stopped because somebody asked for it. */
export const isStopping = () => stopping;

/** Ctrl-C, a closed terminal or `kill` stop everything that was started. */
export function stopOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, async () => {
      if (stopping) return;
      stopping = true;
      process.stdout.write('\nStopping …\n');
      await stopAll();
      process.exit(signal === 'SIGINT' ? 130 : 143);
    });
  }
}

/** `localhost` is either of them, and a browser may try the second first. */
const LOOPBACK = ['127.0.0.1', '::1'];

/** Throws when somebody listens on the port already. */
export async function assertPortFree(port, use, variable) {
  for (const host of LOOPBACK) {
    if (await isTaken(port, host)) {
      throw new StepError(
        `Port ${port} is taken: ${use} needs it.`,
        `Stop what listens there, or choose another port: ${variable}=<port> npm start`,
      );
    }
  }
}

function isTaken(port, host) {
  return new Promise(resolve => {
    const probe = net.createServer();
    // A machine without IPv6 has nobody on it.
    probe.once('error', error => resolve(error.code === 'EADDRINUSE' || error.code === 'EACCES'));
    probe.listen(port, host, () => probe.close(() => resolve(false)));
  });
}

/** Waits until `check` gives something truthy; gives up after `timeoutMs` or when the process that is waited for ended. */
export async function waitFor(what, check, { timeoutMs, process: watched }) {
  const deadline = Date.now() + timeoutMs;
  let ended;
  watched?.ended.then(result => (ended = result));
  for (;;) {
    const result = await check().catch(() => undefined);
    if (result) return result;
    if (ended) {
      throw new StepError(`${what} stopped with exit status ${ended.code}\n${watched.tail.join('\n')}`);
    }
    if (Date.now() > deadline) {
      throw new StepError(`${what} did not answer within ${timeoutMs / 1000} s\n${(watched?.tail ?? []).join('\n')}`);
    }
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}

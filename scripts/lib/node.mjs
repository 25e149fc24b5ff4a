import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { StepError, step } from './log.mjs';
import { toolsDir } from './paths.mjs';
import { run } from './processes.mjs';

/** Brought where the Node at hand is none that Backstage runs on. Node 24 is its newest supported line. */
const NODE_VERSION = '24.21.0';
const SUPPORTED_MAJORS = [22, 24];

/** The npm package that carries Node for this machine: binary and headers. */
function platformPackage() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform}-${process.arch}`;
}

/** Headers lie beside the binary in every ordinary Node; native modules are built against them. */
const headersOf = binary => {
  const home = path.resolve(path.dirname(binary), '..');
  return existsSync(path.join(home, 'include/node/node.h')) ? home : undefined;
};

async function bringNode() {
  const name = platformPackage();
  const home = path.join(toolsDir, `node-${NODE_VERSION}`);
  const packageDir = path.join(home, 'node_modules', name);
  if (!existsSync(path.join(packageDir, 'package.json'))) {
    await step(`Bringing Node ${NODE_VERSION} (this is ${process.version})`, async () => {
      await mkdir(home, { recursive: true });
      await run(
        'npm',
        [
          'install',
          '--prefix',
          home,
          '--no-save',
          '--no-audit',
          '--no-fund',
          '--ignore-scripts',
          '--loglevel=error',
          `${name}@${NODE_VERSION}`,
        ],
        {
          cwd: home,
          advice: `Install Node 24 yourself (https://nodejs.org) and run the command again, or let npm reach its registry: ${name} could not be had.`,
        },
      );
    });
  }
  const { bin } = JSON.parse(await readFile(path.join(packageDir, 'package.json'), 'utf8'));
  const binary = path.join(packageDir, bin.node);
  if (!existsSync(binary)) {
    throw new StepError(
      `${name} has no Node binary for this machine (${process.platform} ${process.arch}).`,
      'Install Node 24 (https://nodejs.org) and run the command again.',
    );
  }
  return binary;
}

/**
 * The Node that everything runs on, as environment variables for children: the one at hand where Backstage supports it,
 * else one from the npm registry.
 */
export async function nodeEnvironment() {
  const major = Number(process.versions.node.split('.')[0]);
  const binary = SUPPORTED_MAJORS.includes(major) && headersOf(process.execPath) ? process.execPath : await bringNode();
  const nodedir = headersOf(binary);
  return {
    node: binary,
    env: {
      PATH: `${path.dirname(binary)}${path.delimiter}${process.env.PATH}`,
      ...(nodedir ? { npm_config_nodedir: nodedir } : {}),
    },
  };
}

import path from 'node:path';
import { fingerprint, isCurrent, markCurrent } from './fingerprint.mjs';
import { step } from './log.mjs';
import { root, stateDir } from './paths.mjs';
import { run } from './processes.mjs';

const SCHEMAS = 'node_modules/@octokit/webhooks-schemas';
const EXAMPLES = 'node_modules/@octokit/webhooks-examples';
const MAPPING = 'examples/github-webhooks/mapping.yaml';

/** Makes an event repository of GitHub's webhook events, as anybody would: with `busline import`. Done again when its inputs changed. */
export async function importGithubWebhooks({ node, env }, out = path.join(stateDir, 'github-webhooks')) {
  const print = fingerprint(root, [`${SCHEMAS}/package.json`, `${EXAMPLES}/package.json`, MAPPING, 'packages/cli/src']);
  const marker = `${out}.imported`;
  if (isCurrent(marker, print)) return;
  await step('Importing GitHub’s webhook events with busline import', async () => {
    await run(
      node,
      [
        'packages/cli/bin/busline',
        'import',
        'schemas',
        `${SCHEMAS}/schema.json`,
        '--examples',
        `${EXAMPLES}/api.github.com/index.json`,
        '--mapping',
        MAPPING,
        '--out',
        out,
      ],
      { cwd: root, env },
    );
    markCurrent(marker, print);
  });
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigReader, type AppConfig } from '@backstage/config';
import { parse } from 'yaml';
import { readSourcesConfig } from '../sources/config';
import { readChangesConfig } from './config';

const ROOT = path.resolve(__dirname, '../../../..');
const ENVIRONMENT: Readonly<Record<string, string>> = { EVENT_REPOSITORY: 'my-company/events' };

/** A config file as it is loaded: `${NAME}` and `${NAME:-otherwise}` from the environment. */
function load(file: string): AppConfig {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const filled = text.replace(
    /\$\{(\w+)(?::-([^}]*))?\}/g,
    (_, name, otherwise) => ENVIRONMENT[name] ?? otherwise ?? 'x',
  );
  return { context: file, data: parse(filled) };
}

describe('the configuration files of this repository', () => {
  it('have the laptop open pull requests on its own forge and deploy to its own AWS', () => {
    const config = ConfigReader.fromConfigs([load('app-config.yaml')]);
    expect(readChangesConfig(config)).toMatchObject({
      forge: { type: 'local', directory: expect.stringMatching(/\/forge$/) },
      deployment: { roleArn: 'arn:aws:iam::{account}:role/busline-deployer', endpoint: expect.any(String) },
    });
  });

  it('have production open them on GitHub, and leave deployment to a workflow', () => {
    const config = ConfigReader.fromConfigs([load('app-config.yaml'), load('app-config.production.yaml')]);
    expect(readChangesConfig(config)).toEqual({ forge: { type: 'github', host: 'github.com' }, followSeconds: 60 });
    const { repositories, aws } = readSourcesConfig(config);
    expect(repositories.map(({ id, forge, target }) => ({ id, forge, target }))).toEqual([
      { id: 'events', forge: 'my-company/events', target: expect.anything() },
    ]);
    expect(aws.map(({ endpoint }) => endpoint)).toEqual([undefined]);
    expect(config.getConfigArray('integrations.github')[0]!.getConfigArray('apps')).toHaveLength(1);
  });
});

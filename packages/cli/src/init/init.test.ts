import { join } from 'node:path';
import { parseYaml, type JsonObject } from '@busline/event-repository';
import { busline, read, removeFolders, temporaryFolder } from '../testing/busline';
import { deployWorkflow } from './workflows';

const workflow = (text: string) => {
  const { value, errors } = parseYaml(text);
  expect(errors).toEqual([]);
  return value as any;
};

afterEach(removeFolders);

describe('busline init', () => {
  it('writes workflows that check and deploy, and who approves what', async () => {
    const folder = join(temporaryFolder(), 'events');
    expect((await busline(['init', folder])).code).toBe(0);
    const check = workflow(read(folder, '.github/workflows/check.yaml'));
    expect(check.permissions).toEqual({ contents: 'read' });
    // What a fork can choose goes through the environment, never into the script.
    expect(check.jobs.check.steps.at(-1)).toEqual({
      run: 'npx --yes @busline/cli@0.1 check . --format github --against "origin/$BASE"',
      env: { BASE: '${{ github.base_ref }}' },
    });
    const waiting = workflow(read(folder, '.github/workflows/approvals.yaml'));
    expect(Object.keys(waiting.on)).toEqual(['pull_request', 'pull_request_review']);
    expect(waiting.permissions).toEqual({ contents: 'read', 'pull-requests': 'read', statuses: 'write' });
    for (const { run = '' } of waiting.jobs.approvals.steps) expect(run).not.toContain('${{');
    expect(waiting.jobs.approvals.steps.at(-1).run).toContain(
      'busline/cli@0.1 approvals . --base "origin/$BASE" --reviews "$RUNNER_TEMP/reviews.json" --format github',
    );
    const deploy = workflow(read(folder, '.github/workflows/deploy.yaml'));
    expect(deploy.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(deploy.on.push.branches).toEqual(['main']);
    expect(deploy.concurrency).toEqual({ group: 'deploy', 'cancel-in-progress': false });
    expect(deploy.jobs['deploy-prod'].steps.slice(-2)).toEqual([
      {
        uses: 'aws-actions/configure-aws-credentials@v4',
        with: { 'role-to-assume': 'arn:aws:iam::111111111111:role/busline-github', 'aws-region': 'eu-west-1' },
      },
      {
        run: 'npx --yes @busline/cli@0.1 deploy . --environment "$ENVIRONMENT" --role-name busline-deployer --yes',
        env: { ENVIRONMENT: 'prod' },
      },
    ]);
    const owners = read(folder, '.github/CODEOWNERS')
      .split('\n')
      .filter(line => !line.startsWith('#'));
    expect(owners).toContain('/events/com.example.orders/ @your-organisation/orders');
    expect(owners[0]).toBe('* @your-organisation/platform');
  });
});

describe('deployWorkflow', () => {
  it('has a job for each environment, whatever its name', () => {
    const targets = ["it's here", 'dev'].map(environment => ({
      environment,
      accountId: '111111111111',
      region: 'eu-west-1',
    }));
    const { jobs } = workflow(deployWorkflow(targets)) as { jobs: JsonObject };
    expect(Object.keys(jobs)).toEqual(['deploy-it-s-here', 'deploy-dev']);
  });
});

/** The organisation on GitHub that stands in the files until somebody puts in their own. */
const ORGANISATION = 'your-organisation';
const CLI = '@busline/cli@0.1';

export interface DeploymentTarget {
  /** Name of an environment in busline.yaml. */
  readonly environment: string;
  /** The central bus's account, where GitHub signs in: 12 digits. */
  readonly accountId: string;
  readonly region: string;
}

const CHECKOUT = `      # Tags can move: pin these actions to the commits that you have reviewed.
      - uses: actions/checkout@v4`;
const NODE = `      - uses: actions/setup-node@v4
        with: { node-version: 22 }`;

/** Checks every pull request: what is wrong stands beside the line. */
export function checkWorkflow(): string {
  return `name: check
on:
  pull_request:
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
${CHECKOUT}
        with: { fetch-depth: 0 }
${NODE}
      # Declarations, released schema versions, and stacks/ as the declarations have it.
      - run: npx --yes ${CLI} check . --format github --base "origin/$BASE"
        env:
          BASE: \${{ github.base_ref }}
`;
}

/**
 * Deploys what is merged. GitHub signs in to the central bus's account by OIDC, without a stored key, and takes the role
 * `busline-deployer` of each account from there.
 */
export function deployWorkflow(targets: readonly DeploymentTarget[]): string {
  return `name: deploy
on:
  push:
    branches: [main]
  # A stack that waits for a service's own pull request goes on once that is merged and deployed.
  schedule:
    - cron: '17 * * * *'
  workflow_dispatch:
permissions:
  contents: read
  # Lets GitHub vouch for this workflow; AWS answers with credentials that end within the hour.
  id-token: write
concurrency:
  group: deploy
  cancel-in-progress: false
jobs:
${targets.map(deployJob).join('')}`;
}

function deployJob({ environment, accountId, region }: DeploymentTarget): string {
  return `  ${jobId(environment)}:
    runs-on: ubuntu-latest
    timeout-minutes: 120
    # Reviewers and branches are limited in the repository's settings, under Environments.
    environment: ${quoted(environment)}
    steps:
${CHECKOUT}
${NODE}
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          role-to-assume: arn:aws:iam::${accountId}:role/busline-github
          aws-region: ${region}
      - run: npx --yes ${CLI} deploy . --environment "$ENVIRONMENT" --role-name busline-deployer --yes
        env:
          ENVIRONMENT: ${quoted(environment)}
`;
}

/** Letters, digits, `-` and `_`, as GitHub wants it. */
function jobId(environment: string): string {
  return `deploy-${environment.replace(/[^A-Za-z0-9_-]/g, '-')}`;
}

function quoted(text: string): string {
  return `'${text.replace(/'/g, "''")}'`;
}

/**
 * Who approves what, by folder, so that a request never has to change this file.
 * @param owners - Backstage groups by path
 */
export function codeOwners(platform: string, owners: readonly (readonly [path: string, owner: string])[]): string {
  const lines = owners.map(([path, owner]) => `${path} ${teamOf(owner)}`);
  return `# Who must approve a change: the last line that fits counts. In the branch protection of main, "Require review from Code Owners"
# makes it so. The teams are those of GitHub that stand for the owners in the declarations.
* ${teamOf(platform)}
# Everybody may subscribe; what a subscription to a restricted event type needs beyond this, the check tells.
/subscriptions/
# Generated, and checked to be what the declarations say.
/stacks/
${lines.join('\n')}
# Who may approve, and what is deployed by whom, is the platform's.
/.github/ ${teamOf(platform)}
`;
}

/** `group:default/orders` as `@your-organisation/orders`. */
function teamOf(owner: string): string {
  return `@${ORGANISATION}/${owner.replace(/^.*[:/]/, '')}`;
}

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
      # Declarations, new schema versions towards the released ones, and stacks/ as the declarations have it.
      - run: npx --yes ${CLI} check . --format github --against "origin/$BASE"
        env:
          BASE: \${{ github.base_ref }}
`;
}

/**
 * Holds a pull request back while the owner of a restricted event type has not approved it. The result is a commit status: runs of
 * different events are different checks to GitHub, and of one status the newest counts. Nothing that the pull request can choose
 * goes into a script, and CODEOWNERS is read as main has it.
 */
export function approvalsWorkflow(): string {
  return `name: approvals
on:
  pull_request:
  pull_request_review:
    types: [submitted, edited, dismissed]
permissions:
  contents: read
  pull-requests: read
  # Require the status "busline approvals" in the branch protection of main.
  statuses: write
concurrency:
  group: approvals-\${{ github.event.pull_request.number }}
  cancel-in-progress: true
jobs:
  approvals:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    env:
      BASE: \${{ github.event.pull_request.base.ref }}
      NUMBER: \${{ github.event.pull_request.number }}
      AUTHOR: \${{ github.event.pull_request.user.login }}
      HEAD: \${{ github.event.pull_request.head.sha }}
    steps:
${CHECKOUT}
        with: { fetch-depth: 0 }
${NODE}
      - name: Who has approved
        shell: bash
        env:
          GH_TOKEN: \${{ github.token }}
          # The token of a workflow cannot see who is in a team: a token with "Members: read" of the organisation can.
          TEAMS_TOKEN: \${{ secrets.BUSLINE_TEAMS_TOKEN }}
        run: |
          cd "$RUNNER_TEMP"
          gh api --paginate "repos/$GITHUB_REPOSITORY/pulls/$NUMBER/reviews?per_page=100" --jq '.[]' > reviews
          : > members
          git -C "$GITHUB_WORKSPACE" show "origin/$BASE:.github/CODEOWNERS" > owners
          for team in $(sed 's/#.*//' owners | grep -oE '@[A-Za-z0-9-]+/[A-Za-z0-9_.-]+' | sort -u); do
            path="\${team#@}"
            GH_TOKEN="$TEAMS_TOKEN" gh api --paginate "orgs/\${path%%/*}/teams/\${path#*/}/members?per_page=100" \\
              --jq '.[].login' > logins || continue
            jq -Rn --arg team "$team" '{($team): [inputs]}' logins >> members
          done
          jq -n --arg author "$AUTHOR" --arg head "$HEAD" --slurpfile reviews reviews --slurpfile members members \\
            '{$author, $head, $reviews, teams: ($members | add // {})}' > reviews.json
      - name: Whose approval is missing
        shell: bash
        env:
          GH_TOKEN: \${{ github.token }}
        run: |
          state=success
          npx --yes ${CLI} approvals . --base "origin/$BASE" --reviews "$RUNNER_TEMP/reviews.json" --format github \\
            | tee "$RUNNER_TEMP/approvals" || state=failure
          gh api "repos/$GITHUB_REPOSITORY/statuses/$HEAD" -f state="$state" -f context='busline approvals' \\
            -f description="$(tail -n 1 "$RUNNER_TEMP/approvals" | cut -c 1-140)"
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

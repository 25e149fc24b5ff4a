import type { Plan, Permission, RepositoryChange } from '../plan/plan';
import { cell, code, excerpt, fenced, oneLine, prose } from './markdown';

export interface PullRequestText {
  /** Plain text on one line. */
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly commitMessage: string;
  readonly branch: string;
}

export interface PullRequestTextOptions {
  /** Page of the change request in the portal. */
  readonly url?: string;
  /** Who asked: an entity reference. */
  readonly requestedBy?: string;
}

/** GitHub takes 65,536 characters; what is longer is cut at a part, and the page has the rest. */
const MAX_BODY = 60_000;
/** Files listed; generated ones beyond are counted. */
const MAX_FILES = 60;
const SYMBOLS = { passed: '✅', warning: '⚠️', failed: '❌' } as const;

/**
 * What a pull request says, from the same plan as the page. Everything that a person wrote stays text: it cannot mention anybody,
 * link anywhere, close an issue or leave its place.
 */
export function pullRequestText(
  plan: Plan,
  repository: RepositoryChange,
  options: PullRequestTextOptions = {},
): PullRequestText {
  const title = plainTitle(plan.title);
  const parts = repository.role === 'events' ? eventParts(plan, repository) : serviceParts(plan, repository);
  const head = [...intro(plan, options), ...parts];
  return {
    title,
    body: `${joined(head)}\n`,
    commitMessage: `${title}\n\n${commitBody(plan, repository, options)}`,
    branch: plan.branch,
  };
}

/** A title takes no Markdown, but forges link mentions and issues in it. */
function plainTitle(text: string): string {
  return excerpt(oneLine(text), 120)
    .replace(/@/g, '@\u200b')
    .replace(/#(?=\d)/g, '#\u200b');
}

/** Neither a trailer nor a keyword can be made of what a person wrote: every line begins with words of our own. */
function commitBody(plan: Plan, { role }: RepositoryChange, { url, requestedBy }: PullRequestTextOptions): string {
  const lines = [
    role === 'events'
      ? 'Declarations and the stacks generated from them.'
      : 'The stack and the client generated from the declarations.',
    ...(requestedBy === undefined ? [] : [`Asked for by ${plainTitle(requestedBy)}.`]),
    ...(url === undefined ? [] : [`Change request: ${oneLine(url)}`]),
    `Busline-Request: ${plan.requestHash}`,
  ];
  return `${lines.join('\n')}\n`;
}

function joined(parts: readonly string[]): string {
  const kept: string[] = [];
  let length = 0;
  for (const part of parts.filter(Boolean)) {
    if (length + part.length > MAX_BODY) {
      kept.push('_The rest is on the page of the change request._');
      break;
    }
    kept.push(part);
    length += part.length + 2;
  }
  return kept.join('\n\n');
}

function intro(plan: Plan, { url, requestedBy }: PullRequestTextOptions): readonly string[] {
  const reason = 'reason' in plan.request && plan.request.kind !== 'deprecate' ? plan.request.reason : undefined;
  const from = [
    ...(requestedBy === undefined ? [] : [`Asked for by ${code(requestedBy)}.`]),
    ...(url !== undefined && /^https?:\/\/[^\s()<>]+$/.test(url) ? [`[Change request](${url})`] : []),
  ];
  return [
    from.join(' '),
    plan.summary.join('\n\n'),
    reason === undefined || reason.trim() === '' ? '' : `**Why:** ${prose(excerpt(reason, 2_000))}`,
  ];
}

function eventParts(plan: Plan, repository: RepositoryChange): readonly string[] {
  return [permissions(plan), checks(plan), people(plan), quotas(plan), cost(plan), files(repository), steps(plan)];
}

function serviceParts(plan: Plan, repository: RepositoryChange): readonly string[] {
  const other = plan.repositories.find(({ role }) => role === 'events');
  return [
    'This pull request holds what is generated for the service: its CloudFormation stack and its typed client. What is declared, and who may do what, is in the pull request of the event repository.',
    other === undefined ? '' : `It has the same branch: ${code(plan.branch)}.`,
    files(repository),
    steps(plan),
  ];
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map(row => `| ${row.map(cell).join(' | ')} |`).join('\n');

function permissions(plan: Plan): string {
  const { permissions: all, proof } = plan;
  if (all.length === 0) return `## Permissions\n\n${prose(proof.sentence)}`;
  const rows = all.map(each => [
    each.change,
    prose(each.who),
    prose(each.what),
    prose(each.where),
    conditionCell(each),
  ]);
  const statements = all.map(
    each =>
      `**${each.change}**, ${each.on.type} of ${code(each.on.name)}: ${prose(each.words)}\n\n${fenced(
        JSON.stringify(each.statement, undefined, 2),
        'json',
      )}`,
  );
  return `## Permissions

${prose(proof.sentence)}

${table(['', 'Who', 'May', 'Where', 'When'], rows)}

<details><summary>Policy statements</summary>

${statements.join('\n\n')}

</details>`;
}

function conditionCell({ condition, adds, sharedWith }: Permission): string {
  const parts = [
    ...(condition === undefined ? [] : [prose(excerpt(condition, 300))]),
    ...(adds.length > 0 ? [`new: ${adds.map(code).join(', ')}`] : []),
    ...(sharedWith.length > 0 ? [`usable by ${sharedWith.map(code).join(', ')} in the same account`] : []),
  ];
  return parts.join('; ');
}

function checks({ checks: all }: Plan): string {
  if (all.length === 0) return '';
  return `## Checks\n\n${table(
    ['', 'Check', ''],
    all.map(({ status, title, detail }) => [SYMBOLS[status], title, detail]),
  )}`;
}

function people({ people: all }: Plan): string {
  if (all.length === 0) return '';
  const rows = all.map(({ owner, roles, why, mustApprove }) => [
    code(owner),
    `${roles.join(', ')}${mustApprove ? ' — **must approve**' : ''}`,
    why.map(prose).join('; '),
  ]);
  return `## People\n\n${table(['Who', 'As', 'Why'], rows)}`;
}

const number = (value: number) => value.toLocaleString('en-US');

function quotas({ quotas: all }: Plan): string {
  const changed = all.filter(({ before, after }) => before !== after);
  if (changed.length === 0) return '';
  const rows = changed.map(({ name, of, before, after, limit, unit }) => [
    `${prose(name)} of ${prose(of)}`,
    `${number(before)} → ${number(after)}`,
    `${number(limit)} ${unit}`,
  ]);
  return `## Quotas\n\n${table(['Quota', 'Use', 'Limit'], rows)}`;
}

function cost({ cost: of }: Plan): string {
  if (of.items.length === 0) return '';
  const rows = of.items.map(({ title, units, unit, perMonth }) => [
    title,
    `${number(units)} ${unit}`,
    `$${perMonth.toFixed(2)}`,
  ]);
  return `## Cost

$${of.perMonth.toFixed(2)} a month at ${number(of.eventsPerMonth)} events each of ${number(of.eventSizeBytes)} bytes (${
    of.region
  }, prices of ${of.pricesOf}).

${table(['', 'Units a month', 'USD'], rows)}`;
}

function files({ files: all }: RepositoryChange): string {
  const shown = [...all].sort((a, b) => Number(a.generated) - Number(b.generated)).slice(0, MAX_FILES);
  const rows = shown.map(({ path, status, generated }) => [status, code(path), generated ? 'generated' : '']);
  const rest = all.length > shown.length ? `\n\nand ${all.length - shown.length} more.` : '';
  return `## Files\n\n${table(['', 'File', ''], rows)}${rest}`;
}

function steps({ steps: all }: Plan): string {
  return `## From here to live\n\n${all.map(({ title, detail }, i) => `${i + 1}. ${title}. ${detail}`).join('\n')}`;
}

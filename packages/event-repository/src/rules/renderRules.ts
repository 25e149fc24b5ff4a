import { EVOLUTION_RULES, type EvolutionRule } from '../evolution/rules';
import { LINT_RULES } from '../lint/rules';
import type { Rule, RuleCategory } from './rule';
import { RULES } from './rules';

const HEADINGS: Readonly<Record<RuleCategory, string>> = {
  files: 'Files',
  shape: 'Shape of YAML files',
  names: 'Names',
  references: 'References',
  duplicates: 'One thing declared twice',
  schemas: 'Schemas and examples',
  patterns: 'Subscriptions',
  history: 'Released versions',
  text: 'Texts',
};

type Row = Pick<Rule, 'id' | 'severity' | 'purpose'>;

const table = (rules: readonly Row[]) =>
  `| Rule | Severity | Why |\n| --- | --- | --- |\n${rules
    .map(({ id, severity, purpose }) => `| \`${id}\` | ${severity} | ${purpose} |\n`)
    .join('')}`;

const LINT_WORDS = `Of the current version of each event type. Each can be turned off with a reason, in \`event.yaml\`, a domain or \`busline.yaml\`:
\`schemas: { off: { field-name-style: The names are those of the old system. } }\`; \`'*'\` turns all off.`;

/** The rules on the way from one version to the next, as Markdown; what breaks is the engine's own table. */
export function renderEvolutionRules(): string {
  const of = (group: EvolutionRule['group']) => table(EVOLUTION_RULES.filter(rule => rule.group === group));
  return `## What breaks\n\nEach finding names the direction, the place in both versions, and an event that proves it.\n\n${of(
    'breaking',
  )}\n## Beside it\n\n${of('versions')}`;
}

/** The rule table as Markdown: the documentation is made from what runs. */
export function renderRules(rules: readonly Rule[] = RULES): string {
  const sections = Object.entries(HEADINGS).map(([category, heading]) => {
    return `## ${heading}\n\n${table(rules.filter(rule => rule.category === category))}`;
  });
  const lint = rules === RULES ? `\n## Lint of schemas\n\n${LINT_WORDS}\n\n${table(LINT_RULES)}` : '';
  return `# Rules of an event repository\n\n\`busline check\` and the portal report each finding as \`file:line:column message (rule)\`. Errors make the check fail; warnings do not.\n\n${sections.join(
    '\n',
  )}${lint}`;
}

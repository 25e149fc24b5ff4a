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

/** The rule table as Markdown: the documentation is made from what runs. */
export function renderRules(rules: readonly Rule[] = RULES): string {
  const sections = Object.entries(HEADINGS).map(([category, heading]) => {
    const rows = rules
      .filter(rule => rule.category === category)
      .map(({ id, severity, purpose }) => `| \`${id}\` | ${severity} | ${purpose} |`);
    return `## ${heading}\n\n| Rule | Severity | Why |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `# Rules of an event repository\n\n\`busline check\` and the portal report each finding as \`file:line:column message (rule)\`. Errors make the check fail; warnings do not.\n\n${sections.join(
    '\n',
  )}`;
}

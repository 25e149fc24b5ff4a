/*
 * Writes what is made from the code: the published JSON Schemas, RULES.md, and the rules in docs/schema-evolution.md.
 *
 *     node --require @backstage/cli/config/nodeTransform.cjs packages/event-repository/scripts/generate.ts
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILE_SCHEMAS, jsonText, renderEvolutionRules, renderRules } from '../src';

const root = join(__dirname, '..');
mkdirSync(join(root, 'schemas'), { recursive: true });
for (const [kind, schema] of Object.entries(FILE_SCHEMAS)) {
  writeFileSync(join(root, 'schemas', `${kind}.schema.json`), jsonText(schema));
}
writeFileSync(join(root, 'RULES.md'), renderRules());

/** Between these two comments stands what is made from the code. */
const RULES_PART = /(<!-- rules: [^>]*-->\n)[^]*(<!-- end of rules -->)/;
const page = join(root, '../../docs/schema-evolution.md');
writeFileSync(
  page,
  readFileSync(page, 'utf8').replace(
    RULES_PART,
    (_, begin: string, end: string) => `${begin}\n${renderEvolutionRules()}\n${end}`,
  ),
);

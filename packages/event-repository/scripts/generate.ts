/*
 * Writes what is made from the code: the published JSON Schemas and RULES.md.
 *
 *     node --require @backstage/cli/config/nodeTransform.cjs packages/event-repository/scripts/generate.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILE_SCHEMAS, jsonText, renderRules } from '../src';

const root = join(__dirname, '..');
mkdirSync(join(root, 'schemas'), { recursive: true });
for (const [kind, schema] of Object.entries(FILE_SCHEMAS)) {
  writeFileSync(join(root, 'schemas', `${kind}.schema.json`), jsonText(schema));
}
writeFileSync(join(root, 'RULES.md'), renderRules());

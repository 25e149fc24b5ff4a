// Writes src/schema/openapi.generated.ts from openapi.yaml: `yarn openapi`. A test fails when it was forgotten.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

const folder = path.join(path.dirname(new URL(import.meta.url).pathname), '../src/schema');
const spec = parse(readFileSync(path.join(folder, 'openapi.yaml'), 'utf8'), { merge: true });
writeFileSync(
  path.join(folder, 'openapi.generated.ts'),
  `// Made from openapi.yaml by \`yarn openapi\`. Change that file instead.\n/* eslint-disable */\nexport const spec = ${JSON.stringify(
    spec,
    null,
    2,
  )};\n`,
);

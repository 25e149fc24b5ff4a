// Writes src/schema/openapi.generated.ts from openapi.yaml: `yarn openapi`. A test fails when it was forgotten.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';
import { parse } from 'yaml';

const folder = path.join(path.dirname(new URL(import.meta.url).pathname), '../src/schema');
const spec = parse(readFileSync(path.join(folder, 'openapi.yaml'), 'utf8'), { merge: true });
const file = path.join(folder, 'openapi.generated.ts');
const text = `// Made from openapi.yaml by \`yarn openapi\`. Change that file instead.\n/* eslint-disable */\nexport const spec = ${JSON.stringify(
  spec,
  null,
  2,
)};\n`;
writeFileSync(file, prettier.format(text, { ...(await prettier.resolveConfig(file)), filepath: file }));

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { spec } from './openapi.generated';

it('openapi.generated.ts is what `yarn openapi` makes of openapi.yaml', () => {
  const yaml = readFileSync(path.join(__dirname, 'openapi.yaml'), 'utf8');
  expect(spec).toEqual(parse(yaml, { merge: true }));
});

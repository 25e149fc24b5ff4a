import { checkSchema } from '@busline/json-schema';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonText } from '../writing/writeEventRepository';
import { FILE_SCHEMAS } from './index';

describe('published schemas', () => {
  it.each(Object.entries(FILE_SCHEMAS))('%s: the file is what the reader checks with', (kind, schema) => {
    const file = join(__dirname, '../../schemas', `${kind}.schema.json`);
    expect(readFileSync(file, 'utf8')).toBe(jsonText(schema));
  });

  it.each(Object.entries(FILE_SCHEMAS))('%s: is a JSON Schema', (_, schema) => {
    expect(checkSchema(schema)).toEqual([]);
  });
});

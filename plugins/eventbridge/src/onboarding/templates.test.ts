/** @jest-environment node */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { templateEntityV1beta3Validator } from '@backstage/plugin-scaffolder-common';
import { parse } from 'yaml';
import { FIELDS } from './fieldTable';
import { PAGE_FIELDS } from './form/pointers';

const FOLDER = join(__dirname, '../../../../templates');
const NAMES = readdirSync(FOLDER).filter(name => !name.includes('.'));

interface Page {
  readonly properties: Record<string, { 'ui:field'?: string; 'ui:options'?: { kind?: string; pages?: string[] } }>;
}

describe.each(NAMES)('template %s', name => {
  const template = parse(readFileSync(join(FOLDER, name, 'template.yaml'), 'utf8'));
  const pages = template.spec.parameters as readonly Page[];
  const properties = pages.flatMap(page => Object.entries(page.properties));

  it('is what the scaffolder takes', async () => {
    await expect(templateEntityV1beta3Validator.check(template)).resolves.toBe(true);
    expect(template.metadata.name).toBe(name);
    expect(template.spec.EXPERIMENTAL_recovery.EXPERIMENTAL_strategy).toBe('startOver');
  });

  it('uses fields that there are', () => {
    const names = FIELDS.map(field => field.name);
    for (const [, property] of properties) expect(names).toContain(property['ui:field']);
  });

  it('tells the plan its pages in their order', () => {
    const keys = properties.map(([key]) => key);
    const plan = properties.find(([key]) => key === 'plan')![1];
    expect([...plan['ui:options']!.pages!, 'plan']).toEqual(keys);
    for (const key of plan['ui:options']!.pages!) expect(Object.keys(PAGE_FIELDS)).toContain(key);
  });
});

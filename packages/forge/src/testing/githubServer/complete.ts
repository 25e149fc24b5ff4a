import { loadDescription, type Schema } from './description';

/**
 * Answers of GitHub have dozens of required fields that no test looks at. Given those that matter, this adds the others
 * with the plainest value that the description allows.
 */
export function complete(schema: Schema, value: unknown): unknown {
  const plain = flat(schema, value);
  if (value === undefined) return plainest(plain);
  if (Array.isArray(value)) return plain.items ? value.map(item => complete(plain.items as Schema, item)) : value;
  if (typeof value !== 'object' || value === null) return value;
  const given = value as Readonly<Record<string, unknown>>;
  const properties = plain.properties ?? {};
  const names = new Set([...Object.keys(given), ...(plain.required ?? [])]);
  return Object.fromEntries(
    [...names].map(name => [name, properties[name] ? complete(properties[name], given[name]) : given[name] ?? '']),
  );
}

/** Without references and with all parts of `allOf` in one; of alternatives the one that the value is meant for. */
function flat(schema: Schema, value: unknown): Schema {
  const resolved = loadDescription().resolve<Schema>(schema);
  const nullable = schema.nullable ?? resolved.nullable;
  const alternatives = (resolved.oneOf ?? resolved.anyOf ?? []).map(each => flat(each, value));
  const chosen = alternatives.find(each => isMeant(each, value)) ?? alternatives[0];
  const parts = [...(resolved.allOf ?? []).map(part => flat(part, value)), ...(chosen ? [chosen] : [])];
  const merged = parts.reduce(
    (all, part) => ({
      ...part,
      ...all,
      properties: { ...part.properties, ...all.properties },
      required: [...(all.required ?? []), ...(part.required ?? [])],
    }),
    resolved,
  );
  return nullable === undefined ? merged : { ...merged, nullable };
}

function isMeant({ type, properties }: Schema, value: unknown): boolean {
  if (Array.isArray(value) !== (type === 'array')) return false;
  const kind = (value as { type?: unknown } | undefined)?.type;
  return kind === undefined || (properties?.type?.enum?.includes(kind) ?? true);
}

function plainest(schema: Schema): unknown {
  if (schema.nullable) return null;
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return complete(schema, {});
    case 'array':
      return [];
    case 'string':
      return plainestText(schema.format);
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    default:
      return schema.properties ? complete(schema, {}) : '';
  }
}

function plainestText(format: string | undefined): string {
  if (format === 'uri') return 'https://github.example/';
  if (format === 'date-time') return '2026-01-01T00:00:00Z';
  return format === 'email' ? 'nobody@github.example' : '';
}

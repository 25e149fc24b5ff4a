import { checkSchema, compileSchema, UnresolvableReferenceError, type ValidationError } from '@busline/json-schema';
import { isObject, objectOf } from '../declarations/values';
import { ALL_LINT_RULES, LINT_RULES } from '../lint/rules';
import { didYouMean } from '../text/nearest';
import { formatPointer, parsePointer, type Pointer } from '../text/position';
import type { Json } from '../types';
import type { FileSubject, Report, Rule } from './rule';

const LINT_RULE_IDS = LINT_RULES.map(({ id }) => id);

/** Findings per example or schema; the reader of the list has understood by then. */
const MAX_FINDINGS = 20;

/** A reference that does not begin with `#`. Looked for in the text first, since most schemas have none. */
const FOREIGN_REFERENCE = /"\$(?:ref|dynamicRef|recursiveRef)"\s*:\s*"[^#"]/;

function schemaValue({ at, json }: FileSubject): Json | undefined {
  return at.kind === 'schema' && json?.ok ? json.value : undefined;
}

/** Every `$ref` of a document, and every name that a reference inside it may use. */
function references(root: Json): {
  readonly refs: readonly { readonly pointer: Pointer; readonly ref: string }[];
  readonly ids: ReadonlySet<string>;
} {
  const refs: { pointer: Pointer; ref: string }[] = [];
  const ids = new Set<string>();
  const visit = (value: Json, pointer: Pointer) => {
    if (Array.isArray(value)) {
      value.forEach((child, index) => visit(child, [...pointer, index]));
    } else if (isObject(value)) {
      for (const [key, child] of Object.entries(value)) {
        const isText = typeof child === 'string';
        if (isText && /^\$(ref|dynamicRef|recursiveRef)$/.test(key)) {
          refs.push({ pointer: [...pointer, key], ref: child });
        } else if (isText && (key === '$id' || key === 'id')) {
          ids.add(child.replace(/#$/, ''));
        } else if (key !== 'const' && key !== 'enum' && key !== 'examples' && key !== 'default') {
          visit(child, [...pointer, key]);
        }
      }
    }
  };
  visit(root, []);
  return { refs, ids };
}

/** Whether a reference stays in its document, by one of the ids given there. */
function staysInside(ref: string, ids: ReadonlySet<string>): boolean {
  const target = ref.replace(/#.*$/s, '');
  if (target === '' || ids.has(target)) return true;
  return [...ids].some(id => {
    try {
      return ids.has(new URL(target, id).href);
    } catch {
      return false;
    }
  });
}

function foreignReferences(file: FileSubject): readonly { readonly pointer: Pointer; readonly ref: string }[] {
  const schema = schemaValue(file);
  if (schema === undefined || !FOREIGN_REFERENCE.test(file.text)) return [];
  const { refs, ids } = references(schema);
  return refs.filter(({ ref }) => !staysInside(ref, ids));
}

function limited<T>(findings: readonly T[], report: Report, each: (finding: T) => void): void {
  findings.slice(0, MAX_FINDINGS).forEach(each);
  const rest = findings.length - MAX_FINDINGS;
  if (rest > 0) report({ message: `and ${rest} more of this kind` });
}

function describeError(error: ValidationError): string {
  const field = formatPointer(parsePointer(error.instancePath));
  return `${field === '' ? 'the example' : field} ${error.message}`;
}

/** Lint rules that are turned off in a file: their ids. */
function rulesOff({ at, raw }: FileSubject): readonly string[] {
  if (at.kind !== 'busline' && at.kind !== 'domain' && at.kind !== 'event') return [];
  return Object.keys(objectOf(objectOf(raw?.schemas).off));
}

export const schemaRules: readonly Rule[] = [
  {
    id: 'invalid-schema',
    purpose: 'A schema that is no JSON Schema describes nothing.',
    severity: 'error',
    category: 'schemas',
    checkFile(file, report) {
      const schema = schemaValue(file);
      if (schema === undefined) return;
      const foreign = new Set(foreignReferences(file).map(({ pointer }) => pointer.join('/')));
      const problems = checkSchema(schema).filter(({ path }) => !foreign.has(parsePointer(path).join('/')));
      limited(problems, report, ({ path, message }) => {
        const place = formatPointer(parsePointer(path));
        report({
          pointer: parsePointer(path),
          message: place === '' ? message : `${place}: ${message}`,
        });
      });
    },
  },
  {
    id: 'schema-reference-outside',
    purpose: 'A schema refers only to what stands in its own document; nothing is ever fetched.',
    severity: 'error',
    category: 'schemas',
    checkFile(file, report) {
      limited(foreignReferences(file), report, ({ pointer, ref }) =>
        report({
          pointer,
          message: `refers to ${JSON.stringify(
            ref,
          )} outside of the document; nothing is fetched: copy what is needed below $defs`,
        }),
      );
    },
  },
  {
    id: 'invalid-example',
    purpose: 'An example is an event that its schema accepts.',
    severity: 'error',
    category: 'schemas',
    checkExample({ value, schema }, report) {
      try {
        const result = schema.validate(value);
        if (result.valid) return;
        limited(result.errors, report, error =>
          report({
            pointer: parsePointer(error.instancePath),
            message: describeError(error),
          }),
        );
      } catch (error) {
        // The schema's own file tells about references; nothing can be said of the example.
        if (!(error instanceof UnresolvableReferenceError)) {
          report({ message: `cannot be checked: ${(error as Error).message}` });
        }
      }
    },
  },
  {
    id: 'unknown-lint-rule',
    purpose: 'What is turned off under `schemas.off` is a lint rule: another name turns nothing off.',
    severity: 'error',
    category: 'schemas',
    checkFile(file, report) {
      for (const id of rulesOff(file)) {
        if (id === ALL_LINT_RULES || LINT_RULE_IDS.includes(id)) continue;
        report({
          pointer: ['schemas', 'off', id],
          at: 'key',
          message: `there is no lint rule ${JSON.stringify(id)}${didYouMean(id, LINT_RULE_IDS)}`,
        });
      }
    },
  },
  {
    id: 'example-without-schema',
    purpose: 'Examples stand beside the schema of the version that they belong to.',
    severity: 'error',
    category: 'schemas',
    checkPaths(all, report) {
      for (const path of all) {
        const match = /^(events\/[^/]+\/[^/]+\/[^/]+)\/examples\/[^/]+\.json$/.exec(path);
        if (match && !all.has(`${match[1]}/schema.json`)) {
          report(path, { message: `there is no ${match[1]}/schema.json` });
        }
      }
    },
  },
  {
    id: 'event-without-declaration',
    purpose: 'A folder with schema versions needs an event.yaml that says which event type it is.',
    severity: 'error',
    category: 'schemas',
    checkPaths(all, report) {
      const told = new Set<string>();
      for (const path of all) {
        const match = /^(events\/[^/]+\/[^/]+)\/[^/]+\/schema\.json$/.exec(path);
        if (!match || told.has(match[1]) || all.has(`${match[1]}/event.yaml`)) continue;
        told.add(match[1]);
        report(path, { message: `there is no ${match[1]}/event.yaml` });
      }
    },
  },
  {
    id: 'event-without-schema',
    purpose: 'An event type without any schema version tells nobody what it carries.',
    severity: 'warning',
    category: 'schemas',
    checkRepository({ repository }, report) {
      for (const { versions, place, lifecycle } of repository.eventTypes) {
        if (versions.length === 0 && lifecycle !== 'retired') {
          report(place.file, { message: 'has no schema version' });
        }
      }
    },
  },
];

/** The schema of a version, ready to check its examples; undefined where it cannot be. */
export function compileForExamples(schema: Json) {
  try {
    return compileSchema(schema);
  } catch {
    return undefined;
  }
}

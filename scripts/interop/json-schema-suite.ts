/*
 * Runs the official JSON Schema test suite against our validator: every
 * required test of the five drafts, and the optional ones about formats.
 *
 * The suite has no npm package; the sdist of the Python package `jsonschema`
 * carries it (MIT), and pip fetches that. Needs Python 3 with pip.
 *
 *   node --require @backstage/cli/config/nodeTransform.cjs scripts/interop/json-schema-suite.ts [--suite DIR]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { compileSchema, type Draft } from '../../packages/json-schema/src';

const PACKAGE = 'jsonschema==4.23.0';

const FOLDERS: readonly (readonly [string, Draft])[] = [
  ['draft4', 'draft-04'],
  ['draft6', 'draft-06'],
  ['draft7', 'draft-07'],
  ['draft2019-09', '2019-09'],
  ['draft2020-12', '2020-12'],
];

interface SuiteCase {
  readonly description: string;
  readonly schema: unknown;
  readonly tests: readonly {
    readonly description: string;
    readonly data: unknown;
    readonly valid: boolean;
  }[];
}

interface Exception {
  readonly reason: string;
  /** Most tests that this may excuse; more is a failure. */
  readonly limit: number;
  /** `name` is `folder/file: case: test`, `verdict` ours */
  readonly excuses: (name: string, verdict: boolean | string) => boolean;
}

/** Tests that are not expected to pass, and why. */
const EXCEPTIONS: readonly Exception[] = [
  {
    reason: 'refers to another document (nothing is ever fetched)',
    limit: 175,
    excuses: (name, verdict) =>
      /\/(refRemote|vocabulary|definitions|defs|ref|dynamicRef)\.json: /.test(name) &&
      typeof verdict === 'string' &&
      verdict.includes('it leaves the document'),
  },
  {
    reason: 'switches keywords off by a meta-schema that is another document',
    limit: 2,
    excuses: name => name.includes('/vocabulary.json: '),
  },
  {
    reason: 'idn-hostname is checked for letters, digits and lengths, not by the tables of IDNA 2008',
    limit: 54,
    excuses: name => name.includes('/optional/format/idn-hostname.json: '),
  },
];

function fetchSuite(folder: string): string {
  const python = process.env.PYTHON ?? 'python3';
  execFileSync(
    python,
    ['-m', 'pip', 'download', '--quiet', '--no-deps', '--no-binary', ':all:', '--dest', folder, PACKAGE],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const archive = readdirSync(folder).find(name => name.endsWith('.tar.gz'));
  if (!archive) {
    throw new Error(`pip left no archive of ${PACKAGE} in ${folder}`);
  }
  execFileSync('tar', ['xzf', join(folder, archive), '-C', folder]);
  return join(folder, basename(archive, '.tar.gz'), 'json', 'tests');
}

/** Files of a draft: required ones, and formats with `format` asserted. */
function filesOf(folder: string): readonly (readonly [string, boolean])[] {
  const json = (path: string) =>
    readdirSync(path)
      .filter(name => name.endsWith('.json'))
      .map(name => join(path, name));
  return [
    ...json(folder).map(path => [path, false] as const),
    ...json(join(folder, 'optional', 'format')).map(path => [path, true] as const),
  ];
}

interface Tally {
  passed: number;
  readonly failed: string[];
  readonly excused: Map<Exception, number>;
}

function runFile(path: string, draft: Draft, assertFormat: boolean, tally: Tally): void {
  const cases: readonly SuiteCase[] = JSON.parse(readFileSync(path, 'utf8'));
  const file = path.split('/tests/')[1];
  for (const { description, schema, tests } of cases) {
    for (const test of tests) {
      const name = `${file}: ${description}: ${test.description}`;
      let verdict: boolean | string;
      try {
        verdict = compileSchema(schema, {
          draft,
          format: assertFormat ? 'assert' : 'annotation',
        }).isValid(test.data);
      } catch (error) {
        verdict = String(error);
      }
      const exception = EXCEPTIONS.find(each => each.excuses(name, verdict));
      if (verdict === test.valid) {
        tally.passed += 1;
      } else if (exception) {
        tally.excused.set(exception, (tally.excused.get(exception) ?? 0) + 1);
      } else {
        tally.failed.push(`${name}: wanted ${test.valid}, got ${verdict}`);
      }
    }
  }
}

function main(): void {
  const given = process.argv.indexOf('--suite');
  const temporary = given === -1 ? mkdtempSync(join(tmpdir(), 'json-schema-suite-')) : undefined;
  try {
    const suite = temporary ? fetchSuite(temporary) : process.argv[given + 1];
    const tally: Tally = { passed: 0, failed: [], excused: new Map() };
    for (const [folder, draft] of FOLDERS) {
      for (const [path, assertFormat] of filesOf(join(suite, folder))) {
        runFile(path, draft, assertFormat, tally);
      }
    }
    tally.failed.forEach(line => console.log(`FAILED ${line}`));
    tally.excused.forEach((count, { reason, limit }) => {
      console.log(`${count} not expected to pass: ${reason}`);
      if (count > limit) {
        tally.failed.push(reason);
        console.log(`FAILED more than the ${limit} tests that this excuses`);
      }
    });
    console.log(`${tally.passed} passed, ${tally.failed.length} failed`);
    process.exitCode = tally.failed.length === 0 && tally.passed > 0 ? 0 : 1;
  } finally {
    if (temporary) {
      rmSync(temporary, { recursive: true, force: true });
    }
  }
}

main();

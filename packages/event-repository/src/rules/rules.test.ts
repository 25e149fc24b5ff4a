import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { formatProblem } from '../reading/places';
import { readEventRepository } from '../reading/readEventRepository';
import { contentHash } from '../text/contentHash';
import { renderRules } from './renderRules';
import { RULES } from './rules';

/*
 * A folder per rule, laid over `base`, which has no problems. What a file
 * system cannot hold stands in `files.json` (path to text), what is large in
 * `generate.json`, what is taken away in `removed.json`, and what was released
 * in `released.json`. `expected.txt` has every problem.
 */
const FIXTURES = join(__dirname, '__fixtures__');
const CONTROL = new Set(['files.json', 'generate.json', 'removed.json', 'released.json', 'expected.txt']);

function filesIn(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .map(path => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
  );
}

function control<T>(folder: string, name: string): T | undefined {
  const path = join(folder, name);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

function fixture(rule: string) {
  const folder = join(FIXTURES, rule);
  const files = filesIn(join(FIXTURES, 'base'));
  for (const [path, text] of filesIn(folder)) {
    if (!CONTROL.has(path)) files.set(path, text);
  }
  for (const [path, text] of Object.entries(control<Record<string, string>>(folder, 'files.json') ?? {})) {
    files.set(path, text);
  }
  type Large = Record<string, { prefix: string; times: number; suffix: string }>;
  for (const [path, { prefix, times, suffix }] of Object.entries(control<Large>(folder, 'generate.json') ?? {})) {
    files.set(path, prefix + 'x'.repeat(times) + suffix);
  }
  for (const path of control<string[]>(folder, 'removed.json') ?? []) files.delete(path);
  const released = control<Record<string, string>>(folder, 'released.json');
  return {
    files: {
      paths: () => [...files.keys()],
      read: (path: string) => files.get(path),
    },
    released: released && new Map(Object.entries(released).map(([path, text]) => [path, contentHash(text)])),
  };
}

function problemsOf(rule: string): string {
  const { files, released } = fixture(rule);
  const { problems } = readEventRepository(files, { released });
  return problems.map(problem => `${formatProblem(problem)}\n`).join('');
}

describe('rules', () => {
  it('find nothing where nothing is wrong', () => {
    expect(problemsOf('base')).toBe('');
  });

  it.each(RULES.map(({ id }) => id))('%s', id => {
    const found = problemsOf(id);
    expect(found).toBe(readFileSync(join(FIXTURES, id, 'expected.txt'), 'utf8'));
    expect(found).toContain(`(${id})\n`);
  });

  it('have one folder each, and no folder is left over', () => {
    const folders = readdirSync(FIXTURES).filter(name => name !== 'base');
    expect(folders.sort()).toEqual(RULES.map(({ id }) => id).sort());
  });

  it('are documented in RULES.md as they are', () => {
    expect(readFileSync(join(__dirname, '../../RULES.md'), 'utf8')).toBe(renderRules());
  });
});

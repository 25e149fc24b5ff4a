const { readdirSync, readFileSync, existsSync } = require('node:fs');
const path = require('node:path');
const { RuleTester, Linter } = require('eslint');
const { forbiddenSyntax, placeOf } = require('./storeys');

/** What an .eslintrc.js has to say. */
const HELD = /require\('[./]+(scripts\/eslint|eslint-config|src)'\)\(__dirname\)/;
const ROOT = path.resolve(__dirname, '../../..');
const noRestrictedSyntax = new Linter().getRules().get('no-restricted-syntax');
const tester = new RuleTester({
  parser: require.resolve('@typescript-eslint/parser'),
  parserOptions: { ecmaVersion: 2022, sourceType: 'module' },
});

/** Every way to name a module. */
const waysToImport = name => [
  `import { a } from '${name}';`,
  `import type { A } from '${name}';`,
  `import '${name}';`,
  `export { a } from '${name}';`,
  `export * from '${name}';`,
  `const a = import('${name}');`,
  `const a = require('${name}');`,
  `const a = require.resolve('${name}');`,
  `type A = import('${name}').A;`,
  `import a = require('${name}');`,
];

function check(packageName, { allowed, forbidden }) {
  const options = forbiddenSyntax(packageName);
  tester.run(packageName, noRestrictedSyntax, {
    valid: allowed.flatMap(name => waysToImport(name).map(code => ({ code, options }))),
    invalid: forbidden.flatMap(name => waysToImport(name).map(code => ({ code, options, errors: 1 }))),
  });
}

check('@busline/json-schema', {
  allowed: ['yaml', './path', '../url', './node/fs', '@busline-else/cli', 'urls', 'path-browserify'],
  forbidden: ['url', 'zlib', 'fs', 'fs/promises', 'path', 'process', 'node:fs', 'node:crypto', '@backstage/config']
    .concat(['@aws-sdk/client-sts', '@smithy/types', 'react', 'react-dom/client', '@mui/material/Box'])
    .concat([
      '@busline/access-policy',
      '@busline/event-repository',
      '@busline/forge',
      '@busline/plugin-eventbridge',
      'app',
    ]),
});
check('@busline/infrastructure', {
  allowed: ['@busline/event-repository', '@busline/access-policy', '@busline/event-pattern'],
  forbidden: ['@busline/codegen', '@busline/codegen/testing', '@busline/aws-estate', 'zlib', 'backend'],
});
check('@busline/aws-estate', {
  allowed: ['node:fs', 'url', '@aws-sdk/client-sts', '@busline/onboarding', '@busline/forge'],
  forbidden: ['@busline/local-aws', '@busline/plugin-eventbridge-common', '@busline/cli', '@busline/event-client'],
});
check('@busline/plugin-eventbridge-backend', {
  allowed: ['@busline/plugin-eventbridge-node', '@busline/aws-estate', '@backstage/config'],
  forbidden: ['@busline/plugin-eventbridge', '@busline/sandbox', 'app', 'backend'],
});
check('app', {
  allowed: ['@busline/plugin-eventbridge', '@busline/plugin-eventbridge-common', 'react', './app'],
  forbidden: ['backend', '@busline/event-client'],
});
check('backend', {
  allowed: ['@busline/plugin-eventbridge-backend', 'app', 'app/package.json', 'node:fs'],
  forbidden: ['@busline/subscriber-constructs', '@busline/eslint-config'],
});
check('@busline/subscriber-constructs', {
  allowed: ['@busline/infrastructure', 'aws-cdk-lib'],
  forbidden: ['@busline/onboarding', '@busline/plugin-eventbridge-common'],
});
check('@busline/something-new', {
  allowed: ['node:fs', 'appetite'],
  forbidden: ['@busline/json-schema', 'app'],
});

describe('the packages of the repository', () => {
  const folders = ['packages', 'plugins']
    .flatMap(parent => readdirSync(path.join(ROOT, parent)).map(name => path.join(ROOT, parent, name)))
    .filter(folder => existsSync(path.join(folder, 'package.json')));
  const nameOf = folder => JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).name;

  it('are found', () => {
    expect(folders.length).toBeGreaterThan(15);
  });

  it('all have a place', () => {
    expect(folders.map(nameOf).filter(name => placeOf(name) === undefined)).toEqual([]);
  });

  it('all are held by the rule', () => {
    const without = folders.filter(folder => {
      const file = path.join(folder, '.eslintrc.js');
      return !existsSync(file) || !HELD.test(readFileSync(file, 'utf8'));
    });
    expect(without.map(nameOf)).toEqual([]);
  });

  it('all import down', () => {
    // As their lint does, without the rest of the rules.
    const linter = new Linter();
    linter.defineParser('typescript', require('@typescript-eslint/parser'));
    const found = folders.flatMap(folder => {
      const rules = { 'no-restricted-syntax': ['error', ...forbiddenSyntax(nameOf(folder))] };
      return sources(path.join(folder, 'src')).flatMap(file =>
        linter
          .verify(readFileSync(file, 'utf8'), {
            parser: 'typescript',
            parserOptions: { ecmaVersion: 2022, sourceType: 'module', ecmaFeatures: { jsx: file.endsWith('x') } },
            rules,
          })
          .filter(({ ruleId }) => ruleId === 'no-restricted-syntax')
          .map(({ line, message }) => `${path.relative(ROOT, file)}:${line} ${message}`),
      );
    });
    expect(found).toEqual([]);
  });
});

/** Source files that are no tests. */
function sources(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .filter(
      name => /\.[jt]sx?$/.test(name) && !/\.test\.|(^|\/)testing\/|setupTests|__testUtils__|__mocks__/.test(name),
    )
    .map(name => path.join(folder, name));
}

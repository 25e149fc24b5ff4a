const path = require('node:path');
const createConfig = require('@backstage/cli/config/eslint-factory');
const { forbiddenSyntax } = require('./storeys');

/** Backstage's lint rules for the package in `dir`, with the import rule of the house. Tests may look at the floors above. */
module.exports = dir => {
  const { name } = require(path.join(dir, 'package.json'));
  const config = createConfig(dir, { restrictedSrcSyntax: forbiddenSyntax(name) });
  return {
    ...config,
    rules: {
      ...config.rules,
      // A file reads from the top down: what it is for first, the helpers below.
      '@typescript-eslint/no-use-before-define': ['error', { functions: false, classes: false, variables: false }],
      // Property tests assert too.
      'jest/expect-expect': ['warn', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
    },
    overrides: [
      ...config.overrides,
      {
        // Backstage's own exception for tests gives no options where a role restricts nothing, and ESLint then keeps those of the sources.
        files: ['**/*.test.*', '**/__testUtils__/**', '**/__mocks__/**', 'scripts/**'],
        rules: { 'no-restricted-syntax': 'off' },
      },
      {
        // What tests share: it may use what the tests use. Playwright's `use` is no hook.
        files: ['**/testing/**', '**/e2e-tests/**'],
        rules: {
          '@backstage/no-undeclared-imports': 'off',
          'no-restricted-syntax': 'off',
          'react-hooks/rules-of-hooks': 'off',
        },
      },
    ],
  };
};

const path = require('node:path');
const { ESLint } = require('eslint');

// ESLint loads every rule of Backstage's.
jest.setTimeout(60_000);

const PACKAGES = path.resolve(__dirname, '../..');

/** What the import rule says about a file that reads another, in a package as it is. */
async function saidOf(packageName, file) {
  const cwd = path.join(PACKAGES, packageName);
  const { rules } = await new ESLint({ cwd }).calculateConfigForFile(path.join(cwd, 'src', file));
  const [level, ...patterns] = rules['no-restricted-syntax'];
  return level === 'off' || level === 0 ? [] : patterns.map(({ message }) => message);
}

const NO_IO = 'Engines and the domain do no I/O: take it as a parameter.';

describe('the rules of a package', () => {
  // A library for everywhere, and one for Node: Backstage has rules of its own for the second only.
  it.each([
    ['infrastructure', [NO_IO]],
    ['codegen', [NO_IO]],
    ['deployment', []],
  ])('keep the imports of %s down in its sources, and let its tests look anywhere', async (name, io) => {
    const said = await saidOf(name, 'a/b.ts');
    expect(said).toEqual(expect.arrayContaining([expect.stringMatching(/^Imports go down: /), ...io]));
    for (const file of ['a.test.ts', 'a/b.test.tsx', '__testUtils__/c.ts', 'a/__mocks__/d.ts', 'testing/e.ts']) {
      expect([file, await saidOf(name, file)]).toEqual([file, []]);
    }
  });
});

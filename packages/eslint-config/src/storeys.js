const { builtinModules } = require('node:module');

/**
 * The storeys of the house, from the ground up: a package may import those listed before it, whether in its own storey or
 * below. Pure storeys keep out all that does I/O, so that they run in Node and in the browser.
 */
const STOREYS = [
  {
    name: 'engines',
    pure: true,
    packages: ['json-schema', 'access-policy', 'event-pattern', 'schema-evolution'],
  },
  {
    name: 'domain',
    pure: true,
    packages: ['event-repository', 'infrastructure', 'codegen', 'onboarding'],
  },
  {
    name: 'adapters',
    packages: ['forge', 'aws-estate', 'local-aws', 'deployment'],
  },
  {
    name: 'hosts',
    packages: [
      'plugin-eventbridge-common',
      'plugin-eventbridge-node',
      'plugin-eventbridge-backend',
      'plugin-catalog-backend-module-eventbridge',
      'plugin-scaffolder-backend-module-eventbridge',
      'plugin-search-backend-module-eventbridge',
      'plugin-eventbridge',
      'sandbox',
      'cli',
    ],
  },
];

/** What is started, and imported by nobody. Their names have no scope. */
const STARTED = ['app', 'backend'];

/** For other people's code, and tools: they stand beside the house, and no storey imports them. `uses` is what they may import of it. */
const BESIDE = [
  { name: '@busline/event-client', uses: [] },
  { name: '@busline/subscriber-constructs', uses: ['@busline/infrastructure', '@busline/access-policy'] },
  { name: '@busline/eslint-config', uses: [] },
];

const ORDER = [
  ...STOREYS.flatMap(storey => storey.packages.map(name => ({ name: `@busline/${name}`, pure: storey.pure === true }))),
  ...STARTED.map(name => ({ name, pure: false })),
];

const NO_IO = 'Engines and the domain do no I/O: take it as a parameter.';
/** What pure storeys keep out, as expressions for the name of a module. */
const IMPURE = [
  { regex: '^node:', message: NO_IO },
  // Without `node:`, as a whole and not as a part: `./path` is a file of ours.
  { regex: `^(${builtinModules.filter(name => !name.startsWith('_')).join('|')})$`, message: NO_IO },
  { regex: '^@backstage/', message: 'Engines and the domain know no Backstage.' },
  { regex: '^(@aws-sdk|@smithy)/', message: 'Engines and the domain know no AWS SDK.' },
  { regex: '^(react|react-dom|@mui|@material-ui)(/|$)', message: 'Engines and the domain have no pages.' },
];

/** Where a package stands; undefined for one that has no place yet. */
function placeOf(packageName) {
  const height = ORDER.findIndex(entry => entry.name === packageName);
  if (height >= 0) return { kind: 'house', height, pure: ORDER[height].pure };
  const beside = BESIDE.find(entry => entry.name === packageName);
  return beside && { kind: 'beside', uses: beside.uses };
}

/**
 * What the package of that name must not import, as expressions for the name of a module: everything above it in the
 * house, everything beside it, and what its storey keeps out.
 * @returns {{ regex: string, message: string }[]}
 */
function forbiddenImports(packageName) {
  const place = placeOf(packageName);
  if (!place) {
    return [
      {
        regex: '^(@busline/|app$|backend$)',
        message: `${packageName} has no place in the house yet: give it one in packages/eslint-config/src/storeys.js.`,
      },
    ];
  }
  const all = [...ORDER, ...BESIDE].map(({ name }) => name);
  const below = place.kind === 'house' ? ORDER.slice(0, place.height).map(({ name }) => name) : place.uses;
  const forbidden = all.filter(name => name !== packageName && !below.includes(name));
  return [
    {
      regex: `^(${forbidden.join('|')})(/|$)`,
      message: `Imports go down: ${packageName} stands below this one, or beside it (see docs/architecture.md).`,
    },
    ...(place.pure ? IMPURE : []),
  ];
}

/** Ways to name a module; `Literal` stands for where the name is. */
const IMPORTS = [
  'ImportDeclaration > Literal.source',
  'ExportNamedDeclaration > Literal.source',
  'ExportAllDeclaration > Literal.source',
  'ImportExpression > Literal.source',
  "CallExpression[callee.name='require'] > Literal",
  "CallExpression[callee.object.name='require'][callee.property.name='resolve'] > Literal",
  'TSImportType > Literal.source',
  'TSExternalModuleReference > Literal',
];

/** The same for the rule `no-restricted-syntax`, which sees every way to import. */
function forbiddenSyntax(packageName) {
  return forbiddenImports(packageName).map(({ regex, message }) => ({
    selector: IMPORTS.map(place => `${place}[value=/${regex.replaceAll('/', '\\u002F')}/]`).join(', '),
    message,
  }));
}

module.exports = { ORDER, BESIDE, forbiddenImports, forbiddenSyntax, placeOf };

/**
 * The storeys of the house, from the ground up: a package may import those listed before it, whether in its own storey or
 * below. `also` names what a storey must keep out: engines and the domain are pure, so that they run in Node and in the browser.
 */
const PURE = [
  {
    group: [
      'node:*',
      'fs',
      'fs/*',
      'path',
      'crypto',
      'http',
      'https',
      'child_process',
      'os',
      'net',
      'stream',
      'worker_threads',
    ],
    message: 'Engines and the domain do no I/O: take it as a parameter.',
  },
  {
    group: ['@backstage/*'],
    message: 'Engines and the domain know no Backstage.',
  },
  {
    group: ['@aws-sdk/*', '@smithy/*'],
    message: 'Engines and the domain know no AWS SDK.',
  },
  {
    group: ['react', 'react-dom', '@mui/*', '@material-ui/*'],
    message: 'Engines and the domain have no pages.',
  },
];

const STOREYS = [
  {
    name: 'engines',
    also: PURE,
    packages: ['json-schema', 'access-policy', 'event-pattern', 'schema-evolution'],
  },
  {
    name: 'domain',
    also: PURE,
    packages: ['event-repository', 'infrastructure', 'codegen', 'onboarding'],
  },
  {
    name: 'adapters',
    also: [],
    packages: ['forge', 'aws-estate', 'deployment', 'local-aws'],
  },
  {
    name: 'hosts',
    also: [],
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

const ORDER = STOREYS.flatMap(storey => storey.packages.map(name => ({ name: `@busline/${name}`, storey })));

/** What the package of that name must not import: everything at its height or above, and what its storey keeps out. */
function restrictedImportPatterns(packageName) {
  const height = ORDER.findIndex(entry => entry.name === packageName);
  if (height < 0) return [];
  const above = ORDER.slice(height).map(entry => entry.name);
  const group = above.filter(name => name !== packageName).flatMap(name => [name, `${name}/*`]);
  return [
    ...(group.length > 0
      ? [
          {
            group,
            message: `Imports go down: ${packageName} stands below these (see docs/architecture.md).`,
          },
        ]
      : []),
    ...ORDER[height].storey.also,
  ];
}

module.exports = { STOREYS, ORDER, restrictedImportPatterns };

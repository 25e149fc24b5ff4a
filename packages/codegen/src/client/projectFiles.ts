import type { Json } from '@busline/event-repository';
import { commentText, scriptText, typescriptLiteral } from '../literals';
import { keysBelowDetail, nested } from '../envelope';
import type { ClientInput, GeneratedFile } from './clientInput';
import type { NamedEventType, NamedVersion } from './clientNames';
import type { NamedSubscription } from './handlerModule';
import { publishedOf } from './publisherModule';

/*
 * What a repository gets once, where it has nothing of that name: enough to install, type-check and test. From then on the files
 * are the service's own.
 */

/** Versions that are there today and that the client was tested with. */
const DEPENDENCIES = { ajv: '^8.17.1', 'ajv-formats': '^3.0.1' };
const AWS_SDK = { '@aws-sdk/client-eventbridge': '^3.700.0' };
const DEV_DEPENDENCIES = { '@types/node': '^22.15.0', typescript: '^5.8.0' };

const json = (value: object) => `${JSON.stringify(value, undefined, 2)}\n`;

export function projectFiles(
  input: ClientInput,
  names: ReadonlyMap<string, NamedEventType>,
  subscriptions: readonly NamedSubscription[],
): readonly GeneratedFile[] {
  const publishes = input.publishes.length > 0;
  const sample = (path: string, text: string): GeneratedFile => ({ path, text, kind: 'sample' });
  return [
    sample('package.json', packageJson(input, publishes)),
    sample('tsconfig.json', json(TSCONFIG)),
    sample('.gitignore', 'node_modules/\ndist/\n'),
    ...sampled(input, subscriptions).flatMap(subscription => [
      sample(`src/on${subscription.typeName}.ts`, sampleHandler(subscription)),
      sample(`test/on${subscription.typeName}.test.ts`, sampleHandlerTest(subscription)),
    ]),
    ...(publishes ? [sample('test/publish.test.ts', samplePublisherTest(input, names))] : []),
  ];
}

function sampled({ sample }: ClientInput, subscriptions: readonly NamedSubscription[]): readonly NamedSubscription[] {
  const wanted = subscriptions.find(({ subscription }) => subscription.name === sample) ?? subscriptions[0];
  return wanted ? [wanted] : [];
}

const TSCONFIG = {
  compilerOptions: {
    target: 'es2023',
    module: 'nodenext',
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    // Node runs these files as they are, and `tsc` writes them with the extension of what it makes.
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    rewriteRelativeImportExtensions: true,
    skipLibCheck: true,
    types: ['node'],
    outDir: 'dist',
  },
  include: ['busline/client', 'src', 'test'],
};

function packageJson(input: ClientInput, publishes: boolean): string {
  return json({
    name: packageName(input.service),
    version: '0.1.0',
    private: true,
    type: 'module',
    engines: { node: '>=22.6' },
    scripts: {
      build: 'tsc',
      check: 'tsc --noEmit',
      test: "tsc --noEmit && node --experimental-strip-types --no-warnings --test 'test/*.test.ts'",
    },
    dependencies: { ...(publishes ? AWS_SDK : {}), ...DEPENDENCIES },
    devDependencies: DEV_DEPENDENCIES,
  });
}

/** What npm takes as a name. */
function packageName(service: string): string {
  return (
    service
      .toLowerCase()
      .replace(/[^a-z0-9._-]/g, '-')
      .replace(/^[._-]+/, '')
      .slice(0, 200) || 'service'
  );
}

function sampleHandler({ typeName, versions, subscription }: NamedSubscription): string {
  const functions = versions.map(
    ({ version }) => `    async ${version.valueName}({ id, data }) {
      // Delivery is at least once and unordered: do nothing that could not be done twice.
      log(${scriptText(`${version.valueName} `)} + id + ' ' + JSON.stringify(data));
    },
`,
  );
  const entry =
    subscription.target === 'sqs' || subscription.target === 'arn' ? `handle${typeName}Batch` : `handle${typeName}`;
  return `import { ${entry}, rememberInMemory } from '../busline/client/index.ts';

/** What this service does with the events of its subscription ${scriptText(commentText(subscription.name))}. */
export const on${typeName} = (log: (line: string) => void = console.log) =>
  ${entry}(
    {
${functions.join('').replace(/^/gm, '  ').replace(/ +$/gm, '')}    },
    { handled: rememberInMemory() },
  );

/** The function that Lambda calls. */
export const handler = on${typeName}();
`;
}

/** An event as it arrives, from a committed example; undefined where there is none. */
function arrivingEvent({ named, version }: NamedSubscription['versions'][number], publisher: string): Json | undefined {
  const [example] = version.version.examples;
  if (!example) return undefined;
  const { eventType } = named;
  const dataKeys = keysBelowDetail(eventType.eventPaths.data);
  const metadataKeys = keysBelowDetail(eventType.eventPaths.metadata);
  const metadata = { id: 'evt-1', schemaVersion: version.version.version, publishedBy: publisher };
  const detail = dataKeys
    ? nested([...(metadataKeys ? [[metadataKeys, metadata] as const] : []), [dataKeys, example.value]])
    : example.value;
  return {
    version: '0',
    id: 'evt-1',
    source: eventType.source,
    'detail-type': eventType.detailType,
    account: '111122223333',
    time: '2026-01-01T00:00:00Z',
    region: 'eu-west-1',
    resources: [],
    detail,
  };
}

function sampleHandlerTest({ typeName, versions, subscription }: NamedSubscription): string {
  const isQueue = subscription.target === 'sqs' || subscription.target === 'arn';
  const found = versions.map(each => arrivingEvent(each, 'another-service')).find(each => each !== undefined);
  const first = versions[0];
  const source = first.named.eventType;
  const broken: Json = {
    version: '0',
    id: 'evt-2',
    source: source.source,
    'detail-type': source.detailType,
    account: '111122223333',
    time: '2026-01-01T00:00:00Z',
    region: 'eu-west-1',
    resources: [],
    detail: 'no object',
  };
  const send = (event: string) =>
    isQueue ? `{ Records: [{ messageId: 'm-1', body: JSON.stringify(${event}) }] }` : event;
  const once = `test('handles an event, once', async () => {
  const lines: string[] = [];
  const handle = on${typeName}(line => lines.push(line));
  await handle(${send('event')});
  await handle(${send('event')});
  assert.equal(lines.length, 1);
});
`;
  const refused = isQueue
    ? `test('gives back what is no event', async () => {
  const answer = await handle${typeName}Batch({} as ${typeName}Handlers, { onFailure: () => {} })({
    Records: [{ messageId: 'm-1', body: 'no JSON' }],
  });
  assert.deepEqual(answer, { batchItemFailures: [{ itemIdentifier: 'm-1' }] });
});
`
    : `test('refuses what is no event', async () => {
  await assert.rejects(async () => on${typeName}(() => {})('no event'), { name: 'InvalidEventError' });
});
`;
  const other = `test('ignores events that it has no handler for', async () => {
  const lines: string[] = [];
  await on${typeName}(line => lines.push(line))(${send(`{ ...broken, source: 'somebody.else' }`)});
  assert.deepEqual(lines, []);
});
`;
  const imports = isQueue
    ? `import { handle${typeName}Batch, type ${typeName}Handlers } from '../busline/client/index.ts';\n`
    : '';
  return `import assert from 'node:assert/strict';
import test from 'node:test';
${imports}import { on${typeName} } from '../src/on${typeName}.ts';
${found === undefined ? '' : `\n/** As EventBridge delivers it. */\nconst event = ${typescriptLiteral(found)};\n`}
const broken = ${typescriptLiteral(broken)};

${found === undefined ? '' : `${once}\n`}${refused}
${other}`;
}

function samplePublisherTest(input: ClientInput, names: ReadonlyMap<string, NamedEventType>): string {
  const published = publishedOf(input, names);
  const withExamples = published.find(({ versions }) => versions.every(({ version }) => version.examples.length > 0));
  const [environment] = input.buses;
  const head = `import assert from 'node:assert/strict';
import test from 'node:test';
import { createPublisher, type PutEventsEntry } from '../busline/client/index.ts';

/** Takes the place of AWS. */
function recorder() {
  const sent: PutEventsEntry[] = [];
  const publisher = createPublisher({
    environment: ${scriptText(environment?.environment ?? 'prod')},
    putEvents: async entries => {
      sent.push(...entries);
      return entries.map((_, i) => ({ eventId: 'aws-' + i }));
    },
  });
  return { sent, publisher };
}
`;
  const refused = `
test('sends nothing that is not as its schema has it', async () => {
  const { sent, publisher } = recorder();
  const publish = publisher.publish${published[0].named.typeName} as (data: unknown) => Promise<unknown>;
  await assert.rejects(publish(${invalidData(published[0].versions)}), { name: 'InvalidEventError' });
  assert.deepEqual(sent, []);
});
`;
  const isRefusable = published[0].versions.some(
    ({ version }) => version.schema !== true && JSON.stringify(version.schema) !== '{}',
  );
  if (!withExamples) return head + (isRefusable ? refused : EMPTY_TEST);
  const { named, versions } = withExamples;
  const data =
    versions.length === 1
      ? exampleOf(versions[0])
      : Object.fromEntries(versions.map(each => [`v${each.major}`, exampleOf(each)]));
  const sends = `
test('sends valid events with their metadata', async () => {
  const { sent, publisher } = recorder();
  const { id } = await publisher.publish${named.typeName}(${typescriptLiteral(data, '  ')});
  assert.equal(sent.length, ${versions.length});
  for (const entry of sent) {
    assert.equal(entry.Source, ${scriptText(named.eventType.source)});
    assert.equal(entry.DetailType, ${scriptText(named.eventType.detailType)});
    ${keysBelowDetail(named.eventType.eventPaths.metadata) ? 'assert.ok(entry.Detail.includes(id));' : 'assert.ok(id);'}
  }
});
`;
  return head + sends + (isRefusable ? refused : '');
}

const EMPTY_TEST = `
test('makes a publisher', () => {
  assert.ok(recorder().publisher);
});
`;

const exampleOf = ({ version }: NamedVersion): Json => version.examples[0].value;

/** Something that no schema of objects takes. */
function invalidData(versions: readonly NamedVersion[]): string {
  return versions.length === 1
    ? `'no object'`
    : `{ ${versions.map(({ major }) => `v${major}: 'no object'`).join(', ')} }`;
}

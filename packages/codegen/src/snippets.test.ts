import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import ts from 'typescript';
import type { Json } from '@busline/event-repository';
import { consumeSnippet } from './consumeSnippet';
import { publishSnippet } from './publishSnippet';
import type { DescribedEventType, DescribedVersion } from './types';

const BUS = {
  arn: 'arn:aws:events:eu-west-1:111111111111:event-bus/key-central',
  name: 'key-central',
  region: 'eu-west-1',
};
const accessGranted: DescribedEventType = {
  source: 'com.key.access',
  detailType: 'Access Granted',
  title: 'Access granted',
  description: 'Somebody may now open a door.',
  eventPaths: { metadata: 'detail.metadata', data: 'detail.data' },
};
const version = (value: Json): DescribedVersion => ({
  version: '2.1.0',
  schema: true,
  examples: [{ name: 'one', value }],
});
const data = { home: 'hom_1', channel: 'email', guests: [{ name: 'Zoë' }], note: null, count: 2, ok: true };

/** Syntax errors of a TypeScript module. */
function syntaxErrors(code: string): readonly string[] {
  const { diagnostics = [] } = ts.transpileModule(code, {
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  return diagnostics.map(diagnostic => ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '));
}

/** Runs a publishing snippet against a client that keeps what it is sent. */
async function run(code: string, failed = false): Promise<any[]> {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const sent: any[] = [];
  const modules: Record<string, unknown> = {
    'node:crypto': { randomUUID: () => 'an-id' },
    '@aws-sdk/client-eventbridge': {
      PutEventsCommand: class {
        constructor(readonly input: unknown) {}
      },
      EventBridgeClient: class {
        async send(command: { input: { Entries: unknown[] } }) {
          sent.push(...command.input.Entries);
          return failed
            ? { FailedEntryCount: 1, Entries: [{ ErrorCode: 'NotAuthorized', ErrorMessage: 'no' }] }
            : { FailedEntryCount: 0 };
        }
      },
    },
  };
  const AsyncFunction = (async () => {}).constructor as new (...args: string[]) => (
    ...given: unknown[]
  ) => Promise<void>;
  await new AsyncFunction('require', 'exports', outputText)((name: string) => modules[name], {});
  return sent;
}

/** The arguments that a shell hands to `aws`. */
function shellArguments(code: string): readonly string[] {
  const script = `aws() { for a in "$@"; do printf '%s\\0' "$a"; done; }\n${code}`;
  const { stdout, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\0').slice(0, -1);
}

const hostile = fc.oneof(
  fc.string(),
  fc.constantFrom(
    `'; rm -rf /; '`,
    '`whoami`',
    '$(whoami)',
    '${x}',
    `"""`,
    '*/ alert(1) /*',
    'a\nb',
    '\u2028',
    '\\',
    `\\'`,
    '__proto__',
    'JSON',
  ),
);
const hostileType = fc.record({ source: hostile, detailType: hostile, title: hostile }).map(names => ({
  ...accessGranted,
  ...names,
}));
const anyData = fc.dictionary(hostile, fc.jsonValue()).map(value => JSON.parse(JSON.stringify(value)) as Json);

describe('publishSnippet in TypeScript', () => {
  const typescript = (type: DescribedEventType, value: Json) =>
    publishSnippet(type, version(value), { language: 'typescript', bus: BUS, service: 'access-service' });

  it('sends the example in the envelope', async () => {
    const [entry] = await run(typescript(accessGranted, data).code);
    expect(entry).toMatchObject({ EventBusName: BUS.arn, Source: 'com.key.access', DetailType: 'Access Granted' });
    expect(JSON.parse(entry.Detail)).toEqual({
      metadata: { id: 'an-id', schemaVersion: '2.1.0', publishedBy: 'access-service' },
      data,
    });
  });

  it('reads like code that a person wrote', () => {
    expect(typescript(accessGranted, { home: 'hom_1', 'a-b': [1] }).code).toContain(`const data = {
  home: 'hom_1',
  'a-b': [
    1,
  ],
};
`);
  });

  it('fails where AWS took the call and not the event', async () => {
    await expect(run(typescript(accessGranted, data).code, true)).rejects.toThrow('NotAuthorized: no');
  });

  it('sends a foreign event as it is', async () => {
    const [entry] = await run(typescript({ ...accessGranted, eventPaths: {} }, data).code);
    expect(JSON.parse(entry.Detail)).toEqual(data);
  });

  it('puts metadata and data where the repository has them', async () => {
    const eventPaths = { metadata: 'detail.head.meta-data', data: 'detail.body' };
    const [entry] = await run(typescript({ ...accessGranted, eventPaths }, data).code);
    expect(JSON.parse(entry.Detail)).toEqual({
      head: { 'meta-data': expect.objectContaining({ id: 'an-id' }) },
      body: data,
    });
  });

  it('sends any names and data as they are', async () => {
    await fc.assert(
      fc.asyncProperty(hostileType, anyData, async (type, value) => {
        const [entry] = await run(typescript(type, value).code);
        expect([entry.Source, entry.DetailType]).toEqual([type.source, type.detailType]);
        expect(JSON.stringify(JSON.parse(entry.Detail).data)).toBe(JSON.stringify(value));
      }),
      { numRuns: 60 },
    );
  });
});

describe('publishSnippet for the command line', () => {
  it('hands the event to aws, whatever is in it', () => {
    fc.assert(
      fc.property(hostileType, anyData, (type, value) => {
        // A process cannot be given a NUL.
        fc.pre(!JSON.stringify([type, value]).includes('\\u0000'));
        const { code } = publishSnippet(type, version(value), { language: 'cli', bus: BUS, service: 'access-service' });
        const args = shellArguments(code);
        expect(args.slice(0, 5)).toEqual(['events', 'put-events', '--region', 'eu-west-1', '--entries']);
        const [entry] = JSON.parse(args[5]);
        expect([entry.Source, entry.DetailType]).toEqual([type.source, type.detailType]);
        expect(JSON.parse(entry.Detail).data).toEqual(value);
      }),
      { numRuns: 30 },
    );
  });
});

describe('publishSnippet in Python', () => {
  it('writes values as Python has them', () => {
    const { code } = publishSnippet(accessGranted, version(data), {
      language: 'python',
      bus: BUS,
      service: 'access-service',
    });
    expect(code).toContain(`data = {
    "home": "hom_1",
    "channel": "email",
    "guests": [
        {
            "name": "Zoë",
        },
    ],
    "note": None,
    "count": 2,
    "ok": True,
}
`);
    expect(code).toContain(
      '"Detail": json.dumps({"metadata": {"id": str(uuid.uuid4()), "schemaVersion": "2.1.0", "publishedBy": "access-service"}, "data": data}),',
    );
  });
});

describe('consumeSnippet', () => {
  it('is TypeScript that parses, whatever the names', () => {
    fc.assert(
      fc.property(hostileType, hostile, (type, queueUrl) => {
        const { code } = consumeSnippet(type, version({}), { language: 'typescript', queueUrl });
        expect(syntaxErrors(code)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('takes data and id from where they stand', () => {
    const { code } = consumeSnippet(accessGranted, version(data), { language: 'typescript' });
    expect(code).toContain('await onAccessGranted(event.detail.data, event.detail.metadata.id);');
    const foreign = consumeSnippet({ ...accessGranted, eventPaths: {} }, version(data), { language: 'python' });
    expect(foreign.code).toContain('on_access_granted(event["detail"], event["id"])');
  });

  it('reads the queue from the command line', () => {
    const { code } = consumeSnippet(accessGranted, version(data), { language: 'cli', queueUrl: `https://x/'q` });
    expect(shellArguments(code)).toContain(`https://x/'q`);
  });
});

import type { Json } from '@busline/event-repository';
import { exampleOf, isForeign, keysBelowDetail, nested } from './envelope';
import { pythonLiteral, scriptText, shellText, typescriptLiteral } from './literals';
import type { Snippet, SnippetLanguage } from './snippet';
import type { DescribedBus, DescribedEventType, DescribedVersion } from './types';

export interface PublishSnippetOptions {
  readonly language: SnippetLanguage;
  /** The central bus; a placeholder if left out. */
  readonly bus?: DescribedBus;
  /** The service that publishes; a placeholder if left out. */
  readonly service?: string;
}

const SOME_BUS: DescribedBus = {
  arn: 'arn:aws:events:eu-west-1:111122223333:event-bus/central',
  name: 'central',
  region: 'eu-west-1',
};
const SOME_SERVICE = 'my-service';
/** Stands in metadata until the code writes an id of its own. */
const SOME_ID = '00000000-0000-4000-8000-000000000000';

/**
 * Code that publishes one event of this type, with a committed example as data: to copy, put into a file, and run with
 * nothing but AWS's own SDK or command line.
 */
export function publishSnippet(
  eventType: DescribedEventType,
  version: DescribedVersion,
  options: PublishSnippetOptions,
): Snippet {
  const input = {
    eventType,
    version,
    bus: options.bus ?? SOME_BUS,
    service: options.service ?? SOME_SERVICE,
    example: exampleOf(version),
  };
  switch (options.language) {
    case 'typescript':
      return { language: 'typescript', file: 'publish.ts', code: typescript(input) };
    case 'python':
      return { language: 'python', file: 'publish.py', code: python(input) };
    default:
      return { language: 'shell', file: 'publish.sh', code: cli(input) };
  }
}

interface Input {
  readonly eventType: DescribedEventType;
  readonly version: DescribedVersion;
  readonly bus: DescribedBus;
  readonly service: string;
  readonly example: Json;
}

function typescript({ eventType, version, bus, service, example }: Input): string {
  const foreign = isForeign(eventType);
  const detail = foreign
    ? 'data'
    : nestedSource(
        eventType,
        [
          `{ id: randomUUID(), schemaVersion: ${scriptText(version.version)}, publishedBy: ${scriptText(service)} }`,
          'data',
        ],
        key => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : scriptText(key)),
        ' ',
      );
  return `${
    foreign ? '' : `import { randomUUID } from 'node:crypto';\n`
  }import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

const eventBridge = new EventBridgeClient({ region: ${scriptText(bus.region)} });

const data = ${typescriptLiteral(example)};

const { FailedEntryCount, Entries } = await eventBridge.send(
  new PutEventsCommand({
    Entries: [
      {
        EventBusName: ${scriptText(bus.arn)},
        Source: ${scriptText(eventType.source)},
        DetailType: ${scriptText(eventType.detailType)},
        Detail: JSON.stringify(${detail}),
      },
    ],
  }),
);

// PutEvents answers 200 even where an entry failed.
if (FailedEntryCount) {
  throw new Error(Entries?.map(entry => \`\${entry.ErrorCode}: \${entry.ErrorMessage}\`).join('; '));
}
`;
}

function python({ eventType, version, bus, service, example }: Input): string {
  const foreign = isForeign(eventType);
  const detail = foreign
    ? 'data'
    : nestedSource(
        eventType,
        [
          `{"id": str(uuid.uuid4()), "schemaVersion": ${pythonLiteral(version.version)}, "publishedBy": ${pythonLiteral(
            service,
          )}}`,
          'data',
        ],
        pythonLiteral,
      );
  return `import json
${foreign ? '' : 'import uuid\n'}
import boto3

event_bridge = boto3.client("events", region_name=${pythonLiteral(bus.region)})

data = ${pythonLiteral(example)}

answer = event_bridge.put_events(
    Entries=[
        {
            "EventBusName": ${pythonLiteral(bus.arn)},
            "Source": ${pythonLiteral(eventType.source)},
            "DetailType": ${pythonLiteral(eventType.detailType)},
            "Detail": json.dumps(${detail}),
        }
    ]
)

# PutEvents answers 200 even where an entry failed.
if answer["FailedEntryCount"]:
    raise RuntimeError(answer["Entries"])
`;
}

function cli({ eventType, version, bus, service, example }: Input): string {
  const metadata = { id: SOME_ID, schemaVersion: version.version, publishedBy: service };
  const entries = [
    {
      EventBusName: bus.arn,
      Source: eventType.source,
      DetailType: eventType.detailType,
      Detail: JSON.stringify(detailOf(eventType, metadata, example)),
    },
  ];
  const note = isForeign(eventType) ? '' : '# metadata.id is the idempotency key: give each event a new one.\n';
  return `${note}aws events put-events --region ${shellText(bus.region)} --entries ${shellText(
    JSON.stringify(entries, null, 2),
  )}
`;
}

function detailOf(eventType: DescribedEventType, metadata: Json, data: Json): Json {
  const dataKeys = keysBelowDetail(eventType.eventPaths.data);
  const metadataKeys = keysBelowDetail(eventType.eventPaths.metadata);
  if (!dataKeys) return data;
  return nested([...(metadataKeys ? [[metadataKeys, metadata] as const] : []), [dataKeys, data]]);
}

/** \`{ metadata: …, data }\` as source text, nested as the paths have it. */
function nestedSource(
  eventType: DescribedEventType,
  [metadata, data]: readonly [string, string],
  key: (key: string) => string,
  space = '',
): string {
  const shape = detailOf(eventType, '\u0000metadata', '\u0000data');
  const source = (value: Json): string => {
    if (value === '\u0000metadata') return metadata;
    if (value === '\u0000data') return data;
    const members = Object.entries(value as Record<string, Json>).map(([name, inner]) => {
      const text = source(inner);
      return key(name) === text ? text : `${key(name)}: ${text}`;
    });
    return `{${space}${members.join(', ')}${space}}`;
  };
  return source(shape);
}

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * An event repository of any size, the same for the same numbers: `eventTypes` event types in 20 domains, each with one or two schema versions
 * of about 2 KB and an example, one service per ten event types (at least ten), and `subscriptionsPerType` subscriptions for each.
 */
export interface GeneratedSize {
  readonly eventTypes: number;
  readonly subscriptionsPerType: number;
}

const DOMAINS = 20;
const TYPES_PER_SERVICE = 10;
const WORDS = [
  'order',
  'parcel',
  'payment',
  'door',
  'guest',
  'invoice',
  'device',
  'battery',
  'courier',
  'window',
  'address',
  'refund',
  'photo',
  'account',
  'contract',
  'visit',
] as const;
const VERBS = ['Created', 'Changed', 'Cancelled', 'Delivered', 'Refused', 'Expired', 'Confirmed', 'Moved'] as const;

const capital = (word: string) => word[0].toUpperCase() + word.slice(1);
const pick = <T>(values: readonly T[], index: number) => values[index % values.length];

interface TypeName {
  readonly source: string;
  readonly detailType: string;
  readonly slug: string;
}

/** Readable and distinct: the number makes it so. */
function typeName(index: number): TypeName {
  const domain = index % DOMAINS;
  const words = `${capital(pick(WORDS, index))} ${capital(pick(WORDS, Math.floor(index / 16) + 5))} ${pick(
    VERBS,
    Math.floor(index / 7),
  )} ${index}`;
  return {
    source: `com.bench.domain${domain}`,
    detailType: words,
    slug: words.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
  };
}

function schemaOf(index: number, extra: boolean): object {
  const fields = Array.from({ length: 10 }, (_, field) => [
    `${pick(WORDS, index + field)}${capital(pick(WORDS, index + field * 3 + 1))}${field}`,
    field % 3 === 0
      ? {
          type: 'integer',
          minimum: 0,
          maximum: 100_000,
          description: `How many, counted at ${pick(WORDS, field)} ${index}.`,
        }
      : {
          type: 'string',
          minLength: 1,
          maxLength: 80,
          description: `What the ${pick(WORDS, index * 3 + field)} is called by the sender.`,
        },
  ]);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: typeName(index).detailType,
    type: 'object',
    required: ['id', 'channel'],
    properties: {
      id: {
        type: 'string',
        format: 'uuid',
        description: 'Identifies what it is about.',
      },
      channel: {
        enum: ['email', 'push', 'sms'],
        description: 'How the person was told.',
      },
      amount: {
        type: 'number',
        minimum: 0,
        description: 'In the currency of the account.',
      },
      ...Object.fromEntries(fields),
      ...(extra ? { reason: { type: 'string', description: 'Why it happened.' } } : {}),
    },
  };
}

const example = {
  id: '5d3f0a52-6f5c-4e33-9a52-1f0c5a1d2e77',
  channel: 'push',
  amount: 12.5,
};

function eventFiles(index: number): [string, string][] {
  const { source, detailType, slug } = typeName(index);
  const folder = `events/${source}/${slug}`;
  const versions = index % 4 === 0 ? ['1.0.0', '1.1.0'] : ['1.0.0'];
  return [
    [
      `${folder}/event.yaml`,
      `source: ${source}\ndetailType: ${detailType}\ntitle: ${detailType}\ndescription: |\n  Sent when the ${pick(
        WORDS,
        index,
      )} of number ${index} came to its ${pick(
        WORDS,
        index + 4,
      )}.\n  Read it to follow what happens afterwards.\ndomain: domain${index % DOMAINS}\nowner: group:default/team-${
        index % 40
      }\nlifecycle: ${index % 50 === 7 ? 'deprecated' : 'production'}\nclassification: internal\n${
        index % 50 === 7 ? "deprecation: { since: '2026-01-01', reason: Replaced. }\n" : ''
      }`,
    ],
    ...versions.flatMap((version, at): [string, string][] => [
      [`${folder}/${version}/schema.json`, JSON.stringify(schemaOf(index, at > 0), null, 2)],
      [`${folder}/${version}/examples/first.json`, JSON.stringify(example, null, 2)],
    ]),
  ];
}

function serviceFile(index: number, services: number, size: GeneratedSize): [string, string] {
  const published = [];
  for (let type = index; type < size.eventTypes; type += services) published.push(typeName(type));
  return [
    `services/service-${index}.yaml`,
    `title: Service ${index}\ndescription: One of many.\nowner: group:default/team-${index % 40}\ndomain: domain${
      index % DOMAINS
    }\nenvironments:\n  prod: { account: account-${index % 30}, region: eu-west-1 }\npublishes:\n${published
      .map(({ source, detailType }) => `  - { source: ${source}, detailType: ${detailType} }\n`)
      .join('')}`,
  ];
}

function subscriptionFile(type: number, nth: number, services: number): [string, string] {
  const { source, detailType, slug } = typeName(type);
  const service = (type * 7 + nth * 13 + 1) % services;
  const filter = nth % 3 === 0 ? '' : `  detail:\n    data: { channel: [email, push] }\n`;
  return [
    `subscriptions/service-${service}/${slug}-${nth}.yaml`,
    `description: Follows ${detailType}.\npattern:\n  source: [${source}]\n  detail-type: [${detailType}]\n${filter}target: { type: sqs, name: q-${type}-${nth} }\n`,
  ];
}

/** The files of the repository: path and text, one after the other so that nothing large is held. */
export function* generateRepository(size: GeneratedSize): Generator<[string, string]> {
  const services = Math.max(10, Math.floor(size.eventTypes / TYPES_PER_SERVICE));
  yield [
    'busline.yaml',
    `name: bench\ntitle: Bench\ndescription: Generated.\nowner: group:default/platform\nenvironments:\n  prod:\n    buses:\n      - { name: central, account: platform, region: eu-west-1 }\nevent: { metadata: detail.metadata, data: detail.data }\n`,
  ];
  const accounts = Array.from(
    { length: 30 },
    (_, i) =>
      `  account-${i}: { id: '${String(300000000000 + i)}', environment: prod, owner: group:default/team-${i} }\n`,
  );
  yield [
    'accounts.yaml',
    `accounts:\n  platform: { id: '111111111111', environment: prod, owner: group:default/platform }\n${accounts.join(
      '',
    )}`,
  ];
  for (let domain = 0; domain < DOMAINS; domain += 1) {
    yield [
      `domains/domain${domain}.yaml`,
      `title: Domain ${domain}\ndescription: One of twenty.\nowner: group:default/team-${domain}\n`,
    ];
  }
  for (let service = 0; service < services; service += 1) yield serviceFile(service, services, size);
  for (let type = 0; type < size.eventTypes; type += 1) {
    yield* eventFiles(type);
    for (let nth = 0; nth < size.subscriptionsPerType; nth += 1) yield subscriptionFile(type, nth, services);
  }
}

/** Writes the repository below `dir`; gives the number of files. */
export function writeGeneratedRepository(dir: string, size: GeneratedSize): number {
  const made = new Set<string>();
  let files = 0;
  for (const [file, text] of generateRepository(size)) {
    const full = path.join(dir, file);
    const folder = path.dirname(full);
    if (!made.has(folder)) {
      mkdirSync(folder, { recursive: true });
      made.add(folder);
    }
    writeFileSync(full, text);
    files += 1;
  }
  return files;
}

export { typeName as generatedTypeName };

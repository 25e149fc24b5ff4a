/**
 * Compares what local-aws asks of an operation's input with AWS's own service models, as botocore carries them: members,
 * required members, types, HTTP bindings, lengths, ranges, patterns and enum values, for every operation that the server
 * implements. Exit status 1 on any disagreement.
 *
 * Needs python3 with pip. botocore goes into a folder of its own and is used again by the next run.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  constraintsOf,
  serviceModel,
  type Constraint,
  type Member,
  type ServiceName,
  type Shape,
  type StructureShape,
} from '../../packages/local-aws/src/models';
import { implementedOperations } from '../../packages/local-aws/src/implementedOperations';
import { BOTOCORE, installBotocore } from './lib/botocore';

/** Folders of botocore/data by our service names. */
const FOLDERS: Readonly<Record<ServiceName, string>> = {
  cloudformation: 'cloudformation',
  events: 'events',
  iam: 'iam',
  monitoring: 'cloudwatch',
  schemas: 'schemas',
  sqs: 'sqs',
  sts: 'sts',
};

interface BotocoreShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, BotocoreMember>>;
  readonly member?: BotocoreMember;
  readonly key?: BotocoreMember;
  readonly value?: BotocoreMember;
  readonly required?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

interface BotocoreMember {
  readonly shape: string;
  readonly location?: string;
  readonly locationName?: string;
  readonly jsonvalue?: boolean;
}

interface BotocoreOperation {
  readonly http: {
    readonly method: string;
    readonly requestUri: string;
    readonly responseCode?: number;
  };
  readonly input?: { readonly shape: string };
}

interface BotocoreModel {
  readonly operations: Readonly<Record<string, BotocoreOperation>>;
  readonly shapes: Readonly<Record<string, BotocoreShape>>;
}

function readBotocoreModel(data: string, service: ServiceName): BotocoreModel {
  const folder = join(data, FOLDERS[service]);
  const newest = readdirSync(folder).sort().at(-1);
  const file = join(folder, newest ?? '', 'service-2.json');
  const text = existsSync(file) ? readFileSync(file) : gunzipSync(readFileSync(`${file}.gz`));
  return JSON.parse(text.toString('utf8'));
}

interface Comparison {
  readonly service: ServiceName;
  readonly theirs: BotocoreModel;
  readonly problems: string[];
  /** Places of constraints that some operation's input reaches. */
  readonly reached: Set<string>;
  readonly seen: Set<string>;
  count: number;
}

function compareOperation(comparison: Comparison, name: string): void {
  const ours = serviceModel(comparison.service).operations.get(name);
  const operation = comparison.theirs.operations[name];
  if (!ours || !operation) {
    comparison.problems.push(`${name}: not an operation in ${ours ? 'botocore' : 'the SDK client'}`);
    return;
  }
  if (ours.http) {
    const { method, requestUri, responseCode } = operation.http;
    expectEqual(
      comparison,
      `${name}: HTTP binding`,
      [ours.http.method, plainLabels(ours.http.path), ours.http.status],
      [method, plainLabels(requestUri), responseCode],
    );
  }
  if (operation.input) {
    compareStructure(comparison, ours.input, operation.input.shape);
  } else if (ours.input.members().length > 0) {
    comparison.problems.push(`${name}: takes an input here and none on AWS`);
  }
}

/** botocore calls a label by its wire name, which differs in case and hyphens only: `{resource-arn}`. */
function plainLabels(path: string): string {
  return path.replace(/\{[^}]+\}/g, label => label.toLowerCase().replace(/-/g, ''));
}

function compareStructure(comparison: Comparison, ours: StructureShape, theirName: string): void {
  if (comparison.seen.has(theirName)) return;
  comparison.seen.add(theirName);
  const theirs = comparison.theirs.shapes[theirName];
  const ourNames = ours.members().map(member => member.name);
  const theirNames = Object.keys(theirs.members ?? {});
  expectEqual(comparison, `${theirName}: members`, sorted(ourNames), sorted(theirNames));
  expectEqual(
    comparison,
    `${theirName}: required members`,
    sorted(
      ours
        .members()
        .filter(m => m.required)
        .map(m => m.name),
    ),
    sorted(theirs.required ?? []),
  );
  for (const member of ours.members()) {
    const theirMember = theirs.members?.[member.name];
    if (theirMember) compareMember(comparison, ours, member, theirMember);
  }
}

function compareMember(comparison: Comparison, owner: StructureShape, member: Member, theirs: BotocoreMember): void {
  const place = `${owner.name}.${member.name}`;
  const location = member.location.kind;
  const theirLocation = {
    uri: 'label',
    querystring: 'query',
    header: 'header',
  }[theirs.location ?? ''];
  // Where a label's or a query's name differs, requests would miss it.
  expectEqual(comparison, `${place}: location`, location, theirLocation ?? 'body');
  if (location === 'body' && comparison.service === 'schemas') {
    expectEqual(comparison, `${place}: name in JSON`, member.wireName, theirs.locationName ?? member.name);
  }
  compareConstraint(comparison, owner, member, '', theirs.shape);
  compareShape(comparison, owner, member, member.shape, theirs.shape, theirs);
}

const KINDS: Readonly<Record<string, Shape['kind']>> = {
  string: 'string',
  character: 'string',
  boolean: 'boolean',
  integer: 'number',
  long: 'number',
  float: 'number',
  double: 'number',
  timestamp: 'timestamp',
  blob: 'blob',
  list: 'list',
  map: 'map',
  structure: 'structure',
};

function compareShape(
  comparison: Comparison,
  owner: StructureShape,
  member: Member,
  ours: Shape,
  theirName: string,
  theirMember: BotocoreMember,
): void {
  const theirs = comparison.theirs.shapes[theirName];
  const place = `${owner.name}.${member.name}`;
  const kind = theirMember.jsonvalue ? 'string' : KINDS[theirs.type];
  expectEqual(comparison, `${place}: type`, ours.kind, kind);
  if (ours.kind !== kind) return;
  if (ours.kind === 'structure') {
    compareStructure(comparison, ours, theirName);
  } else if (ours.kind === 'list' && theirs.member) {
    compareConstraint(comparison, owner, member, '[]', theirs.member.shape);
    compareShape(comparison, owner, member, ours.member, theirs.member.shape, theirs.member);
  } else if (ours.kind === 'map' && theirs.key && theirs.value) {
    compareConstraint(comparison, owner, member, '<key>', theirs.key.shape);
    compareConstraint(comparison, owner, member, '<value>', theirs.value.shape);
    compareShape(comparison, owner, member, ours.value, theirs.value.shape, theirs.value);
  }
}

/** SQS answers a wrong attribute name with a message of its own; the service checks it, the table does not. */
const CHECKED_BY_SERVICE = /^sqs: .*(AttributeNames\[\]|Attributes<key>|AttributeName)/;

function compareConstraint(
  comparison: Comparison,
  owner: StructureShape,
  member: Member,
  suffix: string,
  theirName: string,
): void {
  const { min, max, pattern, enum: values } = comparison.theirs.shapes[theirName];
  const place = `${owner.name}.${member.name}${suffix}`;
  comparison.reached.add(place).add(`*.${member.name}${suffix}`);
  if (CHECKED_BY_SERVICE.test(`${comparison.service}: ${place}`)) return;
  comparison.count++;
  expectEqual(
    comparison,
    `${place}: constraint`,
    printConstraint(constraintsOf(comparison.service).find(owner.name, member.name + suffix)),
    printConstraint({ min, max, pattern, values }),
  );
}

function printConstraint(constraint: Constraint = {}): string {
  const { min = 0, max, pattern, values } = constraint;
  const sortedValues = values && sorted(values);
  return JSON.stringify({ min, max, pattern, values: sortedValues });
}

const sorted = (names: readonly string[]) => [...names].sort();

function expectEqual(comparison: Comparison, what: string, ours: unknown, theirs: unknown): void {
  const [a, b] = [JSON.stringify(ours), JSON.stringify(theirs)];
  if (a !== b) {
    comparison.problems.push(`${what}\n      here ${a}\n      AWS  ${b}`);
  }
}

function compareService(data: string, service: ServiceName, operations: readonly string[]): Comparison {
  const comparison: Comparison = {
    service,
    theirs: readBotocoreModel(data, service),
    problems: [],
    reached: new Set(),
    seen: new Set(),
    count: 0,
  };
  for (const name of operations) compareOperation(comparison, name);
  for (const place of constraintsOf(service).places) {
    if (!comparison.reached.has(place)) {
      comparison.problems.push(`${place}: a constraint that no input reaches`);
    }
  }
  return comparison;
}

function main(): void {
  const data = join(installBotocore(), 'botocore', 'data');
  let failed = 0;
  for (const [service, operations] of implementedOperations()) {
    const { problems, seen, count } = compareService(data, service, operations);
    console.log(
      `${service}: ${operations.length} operations, ${seen.size} structures, ${count} constraints compared with botocore ${BOTOCORE}, ${problems.length} disagreements`,
    );
    for (const problem of problems) console.log(`    ${problem}`);
    failed += problems.length;
  }
  if (failed > 0) process.exitCode = 1;
}

main();

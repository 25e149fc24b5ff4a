import { camelCase, pascalCase } from '../names';
import { commentText, scriptText } from '../literals';
import type { ClientInput, ClientSubscription } from './clientInput';
import { type NamedEventType, namedOf, type NamedVersion, versionsOf } from './clientNames';

export interface NamedSubscription {
  readonly subscription: ClientSubscription;
  /** `AccessGranted` */
  readonly typeName: string;
  readonly valueName: string;
  readonly versions: readonly { readonly version: NamedVersion; readonly named: NamedEventType }[];
}

/** Subscriptions that name event types which the client knows. */
export function namedSubscriptions(
  input: ClientInput,
  names: ReadonlyMap<string, NamedEventType>,
): readonly NamedSubscription[] {
  const taken = new Set<string>();
  return input.subscribes.flatMap(subscription => {
    const versions = subscription.eventTypes.flatMap(eventType => {
      const named = namedOf(names, eventType);
      return versionsOf(named, eventType).map(version => ({ version, named }));
    });
    if (versions.length === 0) return [];
    const wanted = pascalCase(subscription.name);
    let typeName = wanted;
    for (let n = 2; taken.has(typeName); n++) typeName = `${wanted}${n}`;
    taken.add(typeName);
    return [{ subscription, typeName, valueName: camelCase(typeName), versions }];
  });
}

/** `handlers.ts`: for each subscription a handler that validates and dispatches. */
export function handlerModule(subscriptions: readonly NamedSubscription[], mark: string): string {
  const modules = new Map<string, Set<string>>();
  for (const { named, version } of subscriptions.flatMap(each => each.versions)) {
    const parts = modules.get(named.fileName) ?? new Set();
    modules.set(named.fileName, parts.add(version.valueName).add(`type ${version.typeName}`));
  }
  const imports = [...modules].map(
    ([file, parts]) => `import { ${[...parts].join(', ')} } from './events/${file}.ts';\n`,
  );
  return `// ${mark}
import {
  type EventHandler,
  receive,
  receiveBatch,
  receiveMessage,
  type ReceivingOptions,
  type Route,
  type SqsBatch,
  type SqsBatchAnswer,
  type SqsOptions,
} from './runtime/receiving.ts';
${imports.join('')}
${subscriptions.map(subscriptionPart).join('\n')}`;
}

function subscriptionPart({ subscription, typeName, versions }: NamedSubscription): string {
  const about = commentText(subscription.description) || `Subscription ${commentText(subscription.name)}.`;
  const members = versions.map(
    ({ version, named }) =>
      `  /** ${commentText(named.eventType.title)} (${commentText(named.eventType.source)}), major ${
        version.major
      }. */\n  readonly ${version.valueName}: EventHandler<${version.typeName}>;\n`,
  );
  const routes = versions.map(
    ({ version }) => `  { version: ${version.valueName}, handle: handlers.${version.valueName} },\n`,
  );
  return `/** ${about} */
export interface ${typeName}Handlers {
${members.join('')}}

const routesOf${typeName} = (handlers: ${typeName}Handlers): readonly Route[] => [
${routes.join('')}];

${entryPoints(subscription, typeName)}`;
}

function entryPoints({ name, target }: ClientSubscription, typeName: string): string {
  const queue = `/** For a Lambda function that reads the queue of ${scriptText(commentText(name))}. */
export function handle${typeName}Batch(handlers: ${typeName}Handlers, options?: SqsOptions) {
  return (batch: SqsBatch): Promise<SqsBatchAnswer> => receiveBatch(routesOf${typeName}(handlers), batch, options);
}

/** For one message of the queue, where you read it yourself: delete it when this resolves. */
export function handle${typeName}Message(handlers: ${typeName}Handlers, options?: ReceivingOptions) {
  return (body: string): Promise<void> => receiveMessage(routesOf${typeName}(handlers), body, options);
}
`;
  const event = `/** For a function that EventBridge calls with each event of ${scriptText(commentText(name))}. */
export function handle${typeName}(handlers: ${typeName}Handlers, options?: ReceivingOptions) {
  return (event: unknown): Promise<void> => receive(routesOf${typeName}(handlers), event, options);
}
`;
  return target === 'sqs' || target === 'arn' ? `${queue}\n${event}` : event;
}

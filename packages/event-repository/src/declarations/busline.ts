import type {
  BusDeclaration,
  Classification,
  DeliverySettings,
  Environment,
  EventPaths,
  Json,
  JsonObject,
  Lifecycle,
  NamingRules,
  SchemaSettings,
} from '../types';
import { schemaSettingsOf } from './schemaSettings';
import { EMPTY, isObject, listOf, numberOf, objectOf, textOf, titleFrom } from './values';

/** What busline.yaml says. */
export interface Settings {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly owner: string;
  readonly environments: readonly Environment[];
  readonly eventPaths: EventPaths;
  readonly naming: NamingRules;
  readonly schemas?: SchemaSettings;
  readonly delivery: DeliverySettings;
  readonly lifecycle: Lifecycle;
  readonly classification: Classification;
}

export const UNKNOWN_OWNER = 'unknown';

/** EventBridge's own defaults: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html */
export const DEFAULT_DELIVERY: DeliverySettings = Object.freeze({
  maximumEventAgeSeconds: 86400,
  maximumRetryAttempts: 185,
  deadLetterQueue: true,
});

const DEFAULT_PATHS: EventPaths = Object.freeze({
  metadata: 'detail.metadata',
  data: 'detail.data',
});
const FOREIGN: EventPaths = Object.freeze({});

/** `undefined` where the file does not say. */
export function eventPathsOf(value: Json | undefined): EventPaths | undefined {
  if (value === 'foreign') return FOREIGN;
  if (!isObject(value)) return undefined;
  return {
    metadata: textOf(value.metadata),
    data: textOf(value.data),
  };
}

/** Delivery settings as a file writes them, each of which may be left to the defaults. */
export function deliveryOf(value: Json | undefined): Partial<DeliverySettings> | undefined {
  if (!isObject(value)) return undefined;
  const retry = objectOf(value.retry);
  return {
    maximumEventAgeSeconds: numberOf(retry.maximumEventAgeSeconds),
    maximumRetryAttempts: numberOf(retry.maximumRetryAttempts),
    deadLetterQueue: value.deadLetterQueue as boolean | string | undefined,
  };
}

/** Delivery settings with what they leave out taken from the defaults. */
export function completeDelivery(
  own: Partial<DeliverySettings> | undefined,
  defaults: DeliverySettings,
): DeliverySettings {
  if (!own) return defaults;
  return {
    maximumEventAgeSeconds: own.maximumEventAgeSeconds ?? defaults.maximumEventAgeSeconds,
    maximumRetryAttempts: own.maximumRetryAttempts ?? defaults.maximumRetryAttempts,
    deadLetterQueue: own.deadLetterQueue ?? defaults.deadLetterQueue,
  };
}

export function settingsFrom(file: JsonObject): Settings {
  const defaults = objectOf(file.defaults);
  const name = textOf(file.name) ?? '';
  const schemas = schemaSettingsOf(file.schemas);
  return {
    name,
    title: textOf(file.title) ?? titleFrom(name),
    description: textOf(file.description) ?? '',
    owner: textOf(file.owner) ?? UNKNOWN_OWNER,
    environments: Object.entries(objectOf(file.environments)).map(([environment, value]) => ({
      name: environment,
      buses: listOf(objectOf(value).buses).map(bus => busFrom(objectOf(bus))),
    })),
    eventPaths: eventPathsOf(file.event) ?? DEFAULT_PATHS,
    naming: objectOf(file.naming) as NamingRules,
    ...(schemas && { schemas }),
    delivery: completeDelivery(deliveryOf(defaults.delivery), DEFAULT_DELIVERY),
    lifecycle: (textOf(defaults.lifecycle) ?? 'production') as Lifecycle,
    classification: (textOf(defaults.classification) ?? 'internal') as Classification,
  };
}

function busFrom(bus: JsonObject): BusDeclaration {
  return {
    name: textOf(bus.name) ?? '',
    account: textOf(bus.account) ?? '',
    region: textOf(bus.region) ?? '',
    description: textOf(bus.description),
    additionalPolicyStatements: bus.additionalPolicyStatements
      ? (listOf(bus.additionalPolicyStatements) as readonly JsonObject[])
      : EMPTY,
    kmsKeyIdentifier: textOf(bus.kmsKeyIdentifier),
  };
}

/** What holds when there is no busline.yaml that can be read. */
export const NO_SETTINGS: Settings = settingsFrom({});

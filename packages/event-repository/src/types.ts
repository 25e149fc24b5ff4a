/**
 * What an event repository declares: the values that flow from the parser to every other package.
 *
 * Layout of an event repository on disk:
 *
 *     busline.yaml                                     BuslineFile      name, environments with their buses, event paths, naming rules, defaults
 *     accounts.yaml                                    AccountsFile     AWS accounts by name
 *     domains/<name>.yaml                              DomainFile
 *     services/<name>.yaml                             ServiceFile      owner, accounts per environment, what it publishes
 *     events/<source>/<slug>/event.yaml                EventFile        title, description, owner, lifecycle, ...
 *     events/<source>/<slug>/<semver>/schema.json      a JSON Schema, immutable once released
 *     events/<source>/<slug>/<semver>/examples/*.json  what the schema describes (`detail.data`; the whole `detail` for foreign events)
 *     subscriptions/<service>/<name>.yaml              SubscriptionFile pattern, target, delivery settings
 *     stacks/<environment>/*.yaml                      generated CloudFormation templates; nothing is declared there
 */

export type JsonPrimitive = string | number | boolean | null;
export type Json = JsonPrimitive | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}
/** A JSON Schema document: an object, or `true` / `false`. */
export type JsonSchemaDocument = JsonObject | boolean;

/** A place in a file. Lines and columns count from 1, as editors do. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type Lifecycle = 'experimental' | 'production' | 'deprecated' | 'retired';
/** Who may read what the event carries: everybody, the company, named people, or only after the owner's approval. */
export type Classification = 'public' | 'internal' | 'confidential' | 'restricted';

/** Where data and metadata stand in an event. Both absent: foreign events, the schema describes the whole `detail`. */
export interface EventPaths {
  /** e.g. `detail.metadata` */
  readonly metadata?: string;
  /** e.g. `detail.data` */
  readonly data?: string;
}

export interface DeliverySettings {
  /** Seconds, 60 to 86,400. */
  readonly maximumEventAgeSeconds: number;
  /** 0 to 185. */
  readonly maximumRetryAttempts: number;
  /** Whether a dead-letter queue is made, or the ARN of an existing one. */
  readonly deadLetterQueue: boolean | string;
}

export interface BusDeclaration {
  readonly name: string;
  /** Name of an account in accounts.yaml. */
  readonly account: string;
  readonly region: string;
  readonly description?: string;
  /** Statements beyond those that Busline derives: what was found on a bus built by hand. */
  readonly additionalPolicyStatements: readonly JsonObject[];
  readonly kmsKeyIdentifier?: string;
}

export interface Environment {
  readonly name: string;
  /** The first one is the central bus. */
  readonly buses: readonly BusDeclaration[];
}

/**
 * What versions of one major keep. Backward: the new version reads what the old one wrote. Forward: the old version reads
 * what the new one writes. Full: both. Transitive: towards all earlier versions, else towards the one before.
 */
export const COMPATIBILITY_MODES = [
  'NONE',
  'BACKWARD',
  'FORWARD',
  'FULL',
  'BACKWARD_TRANSITIVE',
  'FORWARD_TRANSITIVE',
  'FULL_TRANSITIVE',
] as const;
export type CompatibilityMode = (typeof COMPATIBILITY_MODES)[number];

/** What a file says of schemas; what it leaves out is said by its domain, by busline.yaml, or by the defaults. */
export interface SchemaSettings {
  readonly compatibility?: CompatibilityMode;
  readonly contentModel?: 'closed-world' | 'open';
  /** Whether objects should allow fields that they do not describe. */
  readonly objects?: 'open' | 'closed';
  /** Lint rules that do not hold, by id (`*` for all), each with the reason. */
  readonly off?: Readonly<Record<string, string>>;
}

/** A version that may break what the mode asks for. */
export interface CompatibilityException {
  readonly version: string;
  readonly by: string;
  readonly reason: string;
  /** ISO date: the last day on which it excuses. */
  readonly until: string;
}

export interface NamingRules {
  /** ECMAScript regular expression that every source matches as a whole. */
  readonly source?: string;
  readonly detailType?: string;
  readonly service?: string;
  /** For names of fields in schemas. */
  readonly field?: string;
}

export interface Account {
  readonly name: string;
  /** 12 digits. */
  readonly id: string;
  readonly title?: string;
  readonly description?: string;
  /** Backstage entity reference such as `group:default/access`, or `unknown`. */
  readonly owner: string;
  readonly environment?: string;
  /** ARN of the SNS topic that alarms of the services in this account notify. */
  readonly alarmTopic?: string;
  readonly place: Place;
}

export interface Domain {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly owner: string;
  readonly schemas?: SchemaSettings;
  readonly place: Place;
}

export interface ServiceEnvironment {
  readonly environment: string;
  /** Name of an account in accounts.yaml. */
  readonly account: string;
  readonly region: string;
  /** Name of the subscriber bus in that account; by default `busline-<service>`. */
  readonly subscriberBus?: string;
  /** ARN of the SNS topic that alarms notify; by default the account's. */
  readonly alarmTopic?: string;
}

/** What a service says it publishes. */
export interface Publication {
  readonly source: string;
  readonly detailType: string;
  /** Majors that it sends; all current ones when empty. */
  readonly majors: readonly number[];
  readonly place: Place;
}

export interface Service {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly owner: string;
  readonly domain?: string;
  /** Backstage system name. */
  readonly system?: string;
  /** Backstage component reference, e.g. `component:default/access-service`. */
  readonly component?: string;
  /** URL of the service's git repository. */
  readonly repository?: string;
  readonly environments: readonly ServiceEnvironment[];
  readonly publishes: readonly Publication[];
  readonly place: Place;
}

export interface Deprecation {
  /** ISO date from which it is deprecated. */
  readonly since: string;
  /** ISO date after which it is no longer sent. */
  readonly sunset?: string;
  readonly reason: string;
  readonly replacement?: EventTypeReference;
}

/** One event type is one source + detail-type pair. */
export interface EventTypeReference {
  readonly source: string;
  readonly detailType: string;
}

export interface Example {
  readonly name: string;
  readonly value: Json;
  readonly file: string;
}

export interface SchemaVersion {
  /** semver, e.g. `2.1.0` */
  readonly version: string;
  readonly schema: JsonSchemaDocument;
  readonly examples: readonly Example[];
  /** ISO date on which the version was released, when event.yaml tells. */
  readonly released?: string;
  /** What changed, when event.yaml tells. */
  readonly notes?: string;
  /** Size of schema.json in bytes. */
  readonly size: number;
  readonly file: string;
}

export interface EventType extends EventTypeReference {
  /** Folder name below events/<source>/. */
  readonly slug: string;
  readonly title: string;
  /** Markdown; the first sentence is shown in lists. */
  readonly description: string;
  readonly domain?: string;
  readonly owner: string;
  readonly lifecycle: Lifecycle;
  readonly classification: Classification;
  readonly deprecation?: Deprecation;
  readonly tags: readonly string[];
  readonly links: readonly { readonly title: string; readonly url: string }[];
  /** Fields that hold personal data, as paths below the data. */
  readonly personalData: readonly string[];
  readonly eventPaths: EventPaths;
  readonly schemas?: SchemaSettings;
  /** Versions that may break what the mode asks for. */
  readonly exceptions?: readonly CompatibilityException[];
  /** Ascending by semver. */
  readonly versions: readonly SchemaVersion[];
  readonly place: Place;
}

/** Where a subscription's events go. `name` is made in the service's own account; `arn` exists already. */
export type TargetDeclaration = (
  | { readonly type: 'sqs'; readonly name: string }
  | { readonly type: 'lambda'; readonly name: string }
  | { readonly type: 'step-functions'; readonly name: string }
  | { readonly type: 'arn'; readonly arn: string }
) & {
  /** Target id on the rule; by default the type. */
  readonly id?: string;
  readonly roleArn?: string;
  readonly input?: string;
  readonly inputPath?: string;
  readonly inputTransformer?: {
    readonly inputPathsMap: JsonObject;
    readonly inputTemplate: string;
  };
  /** Parameters such as SqsParameters, as the AWS API names them. */
  readonly parameters?: JsonObject;
  /** Of this target alone, where it differs from the subscription's: what was found on a rule built by hand. */
  readonly delivery?: DeliverySettings;
};

/** How an event gets from the central bus into the service's account. */
export type DeliveryPath = 'subscriber-bus' | 'direct';

export interface Subscription {
  readonly name: string;
  readonly service: string;
  readonly description: string;
  /** Environments in which it is deployed; all of the service's when the file names none. */
  readonly environments: readonly string[];
  /** Name of the bus it listens on; by default the central bus of the environment. */
  readonly bus?: string;
  readonly pattern: JsonObject;
  readonly targets: readonly TargetDeclaration[];
  readonly path: DeliveryPath;
  readonly delivery: DeliverySettings;
  readonly enabled: boolean;
  /** Rule name on AWS; by default `<service>-<name>`. Set where a rule built by hand is declared. */
  readonly rule?: string;
  readonly place: Place;
}

export interface EventRepository {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly owner: string;
  readonly environments: readonly Environment[];
  readonly eventPaths: EventPaths;
  readonly naming: NamingRules;
  readonly schemas?: SchemaSettings;
  readonly deliveryDefaults: DeliverySettings;
  readonly accounts: readonly Account[];
  readonly domains: readonly Domain[];
  readonly services: readonly Service[];
  readonly eventTypes: readonly EventType[];
  readonly subscriptions: readonly Subscription[];
}

export type Severity = 'error' | 'warning';

/** One finding: `file:line:column message (rule)`. */
export interface Problem extends Place {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
}

/** The files of an event repository: path relative to its root with `/`, to text. The caller reads them; this package does no I/O. */
export interface RepositoryFiles {
  paths(): readonly string[];
  /** Text of a file, or undefined when it went away. */
  read(path: string): string | undefined;
  /**
   * An id that changes with the content: a git blob id, or size and modification time. Where it is given, a file whose
   * id did not change since the previous read is not read again.
   */
  contentId?(path: string): string | undefined;
  /** `contentHash` of a file's text, where the caller has it at hand; else it is worked out. */
  contentHash?(path: string): string | undefined;
}

/** What reading gives: always the declarations that could be read, and everything that is wrong with the rest. */
export interface ReadResult {
  readonly repository: EventRepository;
  readonly problems: readonly Problem[];
}

import type { CompiledSchema } from '@busline/json-schema';
import type { Settings } from '../declarations/busline';
import type { FilePath } from '../layout';
import type { Violation } from '../shape';
import type { JsonResult } from '../text/jsonText';
import type { Pointer, Position } from '../text/position';
import type { YamlResult } from '../text/yamlText';
import type { Environment, EventRepository, Json, JsonObject, Service, Severity, Subscription } from '../types';

export type RuleCategory =
  | 'files'
  | 'shape'
  | 'names'
  | 'references'
  | 'duplicates'
  | 'schemas'
  | 'patterns'
  | 'history'
  | 'text';

/** What a check found. Without a pointer and a position it is about the file as a whole. */
export interface Finding {
  readonly message: string;
  /** Keys from the root of the document; the reader turns them into line and column. */
  readonly pointer?: Pointer;
  /** Whether the key or the value is meant; the value if left out. */
  readonly at?: 'key' | 'value';
  /** Where a pointer cannot say it, as in a text that is no YAML. */
  readonly position?: Position;
}

/** One file on its own. */
export interface FileSubject {
  readonly path: string;
  readonly at: FilePath;
  readonly text: string;
  /** Of YAML files. */
  readonly yaml?: YamlResult;
  /** Of schemas and examples; absent where the file is too large to be read. */
  readonly json?: JsonResult;
  /** Where a YAML file is not as its published schema has it. */
  readonly violations: readonly Violation[];
  /** All that a YAML file says, usable or not: for checks that look at single values. */
  readonly raw?: JsonObject;
  /** The part of a YAML file that can be used. */
  readonly declared?: JsonObject;
}

/** An example beside the schema of its version. */
export interface ExampleSubject {
  readonly path: string;
  readonly value: Json;
  readonly schema: CompiledSchema;
}

/** Everything together. */
export interface RepositorySubject {
  readonly repository: EventRepository;
  readonly settings: Settings;
  readonly known: KnownNames;
  /** Content hash of every file as released, by path; absent where nothing is compared. */
  readonly released?: ReadonlyMap<string, string>;
  /** Content hash of a file as it is now; undefined where it is gone. */
  readonly hashOf: (path: string) => string | undefined;
  /** Versions that an event.yaml has notes on. */
  readonly versionNotes: (eventFile: string) => readonly string[];
}

/** A subscription beside what it may refer to. */
export interface SubscriptionSubject extends SubscriptionContext {
  readonly subscription: Subscription;
  /** What its pattern names exactly: pairs of source and detail-type, and sources alone where any detail-type will do. */
  readonly namedTypes: readonly NamedType[];
}

/** What subscriptions may refer to; the same object as long as none of it changes. */
export interface SubscriptionContext {
  readonly known: KnownNames;
  readonly services: ReadonlyMap<string, Service>;
  readonly environments: ReadonlyMap<string, Environment>;
}

export interface NamedType {
  readonly source: string;
  readonly detailType?: string;
}

/** Names that a reference may use: those of files that cannot be read count too, so that one error does not bring a hundred. */
export interface KnownNames {
  readonly domains: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  /** Undefined where busline.yaml is missing or cannot be read. */
  readonly environments?: ReadonlySet<string>;
  /** Undefined where accounts.yaml cannot be read: then nothing is said about accounts. */
  readonly accounts?: ReadonlySet<string>;
  /** Ids of event types (`eventTypeId`). */
  readonly eventTypes: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
}

export type Report = (finding: Finding) => void;
export type ReportIn = (file: string, finding: Finding) => void;

/** A row of the rule table, with a check for whatever it looks at. */
export interface Rule {
  /** What stands in brackets behind a message, and the name of the rule's test folder. */
  readonly id: string;
  /** One sentence: what is wrong, and why it matters. */
  readonly purpose: string;
  readonly severity: Severity;
  readonly category: RuleCategory;
  /** Looks at one file; asked again only when the file changes. */
  checkFile?(file: FileSubject, report: Report): void;
  /** Looks at an example with its schema; asked again only when one of the two changes. */
  checkExample?(example: ExampleSubject, report: Report): void;
  /** Looks at the names of all files; asked again only when a file comes or goes. */
  checkPaths?(paths: ReadonlySet<string>, report: ReportIn): void;
  /** Looks at what a subscription refers to; asked again only when it, or what it may refer to, changes. */
  checkSubscription?(subject: SubscriptionSubject, report: Report): void;
  /** Looks at what files say of each other; asked at every read. */
  checkRepository?(subject: RepositorySubject, report: ReportIn): void;
}

export type SchemaType = 'OpenApi3' | 'JSONSchemaDraft4';

export type Tags = Readonly<Record<string, string>>;

// Everything as it is stored; times in milliseconds since 1970.

export interface Registry {
  readonly name: string;
  readonly description?: string;
  readonly tags: Tags;
  readonly policy?: ResourcePolicy;
}

export interface ResourcePolicy {
  readonly text: string;
  readonly revision: string;
}

export interface RegisteredSchema {
  readonly name: string;
  readonly type: SchemaType;
  readonly description?: string;
  readonly tags: Tags;
  readonly modified: number;
  /** Oldest first. */
  readonly versions: readonly string[];
  /** The number of the newest version that ever was: numbers are not given twice. */
  readonly counter: number;
}

export interface SchemaVersion {
  readonly version: string;
  readonly type: SchemaType;
  readonly created: number;
  /** As the caller wrote it. */
  readonly content: string;
}

export interface Discoverer {
  readonly id: string;
  readonly sourceArn: string;
  readonly description?: string;
  readonly state: 'STARTED' | 'STOPPED';
  /** Whether events that come from other accounts count. */
  readonly crossAccount: boolean;
  readonly tags: Tags;
}

/** The registry that discoverers fill. */
export const DISCOVERED = 'discovered-schemas';

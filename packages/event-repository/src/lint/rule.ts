import type { Finding } from '../rules/rule';
import type { EventType, JsonSchemaDocument, SchemaVersion, Severity } from '../types';
import type { SchemaPlace } from './schemaView';

/** One version's schema, with what holds for it. */
export interface LintSubject {
  readonly eventType: EventType;
  readonly version: SchemaVersion;
  readonly schema: JsonSchemaDocument;
  /** The root and every place below it. */
  readonly places: readonly SchemaPlace[];
  /** Whether objects should be open or closed. */
  readonly objects: 'open' | 'closed';
  /** Whether a field's name is as busline.yaml wants it; absent where it says nothing. */
  readonly isFieldName?: (name: string) => boolean;
}

export interface LintReport {
  /** About a place in schema.json. */
  inSchema(finding: Finding): void;
  /** About a place in event.yaml. */
  inEvent(finding: Finding): void;
}

/** A row of the lint rules: what makes a schema good to live with. Each can be turned off with a reason. */
export interface LintRule {
  readonly id: string;
  /** One sentence: what is wrong, and why it matters. */
  readonly purpose: string;
  readonly severity: Severity;
  check(subject: LintSubject, report: LintReport): void;
}

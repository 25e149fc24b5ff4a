import type {
  Classification,
  CompatibilityException,
  Deprecation,
  EventPaths,
  EventType,
  EventTypeReference,
  JsonObject,
  Lifecycle,
  Place,
  SchemaSettings,
  SchemaVersion,
} from '../types';
import { eventPathsOf, type Settings, UNKNOWN_OWNER } from './busline';
import { exceptionsOf, schemaSettingsOf } from './schemaSettings';
import { placeOfFile } from './services';
import { EMPTY, isObject, listOf, objectOf, textOf, textsOf } from './values';

/** What event.yaml says; what it leaves out is filled in from busline.yaml. */
export interface EventDraft extends EventTypeReference {
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly domain?: string;
  readonly owner: string;
  readonly lifecycle?: Lifecycle;
  readonly classification?: Classification;
  readonly deprecation?: Deprecation;
  readonly tags: readonly string[];
  readonly links: readonly { readonly title: string; readonly url: string }[];
  readonly personalData: readonly string[];
  readonly eventPaths?: EventPaths;
  readonly schemas?: SchemaSettings;
  readonly exceptions?: readonly CompatibilityException[];
  readonly notes: Readonly<Record<string, VersionNotes>>;
  readonly place: Place;
}

export interface VersionNotes {
  readonly released?: string;
  readonly notes?: string;
}

const NO_NOTES: Readonly<Record<string, VersionNotes>> = Object.freeze({});

export function eventDraftFrom(file: string, folder: string, value: JsonObject): EventDraft {
  const detailType = textOf(value.detailType) ?? '';
  const schemas = schemaSettingsOf(value.schemas);
  const exceptions = exceptionsOf(value.schemas);
  return {
    source: textOf(value.source) ?? '',
    detailType,
    slug: folder.slice(folder.indexOf('/') + 1),
    title: textOf(value.title) ?? detailType,
    description: textOf(value.description) ?? '',
    domain: textOf(value.domain),
    owner: textOf(value.owner) ?? UNKNOWN_OWNER,
    lifecycle: textOf(value.lifecycle) as Lifecycle | undefined,
    classification: textOf(value.classification) as Classification | undefined,
    deprecation: isObject(value.deprecation) ? (value.deprecation as unknown as Deprecation) : undefined,
    tags: textsOf(value.tags),
    links: value.links ? (listOf(value.links) as unknown as EventDraft['links']) : EMPTY,
    personalData: textsOf(value.personalData),
    eventPaths: eventPathsOf(value.event),
    ...(schemas && { schemas }),
    ...(exceptions && { exceptions }),
    notes: value.versions ? (objectOf(value.versions) as Record<string, VersionNotes>) : NO_NOTES,
    place: placeOfFile(file),
  };
}

export function eventTypeFrom(draft: EventDraft, settings: Settings, versions: readonly SchemaVersion[]): EventType {
  return {
    source: draft.source,
    detailType: draft.detailType,
    slug: draft.slug,
    title: draft.title,
    description: draft.description,
    domain: draft.domain,
    owner: draft.owner,
    deprecation: draft.deprecation,
    tags: draft.tags,
    links: draft.links,
    personalData: draft.personalData,
    place: draft.place,
    lifecycle: draft.lifecycle ?? settings.lifecycle,
    classification: draft.classification ?? settings.classification,
    eventPaths: draft.eventPaths ?? settings.eventPaths,
    ...(draft.schemas && { schemas: draft.schemas }),
    ...(draft.exceptions && { exceptions: draft.exceptions }),
    versions,
  };
}

import type { EventRepository, EventType } from '@busline/event-repository';
import { indexRepository } from '@busline/event-repository';
import type { PlanningContext, RepositoryState } from '../context';
import type { RequestProblem } from '../request/problem';

/** The files that a request declares, before anything is generated from them. */
export interface Draft {
  /** Text by path; undefined: the file goes. */
  readonly files: ReadonlyMap<string, string | undefined>;
  /** JSON pointer of the field of the request from which a file comes. */
  readonly fields: ReadonlyMap<string, string>;
  /** The service that asks, or whose event type it is. */
  readonly service?: string;
  /** Subscriptions that are added or changed, with the field of the request. */
  readonly subscriptions: readonly { readonly name: string; readonly field: string; readonly isNew: boolean }[];
  /** Event types of which something is added or changed, with the field. */
  readonly eventTypes: readonly { readonly id: string; readonly field: string; readonly isNew: boolean }[];
  /** The environments that it is about; all where it names none. */
  readonly environments: readonly string[];
}

/** What the functions that make a draft have at hand. */
export interface Drafting {
  readonly state: RepositoryState;
  readonly repository: EventRepository;
  readonly context: PlanningContext;
  readonly report: (problem: RequestProblem) => void;
}

export class DraftFiles {
  readonly files = new Map<string, string | undefined>();
  readonly fields = new Map<string, string>();

  add(path: string, text: string | undefined, field: string): void {
    this.files.set(path, text);
    this.fields.set(path, field);
  }
}

export function eventTypesOf(repository: EventRepository): ReadonlyMap<string, EventType> {
  return indexRepository(repository).eventTypes;
}

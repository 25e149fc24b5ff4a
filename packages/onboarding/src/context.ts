import type { CachedReadResult, RepositoryFiles } from '@busline/event-repository';
import type { Quotas } from '@busline/infrastructure';
import type { PriceList } from './prices/priceList';

/** The event repository as it is planned against. */
export interface RepositoryState {
  readonly files: RepositoryFiles;
  /** What reading those files gave; the plan reads on from its cache, so that only changed files are read. */
  readonly read: CachedReadResult;
  /** Commit of main. */
  readonly commit?: string;
  /** URL of the git repository. */
  readonly url?: string;
}

/** A request of which the pull requests are open. */
export interface OpenRequest {
  readonly requestHash: string;
  readonly branch: string;
  readonly service?: string;
  readonly title: string;
  /** Who asked. */
  readonly requestedBy?: string;
  readonly url?: string;
  /** Paths in the event repository that it adds or changes. */
  readonly files: readonly string[];
}

/** What planning needs to know beside the event repository: plain values and synchronous lookups. */
export interface PlanningContext {
  /** ISO date, for release dates and messages. */
  readonly today: string;
  /**
   * Files of the service's repository: text by path, undefined where the file is not there. Left out: the repository is
   * taken to be empty.
   */
  readonly serviceFile?: (path: string) => string | undefined;
  /** Whether the service's repository has no file at all, where that is known: then it gets the samples in full. */
  readonly serviceRepositoryIsEmpty?: boolean;
  /** Requests that are open now. */
  readonly openRequests?: readonly OpenRequest[];
  /** What the form was filled in against: the repository may have changed since. */
  readonly filledInAgainst?: RequestBasis;
  /** Quotas that AWS has raised. */
  readonly quotas?: Partial<Quotas>;
  /** By default the newest price list of the package. */
  readonly prices?: PriceList;
  /** By default one million. */
  readonly eventsPerMonth?: number;
  /** By default 1 KB. */
  readonly eventSizeBytes?: number;
}

/** What a request relies on, as it was when the form was filled in: content ids of declarations. */
export interface RequestBasis {
  readonly commit?: string;
  /** Path of a file in the event repository to its content id; null where it was not there. */
  readonly files: { readonly [path: string]: string | null };
}

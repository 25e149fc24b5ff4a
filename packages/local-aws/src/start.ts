import type { Clock } from './clock';
import type { Quotas } from './quotas';

/** A service that is built by others registers here: one function per service, in the order of dependence. */
export interface LocalAwsOptions {
  /** 0 (the default) takes any free port. */
  readonly port?: number;
  /** Defaults to 127.0.0.1: the server checks no secrets and must not be reached from outside. */
  readonly host?: string;
  /** Folder for the state; in memory only when left out. */
  readonly stateDir?: string;
  readonly clock?: Clock;
  readonly quotas?: Partial<Quotas>;
}

export interface LocalAws {
  readonly endpoint: string;
  readonly port: number;
  close(): Promise<void>;
}

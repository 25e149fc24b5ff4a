import type { JsonObject } from '../service';

/** Where a thing lives. Global services (IAM, STS) use the Region `global`. */
export interface Scope {
  readonly account: string;
  readonly region: string;
}

/**
 * A set of things by key, in memory, and on disk where the server has a state directory.
 * A value that was put in must not be changed in place: put a new one.
 */
export interface Collection<T> {
  readonly size: number;
  get(key: string): T | undefined;
  has(key: string): boolean;
  set(key: string, value: T): void;
  delete(key: string): boolean;
  /** In the order in which they were first put in. */
  keys(): Iterable<string>;
  values(): Iterable<T>;
  entries(): Iterable<readonly [string, T]>;
}

export interface Store {
  /** @param name - service and kind: `events/rules` */
  collection<T extends object = JsonObject>(name: string, scope: Scope): Collection<T>;
  /** The scopes in which a collection holds something. */
  scopes(name: string): readonly Scope[];
  /** Writes what is pending to disk. The server does this before it answers. */
  flush(): void;
  close(): void;
}

import type { Collection, Scope, Store } from './store';

/** Told of every change, so that it can be written elsewhere as well. */
export interface ChangeListener {
  put(name: string, scope: Scope, key: string, value: object): void;
  removed(name: string, scope: Scope, key: string): void;
}

export interface MemoryStore extends Store {
  /** Puts a value in without telling the listener: for what was just read from disk. */
  restore(name: string, scope: Scope, key: string, value: object): void;
}

class MapCollection implements Collection<object> {
  readonly #name: string;
  readonly #listener?: ChangeListener;
  readonly #items = new Map<string, object>();
  readonly scope: Scope;

  constructor(name: string, scope: Scope, listener?: ChangeListener) {
    this.#name = name;
    this.scope = { account: scope.account, region: scope.region };
    this.#listener = listener;
  }
  get size() {
    return this.#items.size;
  }
  get(key: string) {
    return this.#items.get(key);
  }
  has(key: string) {
    return this.#items.has(key);
  }
  set(key: string, value: object) {
    this.#items.set(key, value);
    this.#listener?.put(this.#name, this.scope, key, value);
  }
  restore(key: string, value: object) {
    this.#items.set(key, value);
  }
  delete(key: string) {
    const existed = this.#items.delete(key);
    if (existed) this.#listener?.removed(this.#name, this.scope, key);
    return existed;
  }
  keys() {
    return this.#items.keys();
  }
  values() {
    return this.#items.values();
  }
  entries() {
    return this.#items.entries();
  }
}

/** Everything in maps; gone with the process. */
export function createMemoryStore(listener?: ChangeListener): MemoryStore {
  const names = new Map<string, Map<string, MapCollection>>();

  function open(name: string, scope: Scope): MapCollection {
    const scopes = names.get(name) ?? new Map<string, MapCollection>();
    names.set(name, scopes);
    const key = `${scope.account}/${scope.region}`;
    const collection = scopes.get(key) ?? new MapCollection(name, scope, listener);
    scopes.set(key, collection);
    return collection;
  }

  return {
    collection: <T extends object>(name: string, scope: Scope) => open(name, scope) as unknown as Collection<T>,
    scopes: name =>
      [...(names.get(name)?.values() ?? [])]
        .filter(collection => collection.size > 0)
        .map(collection => collection.scope),
    restore: (name, scope, key, value) => open(name, scope).restore(key, value),
    flush() {},
    close() {},
  };
}

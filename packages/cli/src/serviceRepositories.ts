import { readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { EventRepository } from '@busline/event-repository';
import { UsageError } from './errors';

/** A checkout of a service's repository. */
export interface ServiceCheckout {
  /** Last part of its URL: `delivery-service` of `https://github.com/key/delivery-service`. */
  readonly name: string;
  readonly folder: string;
  readonly services: readonly string[];
}

/**
 * Finds checkouts of the repositories that services name. A given folder is one, by its name, or holds several.
 * @throws UsageError for a folder that is not there, or that is no checkout and holds none
 */
export function serviceCheckouts(repository: EventRepository, folders: readonly string[]): readonly ServiceCheckout[] {
  const services = new Map<string, string[]>();
  for (const { name, repository: url } of repository.services) {
    if (url === undefined) continue;
    const named = repositoryName(url);
    services.set(named, [...(services.get(named) ?? []), name]);
  }
  const found = new Map<string, ServiceCheckout>();
  for (const folder of folders) {
    const checkouts = checkoutsIn(folder, services);
    if (checkouts.length === 0) {
      throw new UsageError(`${folder} is no checkout of a repository that a service names, and holds none`);
    }
    for (const checkout of checkouts) found.set(checkout.folder, checkout);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function checkoutsIn(folder: string, services: ReadonlyMap<string, readonly string[]>): readonly ServiceCheckout[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`There is no folder ${folder}`);
  const own = services.get(basename(resolve(folder)));
  if (own) return [{ name: basename(resolve(folder)), folder, services: own }];
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const named = entry.isDirectory() ? services.get(entry.name) : undefined;
    return named ? [{ name: entry.name, folder: join(folder, entry.name), services: named }] : [];
  });
}

function repositoryName(url: string): string {
  return (
    url
      .replace(/[?#].*$/, '')
      .replace(/\/+$/, '')
      .split('/')
      .at(-1) ?? ''
  ).replace(/\.git$/, '');
}

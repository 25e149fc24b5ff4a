import { ACCOUNTS_FILE, BUSLINE_FILE } from '../layout';
import { eventTypeId, ruleNameOf } from '../names';
import { busesOf } from './references';
import type { Environment, Subscription } from '../types';
import type { Rule } from './rule';

export const duplicateRules: readonly Rule[] = [
  {
    id: 'duplicate-event-type',
    purpose: 'One source and detail-type is one event type, declared in one folder.',
    severity: 'error',
    category: 'duplicates',
    checkRepository({ repository }, report) {
      const first = new Map<string, string>();
      for (const type of repository.eventTypes) {
        const id = eventTypeId(type);
        const other = first.get(id);
        if (other === undefined) first.set(id, type.place.file);
        else {
          report(type.place.file, {
            pointer: ['detailType'],
            message: `${id} is declared in ${other} already`,
          });
        }
      }
    },
  },
  {
    id: 'duplicate-account',
    purpose: 'One AWS account has one name.',
    severity: 'error',
    category: 'duplicates',
    checkRepository({ repository }, report) {
      const first = new Map<string, string>();
      for (const { id, name } of repository.accounts) {
        const other = first.get(id);
        if (other === undefined) first.set(id, name);
        else {
          report(ACCOUNTS_FILE, {
            pointer: ['accounts', name, 'id'],
            message: `${id} is the id of ${other} already`,
          });
        }
      }
    },
  },
  {
    id: 'duplicate-bus',
    purpose: 'An account has one bus of a name in a Region.',
    severity: 'error',
    category: 'duplicates',
    checkRepository({ repository }, report) {
      const first = new Map<string, string>();
      for (const environment of repository.environments) {
        for (const [index, bus] of environment.buses.entries()) {
          const key = JSON.stringify([bus.account, bus.region, bus.name]);
          const other = first.get(key);
          if (other === undefined) first.set(key, environment.name);
          else {
            report(BUSLINE_FILE, {
              pointer: ['environments', environment.name, 'buses', index, 'name'],
              message: `bus ${bus.name} of ${bus.account} in ${bus.region} is declared already in ${other}`,
            });
          }
        }
      }
    },
  },
  {
    id: 'duplicate-publication',
    purpose: 'A service lists an event type that it publishes once.',
    severity: 'error',
    category: 'duplicates',
    checkRepository({ repository }, report) {
      for (const service of repository.services) {
        const seen = new Set<string>();
        for (const [index, publication] of service.publishes.entries()) {
          const id = eventTypeId(publication);
          if (seen.has(id)) {
            report(service.place.file, {
              pointer: ['publishes', index],
              message: `${id} is listed above already`,
            });
          }
          seen.add(id);
        }
      }
    },
  },
  {
    id: 'duplicate-rule-name',
    purpose: 'Two subscriptions with one rule name on one bus would overwrite each other on AWS.',
    severity: 'error',
    category: 'duplicates',
    checkRepository({ repository }, report) {
      const environments = new Map(repository.environments.map(environment => [environment.name, environment]));
      // Names that Busline gives itself are told apart by a hash: only names that are written down can meet.
      const written = new Set(repository.subscriptions.flatMap(({ rule }) => rule ?? []));
      if (written.size === 0) return;
      const byName = new Map<string, Subscription[]>();
      for (const subscription of repository.subscriptions) {
        const name = ruleNameOf(subscription);
        if (!written.has(name)) continue;
        const same = byName.get(name) ?? [];
        byName.set(name, [...same, subscription]);
        for (const other of same) {
          if ((subscription.rule ?? other.rule) === undefined) continue;
          const shared = sharedBus(subscription, other, environments);
          if (!shared) continue;
          report(subscription.place.file, {
            pointer: subscription.rule === undefined ? undefined : ['rule'],
            message: `rule ${name} on bus ${shared.bus.name} of ${shared.environment} is made by ${other.place.file} already`,
          });
          break;
        }
      }
    },
  },
  {
    id: 'case-collision',
    purpose: 'Two paths that differ in upper and lower case only are one file on macOS and Windows.',
    severity: 'error',
    category: 'duplicates',
    checkPaths(paths, report) {
      const first = new Map<string, string>();
      for (const path of paths) {
        const folded = path.toLowerCase().normalize('NFC');
        const other = first.get(folded);
        if (other === undefined) first.set(folded, path);
        else
          report(path, {
            message: `is the same file as ${other} where upper and lower case are not told apart`,
          });
      }
    },
  },
];

/** A bus on which both subscriptions listen. */
function sharedBus(a: Subscription, b: Subscription, environments: ReadonlyMap<string, Environment>) {
  const buses = busesOf(b, environments);
  for (const { environment, bus } of busesOf(a, environments)) {
    if (bus && buses.some(other => other.bus === bus)) return { environment, bus };
  }
  return undefined;
}

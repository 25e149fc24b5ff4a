import { UNKNOWN_OWNER } from '../declarations/busline';
import { eventTypeId } from '../names';
import { didYouMean } from '../text/nearest';
import type { Pointer } from '../text/position';
import type { Environment, EventRepository, Subscription } from '../types';
import { ACCOUNTS_FILE, BUSLINE_FILE, domainFile, serviceFile } from '../layout';
import type { KnownNames, Rule } from './rule';

type Reference = {
  readonly file: string;
  readonly pointer?: Pointer;
  readonly name: string;
};

/** A rule that every reference names something that is declared. */
function unknownReference(
  id: string,
  purpose: string,
  what: string,
  where: (name: string) => string,
  namesOf: (known: KnownNames) => ReadonlySet<string> | undefined,
  references: (repository: EventRepository) => Iterable<Reference>,
  ofSubscription?: (subscription: Subscription) => Iterable<Omit<Reference, 'file'>>,
): Rule {
  const finding = ({ pointer, name }: Omit<Reference, 'file'>, names: ReadonlySet<string>) => ({
    pointer,
    message: `unknown ${what} ${JSON.stringify(name)}${
      didYouMean(name, names) || `; ${where(name)} does not declare it`
    }`,
  });
  return {
    id,
    purpose,
    severity: 'error',
    category: 'references',
    checkRepository({ known, repository }, report) {
      const names = namesOf(known);
      if (!names) return;
      for (const { file, ...reference } of references(repository)) {
        if (!names.has(reference.name)) report(file, finding(reference, names));
      }
    },
    checkSubscription:
      ofSubscription &&
      (({ subscription, known }, report) => {
        const names = namesOf(known);
        if (!names) return;
        for (const reference of ofSubscription(subscription)) {
          if (!names.has(reference.name)) report(finding(reference, names));
        }
      }),
  };
}

function* domainsNamed(repository: EventRepository): Iterable<Reference> {
  for (const { domain, place } of [...repository.services, ...repository.eventTypes]) {
    if (domain !== undefined) yield { file: place.file, pointer: ['domain'], name: domain };
  }
}

function* accountsNamed(repository: EventRepository): Iterable<Reference> {
  for (const environment of repository.environments) {
    for (const [index, bus] of environment.buses.entries()) {
      const pointer = ['environments', environment.name, 'buses', index, 'account'];
      yield { file: BUSLINE_FILE, pointer, name: bus.account };
    }
  }
  for (const service of repository.services) {
    for (const { environment, account } of service.environments) {
      const pointer = ['environments', environment, 'account'];
      yield { file: service.place.file, pointer, name: account };
    }
  }
}

function* environmentsNamed(repository: EventRepository): Iterable<Reference> {
  for (const { name, environment } of repository.accounts) {
    if (environment !== undefined) {
      yield {
        file: ACCOUNTS_FILE,
        pointer: ['accounts', name, 'environment'],
        name: environment,
      };
    }
  }
  for (const service of repository.services) {
    for (const { environment } of service.environments) {
      const pointer = ['environments', environment];
      yield { file: service.place.file, pointer, name: environment };
    }
  }
}

function* environmentsOf({ environments }: Subscription) {
  for (const [index, name] of environments.entries()) {
    yield { pointer: ['environments', index], name };
  }
}

function* serviceOf({ service }: Subscription) {
  yield { name: service };
}

const nothing = () => [];

const unknownEventType: Rule = {
  id: 'unknown-event-type',
  purpose: 'A publication or a replacement names an event type that is not declared.',
  severity: 'error',
  category: 'references',
  checkRepository({ repository, known }, report) {
    const hint = (id: string) => didYouMean(id, known.eventTypes) || '; events/ does not declare it';
    for (const service of repository.services) {
      for (const [index, publication] of service.publishes.entries()) {
        const id = eventTypeId(publication);
        if (!known.eventTypes.has(id)) {
          report(service.place.file, {
            pointer: ['publishes', index],
            message: `unknown event type ${JSON.stringify(id)}${hint(id)}`,
          });
        }
      }
    }
    for (const { deprecation, place } of repository.eventTypes) {
      const replacement = deprecation?.replacement;
      if (replacement && !known.eventTypes.has(eventTypeId(replacement))) {
        const id = eventTypeId(replacement);
        report(place.file, {
          pointer: ['deprecation', 'replacement'],
          message: `unknown event type ${JSON.stringify(id)} as replacement${hint(id)}`,
        });
      }
    }
  },
};

const unknownVersion: Rule = {
  id: 'unknown-version',
  purpose: 'A publication names a major version, or event.yaml a version, that has no schema.',
  severity: 'error',
  category: 'references',
  checkRepository({ repository, versionNotes }, report) {
    const majors = new Map<string, ReadonlySet<number>>();
    for (const type of repository.eventTypes) {
      const versions = type.versions.map(({ version }) => version);
      majors.set(eventTypeId(type), new Set(versions.map(version => Number.parseInt(version, 10))));
      for (const [index, { version }] of (type.exceptions ?? []).entries()) {
        if (versions.includes(version)) continue;
        report(type.place.file, {
          pointer: ['schemas', 'exceptions', index, 'version'],
          message: `version ${JSON.stringify(version)} has no schema.json; there are ${versions.join(', ') || 'none'}`,
        });
      }
      for (const version of versionNotes(type.place.file)) {
        if (!versions.includes(version)) {
          report(type.place.file, {
            pointer: ['versions', version],
            at: 'key',
            message: `version ${JSON.stringify(version)} has no schema.json; there are ${
              versions.join(', ') || 'none'
            }`,
          });
        }
      }
    }
    for (const service of repository.services) {
      for (const [index, publication] of service.publishes.entries()) {
        const known = majors.get(eventTypeId(publication));
        publication.majors.forEach((major, at) => {
          if (known && !known.has(major)) {
            report(service.place.file, {
              pointer: ['publishes', index, 'majors', at],
              message: `${eventTypeId(publication)} has no version ${major}.x; its majors are ${
                [...known].join(', ') || 'none'
              }`,
            });
          }
        });
      }
    }
  },
};

/** Events of AWS services, which nobody declares. */
const isOfAws = (source: string) => source.startsWith('aws.');

const undeclaredEventType: Rule = {
  id: 'undeclared-event-type',
  purpose: 'A subscription that names an event type which nobody declares will never receive anything.',
  severity: 'error',
  category: 'references',
  checkSubscription({ known, namedTypes }, report) {
    for (const { source, detailType } of namedTypes) {
      if (detailType === undefined || isOfAws(source)) continue;
      if (known.eventTypes.has(eventTypeId({ source, detailType }))) continue;
      report(undeclared(source, detailType, known));
    }
  },
};

function undeclared(source: string, detailType: string, known: KnownNames) {
  if (!known.sources.has(source)) {
    const message = `no event type with source ${JSON.stringify(source)} is declared${didYouMean(
      source,
      known.sources,
    )}`;
    return { pointer: ['pattern', 'source'], at: 'key', message } as const;
  }
  const prefix = `${source}/`;
  const siblings = [...known.eventTypes].filter(id => id.startsWith(prefix)).map(id => id.slice(prefix.length));
  const message = `no event type ${JSON.stringify(detailType)} of ${source} is declared${didYouMean(
    detailType,
    siblings,
  )}`;
  return { pointer: ['pattern', 'detail-type'], at: 'key', message } as const;
}

const undeclaredSource: Rule = {
  id: 'undeclared-source',
  purpose: 'A subscription takes everything from a source of which no event type is declared.',
  severity: 'warning',
  category: 'references',
  checkSubscription({ known, namedTypes }, report) {
    for (const { source, detailType } of namedTypes) {
      if (detailType !== undefined || isOfAws(source)) continue;
      if (known.sources.has(source)) continue;
      report({
        pointer: ['pattern', 'source'],
        at: 'key',
        message: `no event type with source ${JSON.stringify(source)} is declared${didYouMean(source, known.sources)}`,
      });
    }
  },
};

/** The buses that a subscription listens on, one for each of its environments that has it. */
export function busesOf(
  subscription: Subscription,
  environments: ReadonlyMap<string, Environment>,
): readonly {
  readonly environment: string;
  readonly bus?: Environment['buses'][number];
}[] {
  return subscription.environments.map(environment => ({
    environment,
    bus:
      subscription.bus === undefined
        ? environments.get(environment)?.buses[0]
        : environments.get(environment)?.buses.find(({ name }) => name === subscription.bus),
  }));
}

const unknownBus: Rule = {
  id: 'unknown-bus',
  purpose: 'A subscription listens on a bus that its environment does not have.',
  severity: 'error',
  category: 'references',
  checkSubscription({ subscription, environments }, report) {
    if (subscription.bus === undefined) return;
    for (const { environment, bus } of busesOf(subscription, environments)) {
      const names = environments.get(environment)?.buses.map(({ name }) => name);
      if (!bus && names) {
        report({
          pointer: ['bus'],
          message: `environment ${environment} has no bus ${JSON.stringify(subscription.bus)}; it has ${names.join(
            ', ',
          )}`,
        });
      }
    }
  },
};

const notInEnvironment: Rule = {
  id: 'service-not-in-environment',
  purpose: 'A subscription is to be deployed in an environment in which its service has no account.',
  severity: 'error',
  category: 'references',
  checkSubscription({ subscription, services, known }, report) {
    const service = services.get(subscription.service);
    if (!service) return;
    const there = service.environments.map(({ environment }) => environment);
    for (const [index, environment] of subscription.environments.entries()) {
      if (!there.includes(environment) && known.environments?.has(environment)) {
        report({
          pointer: ['environments', index],
          message: `${service.name} has no account in ${environment}; ${serviceFile(service.name)} gives ${
            there.join(', ') || 'none'
          }`,
        });
      }
    }
  },
};

export const referenceRules: readonly Rule[] = [
  unknownReference(
    'unknown-domain',
    'A service or an event type belongs to a domain that is not declared.',
    'domain',
    domainFile,
    known => known.domains,
    domainsNamed,
  ),
  unknownReference(
    'unknown-service',
    'A folder of subscriptions is named after a service that is not declared.',
    'service',
    serviceFile,
    known => known.services,
    nothing,
    serviceOf,
  ),
  unknownReference(
    'unknown-account',
    'A bus or a service is placed in an account that accounts.yaml does not know.',
    'account',
    () => ACCOUNTS_FILE,
    known => known.accounts,
    accountsNamed,
  ),
  unknownReference(
    'unknown-environment',
    'A service, an account or a subscription names an environment that busline.yaml does not have.',
    'environment',
    () => BUSLINE_FILE,
    known => known.environments,
    environmentsNamed,
    environmentsOf,
  ),
  unknownBus,
  unknownEventType,
  unknownVersion,
  undeclaredEventType,
  undeclaredSource,
  notInEnvironment,
  {
    id: 'no-publisher',
    purpose: 'An event type that no service publishes is either not used or not declared in full.',
    severity: 'warning',
    category: 'references',
    checkRepository({ repository }, report) {
      const published = new Set(repository.services.flatMap(service => service.publishes.map(eventTypeId)));
      for (const type of repository.eventTypes) {
        const expected = type.lifecycle !== 'retired' && type.owner !== UNKNOWN_OWNER;
        if (expected && !published.has(eventTypeId(type))) {
          report(type.place.file, {
            message: `no service publishes ${eventTypeId(type)}`,
          });
        }
      }
    },
  },
];

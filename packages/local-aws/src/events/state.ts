import { parseArn, type NamedPolicy } from '@busline/access-policy';
import { AwsError } from '../service';
import type { Collection, Scope, Store } from '../store/store';
import { DEFAULT_BUS, type Bus, type Rule } from './types';

/** A bus by where it is. */
export interface BusPlace extends Scope {
  readonly bus: string;
}

export function busArn({ account, region, bus }: BusPlace): string {
  return `arn:aws:events:${region}:${account}:event-bus/${bus}`;
}

export function ruleArn(place: BusPlace, rule: string): string {
  const { account, region, bus } = place;
  const path = bus === DEFAULT_BUS ? rule : `${bus}/${rule}`;
  return `arn:aws:events:${region}:${account}:rule/${path}`;
}

/** The place that a bus name (in the caller's scope) or a bus ARN means. The default bus where it is left out. */
export function busPlace(scope: Scope, nameOrArn: string | undefined): BusPlace {
  const { account, region } = scope;
  if (nameOrArn === undefined) return { account, region, bus: DEFAULT_BUS };
  if (!nameOrArn.startsWith('arn:')) return { account, region, bus: nameOrArn };
  const place = parseBusArn(nameOrArn);
  if (place) return place;
  throw new AwsError(
    'ValidationException',
    `Parameter ${nameOrArn} is not valid. Reason: Provided Arn is not in correct format.`,
  );
}

/** The place that an ARN means, where it is the ARN of a bus. */
export function parseBusArn(text: string): BusPlace | undefined {
  const arn = parseArn(text);
  const match = arn && /^event-bus\/(.+)$/.exec(arn.resource);
  if (!arn || !match || arn.service !== 'events') return undefined;
  return { account: arn.account, region: arn.region, bus: match[1] };
}

export interface EventsState {
  buses(scope: Scope): Collection<Bus>;
  rules(place: BusPlace): Collection<Rule>;
  findBus(place: BusPlace): Bus | undefined;
  /** @throws AwsError ResourceNotFoundException */
  bus(place: BusPlace): Bus;
  /** @throws AwsError ResourceNotFoundException */
  rule(place: BusPlace, name: string): Rule;
  /** The bus's policy by the name that denials give it. */
  policyOf(place: BusPlace): NamedPolicy | undefined;
}

/** Buses and rules in the store. Every account has a default bus in every Region, without asking for it. */
export function createEventsState(store: Store): EventsState {
  const buses = (scope: Scope) => store.collection<Bus>('events/buses', scope);
  const rules = (place: BusPlace) => store.collection<Rule>(`events/rules/${place.bus}`, place);

  function findBus(place: BusPlace): Bus | undefined {
    const found = buses(place).get(place.bus);
    if (found || place.bus !== DEFAULT_BUS) return found;
    return { name: DEFAULT_BUS, created: 0, modified: 0, tags: [] };
  }

  function bus(place: BusPlace): Bus {
    const found = findBus(place);
    if (found) return found;
    throw new AwsError('ResourceNotFoundException', `Event bus ${place.bus} does not exist.`);
  }

  return {
    buses,
    rules,
    findBus,
    bus,
    rule(place, name) {
      bus(place);
      const found = rules(place).get(name);
      if (found) return found;
      throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${place.bus}.`);
    },
    policyOf(place) {
      const document = findBus(place)?.policy;
      return (
        document && {
          name: `the resource-based policy of event bus ${busArn(place)}`,
          document,
        }
      );
    },
  };
}

import type { Subscription } from '@busline/event-repository';
import type { Cost } from '../plan/plan';
import type { PriceList, RegionPrices } from '../prices/priceList';
import { NEWEST_PRICES, PRICES_ELSEWHERE } from '../prices/prices';

/** EventBridge counts an event once for every 64 KB of it. */
const UNIT_BYTES = 64 * 1024;
const DEFAULT_EVENTS = 1_000_000;
const DEFAULT_BYTES = 1024;
/** Sent by EventBridge, received, deleted: without batches, hence at most. */
const SQS_REQUESTS_PER_EVENT = 3;
/** A start and an end. */
const TRANSITIONS_PER_EVENT = 2;

export interface CostInput {
  /** Subscriptions of one environment that come (1) or go (-1), and whether they are delivered in another account. */
  readonly subscriptions: readonly {
    readonly subscription: Subscription;
    readonly sign: 1 | -1;
    readonly isCrossAccount: boolean;
  }[];
  /** Event types that are newly published, less those that no longer are. */
  readonly publications: number;
  readonly alarms: number;
  readonly region: string;
  readonly prices?: PriceList;
  readonly eventsPerMonth?: number;
  readonly eventSizeBytes?: number;
}

type Line = { title: string; units: number; unit: string; pricePerMillion: number };

/** What AWS would charge a month more (or less) if each subscription received, and each publication sent, so many events. */
export function costOf(input: CostInput): Cost {
  const { region, prices = NEWEST_PRICES, eventsPerMonth = DEFAULT_EVENTS, eventSizeBytes = DEFAULT_BYTES } = input;
  const isKnown = Object.hasOwn(prices.regions, region);
  const of = prices.regions[isKnown ? region : PRICES_ELSEWHERE];
  const units = eventsPerMonth * Math.max(1, Math.ceil(eventSizeBytes / UNIT_BYTES));
  const lines: Line[] = [];
  if (input.publications !== 0) {
    lines.push({
      title: 'Events published',
      units: units * input.publications,
      unit: 'events of up to 64 KB',
      pricePerMillion: of.customEvents,
    });
  }
  for (const each of input.subscriptions)
    lines.push(...deliveryLines(each, units * each.sign, eventsPerMonth * each.sign, of));
  if (input.alarms !== 0) {
    lines.push({ title: 'Alarms', units: input.alarms, unit: 'alarms', pricePerMillion: of.alarmMonth * 1_000_000 });
  }
  const items = merged(lines).map(line => ({
    ...line,
    perMonth: cents((line.units * line.pricePerMillion) / 1_000_000),
  }));
  return {
    currency: 'USD',
    eventsPerMonth,
    eventSizeBytes,
    perMonth: cents(items.reduce((sum, { perMonth }) => sum + perMonth, 0)),
    items,
    region,
    pricesOf: prices.date,
    source: prices.source,
    notes: notesOf(input, isKnown),
  };
}

function deliveryLines(
  { subscription, isCrossAccount }: CostInput['subscriptions'][number],
  units: number,
  events: number,
  of: RegionPrices,
): readonly Line[] {
  const lines: Line[] = [];
  if (subscription.path === 'subscriber-bus' && isCrossAccount) {
    lines.push({
      title: 'Forwarding to the subscriber bus',
      units,
      unit: 'events of up to 64 KB',
      pricePerMillion: of.busToBus,
    });
  } else if (isCrossAccount) {
    lines.push({
      title: 'Delivery to another account',
      units,
      unit: 'events of up to 64 KB',
      pricePerMillion: of.crossAccountDelivery,
    });
  }
  for (const target of subscription.targets) {
    const service = target.type === 'arn' ? target.arn.split(':')[2] : target.type;
    if (service === 'sqs') {
      const isFifo = target.type === 'arn' && target.arn.endsWith('.fifo');
      lines.push({
        title: 'Queue: send, receive and delete',
        units: units * SQS_REQUESTS_PER_EVENT,
        unit: 'requests of up to 64 KB',
        pricePerMillion: isFifo ? of.sqsFifoRequests : of.sqsRequests,
      });
    } else if (service === 'lambda') {
      lines.push({ title: 'Function calls', units: events, unit: 'requests', pricePerMillion: of.lambdaRequests });
    } else if (service === 'step-functions' || service === 'states') {
      lines.push({
        title: 'State transitions',
        units: events * TRANSITIONS_PER_EVENT,
        unit: 'transitions',
        pricePerMillion: of.stateTransitions,
      });
    }
  }
  return lines;
}

function merged(lines: readonly Line[]): readonly Line[] {
  const byTitle = new Map<string, Line>();
  for (const line of lines) {
    const key = `${line.title} ${line.pricePerMillion}`;
    const known = byTitle.get(key);
    byTitle.set(key, known ? { ...known, units: known.units + line.units } : line);
  }
  return [...byTitle.values()].filter(({ units }) => units !== 0);
}

const cents = (amount: number) => Math.round(amount * 100) / 100;

function notesOf({ subscriptions, region }: CostInput, isKnown: boolean): readonly string[] {
  const notes = ['List prices without free tiers. What a filter leaves out costs nothing.'];
  if (!isKnown) notes.push(`The price list has no ${region}: prices of ${PRICES_ELSEWHERE} are shown.`);
  if (subscriptions.some(({ subscription }) => subscription.targets.some(({ type }) => type === 'lambda'))) {
    notes.push('The time that functions run is not counted.');
  }
  if (subscriptions.length > 1) notes.push('Subscriptions that share events are forwarded once and counted each.');
  return notes;
}

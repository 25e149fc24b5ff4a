import type { Clock } from '../clock';
import type { Scope, Store } from '../store/store';
import { seriesKey, type Series } from './series';
import { mergeSummaries, type Summary } from './statistics';

/**
 * Values over time in bounded room.
 *
 * A value is first added to the summary of its minute in memory. Once a minute, and before every read, those summaries
 * are settled into three tiers, each a multiple of the one before: minutes for 3 hours, five minutes for a day, hours for
 * 15 days. A tier is stored in chunks, so that settling writes a few small records per series. A killed server loses at
 * most the last minute: metrics are best effort on AWS too.
 */
export interface Metrics {
  add(scope: Scope, series: Series, unit: string, time: number, value: Summary): void;
  /** The series with data since a time. */
  list(scope: Scope, since: number): readonly StoredSeries[];
  find(scope: Scope, series: Series): StoredSeries | undefined;
  /**
   * Summaries by the start of their period, in order, for periods that begin in `from` (inclusive) to `to` (exclusive).
   * A period without values is not there.
   */
  read(scope: Scope, series: Series, range: ReadRange): ReadonlyMap<number, Summary>;
  settle(): void;
  close(): void;
}

export interface ReadRange {
  /** Milliseconds since 1970; a multiple of the period. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds. */
  readonly period: number;
}

export interface StoredSeries extends Series {
  readonly unit: string;
  /** The start of the newest minute with data. */
  readonly newest: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Tier {
  readonly name: string;
  readonly step: number;
  readonly retention: number;
  readonly chunk: number;
}

const MINUTES: Tier = {
  name: 'm',
  step: MINUTE,
  retention: 3 * HOUR,
  chunk: HOUR,
};
const FIVE_MINUTES: Tier = {
  name: 'f',
  step: 5 * MINUTE,
  retention: DAY,
  chunk: 6 * HOUR,
};
const HOURS: Tier = {
  name: 'h',
  step: HOUR,
  retention: 15 * DAY,
  chunk: 5 * DAY,
};
const TIERS = [MINUTES, FIVE_MINUTES, HOURS];

/** A part of a tier: summaries by the start of their step. */
interface Chunk {
  readonly start: number;
  readonly tier: string;
  readonly summaries: Readonly<Record<string, Summary>>;
}

interface Unsettled {
  readonly scope: Scope;
  readonly series: Series;
  unit: string;
  readonly minutes: Map<number, Summary>;
}

/** Above this many unsettled minutes, settling does not wait. */
const MAX_UNSETTLED = 10_000;

const floor = (time: number, step: number) => Math.floor(time / step) * step;

export function createMetrics(store: Store, clock: Clock): Metrics {
  const unsettled = new Map<string, Unsettled>();
  let unsettledMinutes = 0;
  let cancelTimer: (() => void) | undefined;
  let nextPrune = 0;

  const seriesIn = (scope: Scope) => store.collection<StoredSeries>('cloudwatch/series', scope);
  const chunksIn = (scope: Scope) => store.collection<Chunk>('cloudwatch/chunks', scope);
  const chunkKey = (series: Series, tier: Tier, start: number) => `${seriesKey(series)} ${tier.name} ${start}`;

  function add(scope: Scope, series: Series, unit: string, time: number, value: Summary): void {
    const key = `${scope.account}/${scope.region}/${seriesKey(series)}`;
    let entry = unsettled.get(key);
    if (!entry) {
      entry = { scope, series, unit, minutes: new Map() };
      unsettled.set(key, entry);
    }
    entry.unit = unit;
    const minute = floor(time, MINUTE);
    const known = entry.minutes.get(minute);
    entry.minutes.set(minute, known ? mergeSummaries(known, value) : value);
    if (!known) unsettledMinutes++;
    if (unsettledMinutes > MAX_UNSETTLED) settle();
    else cancelTimer ??= clock.after(MINUTE, settle);
  }

  function settle(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    for (const entry of unsettled.values()) settleSeries(entry);
    unsettled.clear();
    unsettledMinutes = 0;
    if (clock.now() >= nextPrune) {
      nextPrune = clock.now() + HOUR;
      prune();
    }
  }

  function settleSeries({ scope, series, unit, minutes }: Unsettled): void {
    const newest = Math.max(...minutes.keys());
    const all = seriesIn(scope);
    const known = all.get(seriesKey(series));
    if (!known || known.newest < newest || known.unit !== unit) {
      all.set(seriesKey(series), {
        ...series,
        unit,
        newest: Math.max(newest, known?.newest ?? 0),
      });
    }
    for (const tier of TIERS) settleTier(scope, series, tier, minutes);
  }

  function settleTier(scope: Scope, series: Series, tier: Tier, minutes: ReadonlyMap<number, Summary>): void {
    const changed = new Map<number, Record<string, Summary>>();
    for (const [minute, summary] of minutes) {
      const start = floor(minute, tier.chunk);
      const key = chunkKey(series, tier, start);
      const summaries = changed.get(start) ?? {
        ...chunksIn(scope).get(key)?.summaries,
      };
      changed.set(start, summaries);
      const step = floor(minute, tier.step);
      const known = summaries[step];
      summaries[step] = known ? mergeSummaries(known, summary) : summary;
    }
    for (const [start, summaries] of changed) {
      chunksIn(scope).set(chunkKey(series, tier, start), {
        start,
        tier: tier.name,
        summaries,
      });
    }
  }

  function prune(): void {
    for (const scope of store.scopes('cloudwatch/chunks')) {
      const chunks = chunksIn(scope);
      for (const [key, { start, tier }] of [...chunks.entries()]) {
        const { chunk, retention } = TIERS.find(t => t.name === tier) ?? HOURS;
        if (start + chunk + retention + HOUR < clock.now()) chunks.delete(key);
      }
      const all = seriesIn(scope);
      for (const [key, { newest }] of [...all.entries()]) {
        if (newest + HOURS.retention < clock.now()) all.delete(key);
      }
    }
  }

  /** The finest tier that still has it all, cut at whole hours so that no value counts twice. */
  function* stored(
    scope: Scope,
    series: Series,
    { from, to, period }: ReadRange,
  ): Generator<readonly [number, Summary]> {
    const minutesFrom = floor(clock.now() - MINUTES.retention, HOUR);
    const fivesFrom = floor(clock.now() - FIVE_MINUTES.retention, HOUR);
    const finest = TIERS.filter(tier => period % tier.step === 0).at(-1) ?? MINUTES;
    const parts = [{ tier: HOURS, first: -Infinity }];
    if (finest !== HOURS) parts.push({ tier: FIVE_MINUTES, first: fivesFrom });
    if (finest === MINUTES) parts.push({ tier: MINUTES, first: minutesFrom });
    for (const [index, { tier, first }] of parts.entries()) {
      const end = parts[index + 1]?.first ?? Infinity;
      yield* readTier(scope, series, tier, Math.max(from, first), Math.min(to, end));
    }
  }

  function* readTier(
    scope: Scope,
    series: Series,
    tier: Tier,
    from: number,
    to: number,
  ): Generator<readonly [number, Summary]> {
    const oldest = floor(clock.now() - tier.retention - tier.chunk, tier.chunk);
    const last = Math.min(to, clock.now() + DAY);
    for (let start = Math.max(floor(from, tier.chunk), oldest); start < last; start += tier.chunk) {
      const chunk = chunksIn(scope).get(chunkKey(series, tier, start));
      for (const [time, summary] of Object.entries(chunk?.summaries ?? {})) {
        if (Number(time) >= from && Number(time) < to) {
          yield [Number(time), summary];
        }
      }
    }
  }

  return {
    add,
    settle,
    list(scope, since) {
      settle();
      return [...seriesIn(scope).values()].filter(s => s.newest >= since);
    },
    find(scope, series) {
      settle();
      return seriesIn(scope).get(seriesKey(series));
    },
    read(scope, series, range) {
      settle();
      const periods = new Map<number, Summary>();
      for (const [time, summary] of stored(scope, series, range)) {
        const start = floor(time, range.period);
        const known = periods.get(start);
        periods.set(start, known ? mergeSummaries(known, summary) : summary);
      }
      return new Map([...periods].sort(([a], [b]) => a - b));
    },
    close() {
      settle();
      cancelTimer?.();
    },
  };
}

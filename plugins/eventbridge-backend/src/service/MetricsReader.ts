import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { BusDetail, MetricPoint, MetricsDay, SubscriptionDetail } from '@busline/plugin-eventbridge-common';
import type { EventSource, MetricName, MetricSeries, MetricsRequest } from '@busline/plugin-eventbridge-node';
import type { Knex } from 'knex';

const METRICS: readonly MetricName[] = ['MatchedEvents', 'FailedInvocations', 'InvocationsSentToDlq'];
/** Longer than this nobody waits for a small line on a page. */
const TIMEOUT_MS = 10_000;

type Place = Pick<MetricsRequest, 'accountId' | 'region' | 'subjects'>;

/** Numbers of the last 24 hours from CloudWatch, kept in the database for a few minutes since every call costs. */
export class MetricsReader {
  readonly #options: {
    readonly knex: Knex;
    readonly logger: LoggerService;
    readonly sources: readonly EventSource[];
    readonly cacheMs: number;
    readonly now: () => Date;
  };

  constructor(options: {
    readonly knex: Knex;
    readonly logger: LoggerService;
    readonly sources: readonly EventSource[];
    readonly cacheMs: number;
    readonly now?: () => Date;
  }) {
    this.#options = { ...options, now: options.now ?? (() => new Date()) };
  }

  /** What the last rule matched; failures and dead letters of all its rules. */
  ofSubscription({ id, hops }: SubscriptionDetail): Promise<MetricsDay> {
    const places = hops.map(
      ({ bus, rule }): Place => ({
        accountId: bus.account.id,
        region: bus.region,
        subjects: [{ bus: bus.name, rule: rule.name }],
      }),
    );
    return this.#cached(`subscription ${id}`, places);
  }

  ofBus({ arn, account, region, name }: BusDetail): Promise<MetricsDay> {
    return this.#cached(`bus ${arn}`, [{ accountId: account.id, region, subjects: [{ bus: name }] }]);
  }

  async #cached(key: string, places: readonly Place[]): Promise<MetricsDay> {
    const { knex, cacheMs, now, logger } = this.#options;
    const row: { fetched_at: string; document: string } | undefined = await knex('metrics')
      .where({ key })
      .first('fetched_at', 'document');
    if (row && now().getTime() - Date.parse(row.fetched_at) < cacheMs) return JSON.parse(row.document) as MetricsDay;
    try {
      const day = await this.#read(places);
      await knex('metrics')
        .insert({ key, fetched_at: now().toISOString(), document: JSON.stringify(day) })
        .onConflict('key')
        .merge();
      return day;
    } catch (error) {
      if (error instanceof NotFoundError || !row) throw error;
      logger.warn(`Metrics of ${key} could not be read; older ones are shown`, error as Error);
      return JSON.parse(row.document) as MetricsDay;
    }
  }

  async #read(places: readonly Place[]): Promise<MetricsDay> {
    if (places.length === 0) throw new NotFoundError('There are no rules to read metrics of');
    const until = this.#options.now();
    const reads = await Promise.all(places.map(place => this.#readPlace(place, until)));
    const last = reads.at(-1)!;
    const all = reads.flat();
    return {
      period: 'hour',
      source: 'CloudWatch',
      until: until.toISOString(),
      matched: sum(last, 'MatchedEvents'),
      failed: sum(all, 'FailedInvocations'),
      deadLettered: sum(all, 'InvocationsSentToDlq'),
    };
  }

  async #readPlace(place: Place, until: Date): Promise<readonly MetricSeries[]> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    for (const source of this.#options.sources) {
      try {
        const series = await source.readMetrics?.({ ...place, metrics: METRICS, until: until.getTime(), signal });
        if (series) return series;
      } catch (error) {
        throw new ServiceUnavailableError(`CloudWatch did not answer. ${(error as Error).message}`);
      }
    }
    throw new NotFoundError(
      `No source reads account ${place.accountId} in ${place.region}, so its metrics are unknown`,
    );
  }
}

function sum(series: readonly MetricSeries[], metric: MetricName): MetricPoint[] {
  const byTime = new Map<string, number>();
  for (const one of series) {
    if (one.metric !== metric) continue;
    for (const { time, value } of one.points) byTime.set(time, (byTime.get(time) ?? 0) + value);
  }
  return [...byTime].sort(([a], [b]) => (a < b ? -1 : 1)).map(([time, value]) => ({ time, value }));
}

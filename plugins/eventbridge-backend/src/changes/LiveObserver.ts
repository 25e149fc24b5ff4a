import type { LoggerService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@busline/event-repository';
import type { BusState } from '@busline/infrastructure';
import type { Plan } from '@busline/onboarding';
import type { LiveCheck, Standing } from '@busline/plugin-eventbridge-common';
import type { EventSource } from '@busline/plugin-eventbridge-node';
import type { Knex } from 'knex';
import { rowId } from '../database/ids';
import type { ChangeRecord } from './ChangeStore';

type Resource = Plan['accounts'][number]['resources'][number];

const METRICS_TIMEOUT_MS = 10_000;

/**
 * Whether what was asked for is there: main declares it, AWS has it, and a new rule has matched its first event.
 * The sources are read again first, so that a merge is seen within seconds rather than at the next scheduled read.
 */
export class LiveObserver {
  readonly #options: {
    readonly knex: Knex;
    readonly logger: LoggerService;
    readonly sources: readonly EventSource[];
    /** Has a source read now, and waits for it. */
    readonly refresh: (sourceId: string, signal: AbortSignal) => Promise<void>;
    readonly now?: () => Date;
  };

  constructor(options: {
    readonly knex: Knex;
    readonly logger: LoggerService;
    readonly sources: readonly EventSource[];
    readonly refresh: (sourceId: string, signal: AbortSignal) => Promise<void>;
    readonly now?: () => Date;
  }) {
    this.#options = options;
  }

  async look(record: ChangeRecord, signal: AbortSignal): Promise<readonly LiveCheck[]> {
    const before = record.live.length > 0 && record.live.every(({ state }) => state === 'seen');
    if (before) return record.live;
    await this.#refresh(signal);
    const checks: LiveCheck[] = [];
    for (const account of record.plan.accounts) {
      for (const resource of account.resources) {
        if (resource.type === 'rule') checks.push(await this.#ruleCheck(resource));
        if (resource.type === 'bus policy statement') checks.push(await this.#statementCheck(resource));
      }
    }
    for (const { account, resource } of lastRules(record)) {
      checks.push(await this.#firstEvent(account, resource, record));
    }
    return checks.length > 0 ? checks : [await this.#declaredCheck(record)];
  }

  async #refresh(signal: AbortSignal): Promise<void> {
    const { sources, refresh } = this.#options;
    for (const kind of ['event-repository', 'aws'] as const) {
      for (const source of sources.filter(each => each.kind === kind)) await refresh(source.id, signal);
    }
  }

  async #ruleCheck(resource: Resource): Promise<LiveCheck> {
    const row: { standing: Standing; declared: string; observed: string } | undefined = await this.#options
      .knex('rules')
      .where({ id: rowId('rule', resource.arn) })
      .first('standing', 'declared', 'observed');
    const title = `Rule ${resource.name}`;
    if (resource.status === 'removed') {
      return row?.observed
        ? { title, state: 'awaited', detail: 'AWS still has it' }
        : { title, state: 'seen', detail: 'gone from AWS' };
    }
    if (row?.standing === 'in-sync') return { title, state: 'seen', detail: 'declared and observed' };
    const detail = !row?.declared ? 'not read from main yet' : WORDS_OF_STANDING[row.standing];
    return { title, state: 'awaited', detail };
  }

  async #statementCheck(resource: Resource): Promise<LiveCheck> {
    const title = `Permission ${resource.name}`;
    const bus = await this.#busOf(resource.arn);
    const names = statementIds(bus?.policy);
    const isThere = names.includes(resource.name);
    if (resource.status === 'removed') {
      return isThere ? { title, state: 'awaited', detail: 'AWS still has it' } : { title, state: 'seen' };
    }
    return isThere
      ? { title, state: 'seen', detail: 'observed on the bus' }
      : { title, state: 'awaited', detail: 'not on the bus yet' };
  }

  async #busOf(arn: string): Promise<BusState | undefined> {
    const row: { observed: string } | undefined = await this.#options
      .knex('buses')
      .where({ id: rowId('bus', arn) })
      .first('observed');
    return row?.observed ? (JSON.parse(row.observed) as BusState) : undefined;
  }

  /** Hours of CloudWatch in which a rule that is new matched anything. */
  async #firstEvent(
    account: { readonly accountId: string; readonly region: string },
    resource: Resource,
    record: ChangeRecord,
  ): Promise<LiveCheck> {
    const title = `A first event for ${resource.name}`;
    const row: { bus: string } | undefined = await this.#options
      .knex({ r: 'rules' })
      .join({ b: 'buses' }, 'b.id', 'r.bus_id')
      .where('r.id', rowId('rule', resource.arn))
      .first({ bus: 'b.name' });
    if (!row) return { title, state: 'awaited' };
    const now = this.#options.now?.() ?? new Date();
    for (const source of this.#options.sources) {
      try {
        const series = await source.readMetrics?.({
          ...account,
          subjects: [{ bus: row.bus, rule: resource.name }],
          metrics: ['MatchedEvents'],
          until: now.getTime(),
          signal: AbortSignal.timeout(METRICS_TIMEOUT_MS),
        });
        const matched = (series ?? []).flatMap(({ points }) => points).reduce((sum, { value }) => sum + value, 0);
        if (matched > 0) {
          return { title, state: 'seen', detail: `${matched} matched since ${record.deployedAt ?? 'the deployment'}` };
        }
      } catch (error) {
        this.#options.logger.warn(`Metrics of ${resource.name} could not be read`, error as Error);
      }
    }
    return { title, state: 'awaited', detail: 'none matched yet, as far as CloudWatch has counted' };
  }

  /** A request without resources of its own, such as a deprecation: main has been read since the merge. */
  async #declaredCheck(record: ChangeRecord): Promise<LiveCheck> {
    const stale: { id: string } | undefined = await this.#options
      .knex('sources')
      .where({ kind: 'event-repository' })
      .where(query => query.where('last_read_at', '<', record.mergedAt ?? '').orWhereNull('last_read_at'))
      .first('id');
    const title = 'Main, read since the merge';
    return stale ? { title, state: 'awaited' } : { title, state: 'seen' };
  }
}

const WORDS_OF_STANDING: Readonly<Record<Standing, string>> = {
  'in-sync': 'declared and observed',
  drifted: 'AWS has it otherwise than main declares',
  'declared-only': 'declared, not on AWS yet',
  'observed-only': 'on AWS, not declared',
  unknown: 'AWS was not read yet',
};

/** New rules behind which nothing of the plan follows: those that hand an event to its target. */
function lastRules(record: ChangeRecord) {
  const rules = record.plan.accounts.flatMap(({ accountId, region, resources }) =>
    resources
      .filter(resource => resource.type === 'rule' && resource.status === 'added')
      .map(resource => ({ account: { accountId, region }, resource })),
  );
  const { request } = record;
  const expected = request.kind === 'onboard' ? request.subscriptions.length : 0;
  if (expected === 0) return [];
  // By way of a subscriber bus the service's own account has the last rule; a direct target has only the central one.
  const own = rules.filter(({ resource }) => resource.stack?.includes('-central-') === false);
  return own.length > 0 ? own : rules;
}

function statementIds(policy: JsonObject | undefined): readonly string[] {
  const statements = policy?.Statement;
  const list = Array.isArray(statements) ? statements : [statements];
  return list.flatMap(statement =>
    typeof statement === 'object' && statement !== null && 'Sid' in statement ? [String(statement.Sid)] : [],
  );
}

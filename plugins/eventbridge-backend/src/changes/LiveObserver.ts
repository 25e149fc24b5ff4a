import type { LoggerService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@busline/event-repository';
import type { BusState } from '@busline/infrastructure';
import type { Plan } from '@busline/onboarding';
import type { LiveCheck, Standing } from '@busline/plugin-eventbridge-common';
import type { EventSource } from '@busline/plugin-eventbridge-node';
import type { Knex } from 'knex';
import { rowId } from '../database/ids';
import type { ChangeRecord } from './changeRecord';

type Resource = Plan['accounts'][number]['resources'][number];

interface Place {
  readonly accountId: string;
  readonly region: string;
}

export interface LiveObserverOptions {
  readonly knex: Knex;
  readonly logger: LoggerService;
  readonly sources: readonly EventSource[];
  /** The source of the event repository to which change requests go. */
  readonly eventsSourceId: string;
  /** Has a source read now, or only what it has of some places, and waits for it. */
  readonly refresh: (sourceId: string, signal: AbortSignal, only?: readonly Place[]) => Promise<void>;
  readonly now: () => Date;
}

const METRICS_TIMEOUT_MS = 10_000;
const HOUR_MS = 3_600_000;
/** However many wait, an account is read no more often than this. */
const REST_BETWEEN_READS_MS = 3000;
/** Reads that are remembered; with more accounts than this at once, some are read more often. */
const MAX_REMEMBERED = 2000;

/**
 * Whether what was asked for is there: main declares it, AWS has it, and a new rule has matched its first event.
 * Main and the accounts of the plan are read again first, so that a merge is seen within seconds rather than at the next
 * scheduled read; no other account is.
 */
export class LiveObserver {
  readonly #options: LiveObserverOptions;
  readonly #reads = new Map<string, { readonly begun: number; readonly read: Promise<void> }>();

  constructor(options: LiveObserverOptions) {
    this.#options = options;
  }

  async look(record: ChangeRecord, signal: AbortSignal): Promise<readonly LiveCheck[]> {
    const seen = new Set(record.live.filter(({ state }) => state === 'seen').map(({ title }) => title));
    await this.#refresh(record, signal);
    const checks: LiveCheck[] = [await this.#declaredCheck(record)];
    for (const account of record.plan.accounts) {
      for (const resource of account.resources) {
        if (resource.type === 'rule') checks.push(await this.#ruleCheck(resource));
        if (resource.type === 'bus policy statement') checks.push(await this.#statementCheck(account, resource));
      }
    }
    for (const { account, resource } of lastRules(record)) {
      const title = firstEventTitle(resource);
      const check = record.live.find(each => each.title === title);
      // The first event comes once, whatever CloudWatch forgets.
      checks.push(seen.has(title) && check ? check : await this.#firstEvent(account, resource, record));
    }
    return checks;
  }

  async #refresh({ plan }: ChangeRecord, signal: AbortSignal): Promise<void> {
    const { sources, eventsSourceId, refresh } = this.#options;
    await this.#rested(eventsSourceId, () => refresh(eventsSourceId, signal));
    for (const source of sources.filter(each => each.kind === 'aws')) {
      for (const { accountId, region } of plan.accounts) {
        const only = [{ accountId, region }];
        await this.#rested(`${source.id} ${accountId} ${region}`, () => refresh(source.id, signal, only));
      }
    }
  }

  /** Reads unless it was read just now; who comes while a read runs waits for that one. */
  async #rested(key: string, read: () => Promise<void>): Promise<void> {
    const now = this.#options.now().getTime();
    const last = this.#reads.get(key);
    if (last && now - last.begun < REST_BETWEEN_READS_MS) return last.read;
    const next = { begun: now, read: read() };
    this.#reads.delete(key);
    this.#reads.set(key, next);
    if (this.#reads.size > MAX_REMEMBERED) this.#reads.delete(this.#reads.keys().next().value!);
    return next.read;
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

  async #statementCheck(place: Place, resource: Resource): Promise<LiveCheck> {
    const title = `Permission ${resource.name}`;
    const policy = (await this.#busOf(resource.arn))?.policy;
    const isThere = statementIds(policy).includes(resource.name);
    if (resource.status !== 'removed') {
      return isThere
        ? { title, state: 'seen', detail: 'observed on the bus' }
        : { title, state: 'awaited', detail: 'not on the bus yet' };
    }
    if (isThere) return { title, state: 'awaited', detail: 'AWS still has it' };
    return { title, state: 'seen', detail: `gone from account ${place.accountId}` };
  }

  async #busOf(arn: string): Promise<BusState | undefined> {
    const row: { observed: string } | undefined = await this.#options
      .knex('buses')
      .where({ id: rowId('bus', arn) })
      .first('observed');
    return row?.observed ? (JSON.parse(row.observed) as BusState) : undefined;
  }

  /** Hours of CloudWatch in which a rule that is new matched anything. */
  async #firstEvent(place: Place, resource: Resource, record: ChangeRecord): Promise<LiveCheck> {
    const title = firstEventTitle(resource);
    const row: { bus: string } | undefined = await this.#options
      .knex({ r: 'rules' })
      .join({ b: 'buses' }, 'b.id', 'r.bus_id')
      .where('r.id', rowId('rule', resource.arn))
      .first({ bus: 'b.name' });
    if (!row) return { title, state: 'awaited', detail: 'its rule is not seen on AWS yet' };
    const matched = await this.#matched(place, { bus: row.bus, rule: resource.name }, hourOf(record.mergedAt));
    if (matched > 0) return { title, state: 'seen', detail: matched === 1 ? 'one matched' : `${matched} matched` };
    return { title, state: 'awaited', detail: 'none matched yet, as far as CloudWatch has counted' };
  }

  async #matched(place: Place, subject: { bus: string; rule: string }, since: number): Promise<number> {
    let matched = 0;
    for (const source of this.#options.sources) {
      try {
        const series = await source.readMetrics?.({
          ...place,
          subjects: [subject],
          metrics: ['MatchedEvents'],
          until: this.#options.now().getTime(),
          signal: AbortSignal.timeout(METRICS_TIMEOUT_MS),
        });
        const points = (series ?? []).flatMap(each => each.points).filter(({ time }) => Date.parse(time) >= since);
        matched += points.reduce((sum, { value }) => sum + value, 0);
      } catch (error) {
        this.#options.logger.warn(`Metrics of ${subject.rule} could not be read`, error as Error);
      }
    }
    return matched;
  }

  /** Main has been read since the merge: what it declares is what the portal shows. */
  async #declaredCheck(record: ChangeRecord): Promise<LiveCheck> {
    const title = 'Main, read since the merge';
    const row: { last_read_at: string | null; state: string; reason: string | null } | undefined = await this.#options
      .knex('sources')
      .where({ id: this.#options.eventsSourceId })
      .first('last_read_at', 'state', 'reason');
    const isRead = row?.last_read_at && row.last_read_at >= (record.mergedAt ?? '');
    if (isRead) return { title, state: 'seen' };
    return { title, state: 'awaited', ...(row?.reason && { detail: row.reason }) };
  }
}

function firstEventTitle({ name }: Resource): string {
  return `A first event for ${name}`;
}

/** The beginning of the hour, as metrics are summed: a rule of the same name may have matched before it was taken away. */
function hourOf(time: string | undefined): number {
  return time === undefined ? 0 : Math.floor(Date.parse(time) / HOUR_MS) * HOUR_MS;
}

const WORDS_OF_STANDING: Readonly<Record<Standing, string>> = {
  'in-sync': 'declared and observed',
  drifted: 'AWS has it otherwise than main declares',
  'declared-only': 'declared, not on AWS yet',
  'observed-only': 'on AWS, not declared',
  unknown: 'AWS was not read yet',
};

/**
 * New rules behind which nothing of the plan follows: those that hand an event to its target. Only a request for
 * subscriptions brings them, and those are never disabled.
 */
function lastRules(record: ChangeRecord) {
  const { request, plan } = record;
  if (request.kind !== 'onboard' || request.subscriptions.length === 0) return [];
  const rules = plan.accounts.flatMap(({ accountId, region, resources }) =>
    resources
      .filter(resource => resource.type === 'rule' && resource.status === 'added')
      .map(resource => ({ account: { accountId, region }, resource })),
  );
  // By way of a subscriber bus the service's own account has the last rule of a subscription; a direct target has only
  // the central one, whose name no rule of the service's own account has.
  const own = new Set(rules.filter(({ resource }) => !isCentral(resource)).map(({ resource }) => resource.name));
  return rules.filter(({ resource }) => !isCentral(resource) || !own.has(resource.name));
}

function isCentral({ stack }: Resource): boolean {
  return stack === undefined || stack.includes('-central-');
}

function statementIds(policy: JsonObject | undefined): readonly string[] {
  const statements = policy?.Statement;
  const list = Array.isArray(statements) ? statements : [statements];
  return list.flatMap(statement =>
    typeof statement === 'object' && statement !== null && 'Sid' in statement ? [String(statement.Sid)] : [],
  );
}

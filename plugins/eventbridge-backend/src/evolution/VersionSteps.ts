import { NotFoundError } from '@backstage/errors';
import {
  comparedWith,
  dayOf,
  DEFAULT_CONTENT_MODEL,
  DEFAULT_MODE,
  exceptionFor,
  judgeVersions,
  type EvolutionPolicy,
  type JsonSchemaDocument,
  type JudgedStep,
} from '@busline/event-repository';
import {
  MAX_TIMELINE_STEPS,
  type AffectedSubscribers,
  type CompatibilityException,
  type EventTypeEvolution,
  type EventTypeRef,
  type EvolutionRules,
  type VersionComparison,
  type VersionStep,
} from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { breathe } from '../database/dialect';
import { contentHash } from '../database/ids';
import type { StoredDetail } from '../ingest/eventTypeRecords';
import { affectedSubscribers } from './affectedSubscribers';
import { noSuchEventType, oneEventType } from '../queries/getEventType';
import type { Visibility } from '../queries/visibility';

/** Comparisons kept in memory: a few kilobytes each. */
const MAX_KEPT = 1000;
/** Pairs that one timeline may cost; a transitive mode asks for the square of the versions. */
const MAX_PAIRS = 120;

type Comparison = JudgedStep['comparison'];

interface VersionRow {
  readonly version: string;
  readonly hash: string;
  readonly text: string;
}

interface Loaded {
  readonly versions: readonly VersionRow[];
  readonly policy: EvolutionPolicy;
  readonly exceptions: readonly CompatibilityException[];
  readonly eventPaths: StoredDetail['eventPaths'];
}

/**
 * What came of each step between versions of an event type. Compared when somebody asks, and kept by the content of both
 * schemas: a released version never changes.
 */
export class VersionSteps {
  readonly #knex: Knex;
  readonly #now: () => Date;
  readonly #kept = new Map<string, Comparison>();

  constructor(knex: Knex, now: () => Date) {
    this.#knex = knex;
    this.#now = now;
  }

  /** Throws `NotFoundError`, also for what may not be seen. */
  async ofEventType(ref: EventTypeRef, visibility: Visibility): Promise<EventTypeEvolution> {
    const loaded = await this.#load(ref, visibility);
    const { versions, policy } = loaded;
    const steps: VersionStep[] = [];
    let pairs = 0;
    for (let index = 0; index + 1 < versions.length && steps.length < MAX_TIMELINE_STEPS; index += 1) {
      const [next, old] = [versions[index], versions[index + 1]];
      const step = this.#judge(old, next, loaded);
      const others = comparedWith(next, versions, policy).filter(({ version }) => version !== old.version);
      const further: { readonly version: string; readonly outcome: JudgedStep['outcome'] }[] = [];
      for (const earlier of others) {
        pairs += 1;
        if (pairs > MAX_PAIRS) break;
        further.push({ version: earlier.version, outcome: this.#judge(earlier, next, loaded).outcome });
        await breathe();
      }
      steps.push(toStep(old.version, next.version, step, further));
      await breathe();
    }
    return { ...rulesOf(policy), steps, stepCount: Math.max(0, versions.length - 1) };
  }

  /** Throws `NotFoundError`, also for what may not be seen. */
  async between(ref: EventTypeRef, from: string, to: string, visibility: Visibility): Promise<VersionComparison> {
    const loaded = await this.#load(ref, visibility, [from, to]);
    const [old, next] = [versionOf(loaded, ref, from), versionOf(loaded, ref, to)];
    const { asked, outcome, comparison, exception } = this.#judge(old, next, loaded);
    return { from, to, ...rulesOf(loaded.policy), asked, outcome, ...comparison, ...(exception && { exception }) };
  }

  /** Throws `NotFoundError`, also for what may not be seen. */
  async affected(ref: EventTypeRef, from: string, to: string, visibility: Visibility): Promise<AffectedSubscribers> {
    const loaded = await this.#load(ref, visibility, [from, to]);
    const [old, next] = [versionOf(loaded, ref, from), versionOf(loaded, ref, to)];
    const { comparison } = this.#judge(old, next, loaded);
    const step = { old: schemaOf(old), next: schemaOf(next), comparison };
    const eventType = { ...ref, eventPaths: loaded.eventPaths };
    return { from, to, ...(await affectedSubscribers(this.#knex, eventType, step, visibility)) };
  }

  async #load(ref: EventTypeRef, visibility: Visibility, only?: readonly string[]): Promise<Loaded> {
    const row: { id: number | string; detail: string } | undefined = await oneEventType(this.#knex, ref, visibility)
      .innerJoin({ d: 'event_type_documents' }, 'd.id', 'e.id')
      .first('e.id', 'd.detail');
    if (!row) throw noSuchEventType(ref);
    const query = this.#knex('schema_versions').where({ event_type_id: row.id }).orderBy('version_key', 'desc');
    if (only) query.whereIn('version', [...only]);
    const versions: VersionRow[] = await query.select('version', 'hash', { text: 'schema' });
    const { evolution, eventPaths } = JSON.parse(row.detail) as Pick<StoredDetail, 'evolution' | 'eventPaths'>;
    const { exceptions = [], ...policy } = evolution ?? {};
    return {
      versions,
      exceptions,
      eventPaths,
      policy: {
        mode: DEFAULT_MODE,
        origin: 'default',
        contentModel: DEFAULT_CONTENT_MODEL,
        ...policy,
      } as EvolutionPolicy,
    };
  }

  #judge(old: VersionRow, next: VersionRow, { policy, exceptions }: Loaded) {
    const exception = exceptionFor({ exceptions }, next.version);
    const key = contentHash(JSON.stringify([old.hash, next.hash, policy.contentModel]));
    const step = judgeVersions(
      schemaOf(old),
      schemaOf(next),
      { policy, ...(exception && { exception }) },
      {
        today: dayOf(this.#now()),
        ...(this.#kept.has(key) && { compare: () => this.#kept.get(key)! }),
      },
    );
    this.#kept.delete(key);
    this.#kept.set(key, step.comparison);
    if (this.#kept.size > MAX_KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    return step;
  }
}

function versionOf({ versions }: Loaded, ref: EventTypeRef, version: string): VersionRow {
  const row = versions.find(each => each.version === version);
  if (!row) throw new NotFoundError(`${ref.source} "${ref.detailType}" has no version ${version}`);
  return row;
}

/** Parsed only where somebody looks. */
function schemaOf({ version, text }: VersionRow) {
  return {
    version,
    get schema() {
      return JSON.parse(text) as JsonSchemaDocument;
    },
  };
}

const rulesOf = ({ mode, origin, contentModel }: EvolutionPolicy): EvolutionRules => ({ mode, origin, contentModel });

type Judged = Omit<JudgedStep, 'old' | 'next'>;

/** The worst of all that the rules look at. */
const ORDER: readonly JudgedStep['outcome'][] = ['free', 'kept', 'excused', 'undecided', 'broken'];

function toStep(
  from: string,
  to: string,
  { asked, outcome, comparison, exception }: Judged,
  further: readonly { readonly version: string; readonly outcome: JudgedStep['outcome'] }[],
): VersionStep {
  const all = [{ version: from, outcome }, ...further];
  const worst = all.map(each => ORDER.indexOf(each.outcome)).reduce((a, b) => Math.max(a, b));
  return {
    from,
    to,
    asked,
    outcome: ORDER[worst],
    brokenTowards: all.filter(each => each.outcome === 'broken').map(({ version }) => version),
    backward: comparison.backward.kind,
    forward: comparison.forward.kind,
    semver: comparison.semver,
    changeCount: comparison.changes.length,
    ...(exception && { exception }),
  };
}

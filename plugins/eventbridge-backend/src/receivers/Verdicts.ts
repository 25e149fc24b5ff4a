import {
  analysePattern,
  analysisReasons,
  compileEventPattern,
  InvalidEventPatternError,
  type CompiledPattern,
  type JsonObject,
} from '@busline/event-pattern';
import {
  MAX_JUDGED_EVENT_TYPES,
  MAX_JUDGED_VERSIONS,
  type EventTypeDetail,
  type EventTypePatternVerdicts,
  type EventTypeRef,
  type Json,
  type SubscriptionDetail,
  type SubscriptionVerdicts,
  type VersionPatternVerdict,
} from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { breathe, whereIdIn } from '../database/dialect';
import { contentHash, fromPublicId } from '../database/ids';
import { visibleEventTypes, type Visibility } from '../queries/visibility';

/** Verdicts kept in memory, about 2 KB each. */
const MAX_KEPT = 5000;
/** Work that one version may cost: what is not decided by then, in about a second, is called unknown. */
const MAX_STEPS = 20_000;

interface VersionRow {
  readonly event_type_id: number | string;
  readonly source: string;
  readonly detail_type: string;
  readonly version: string;
  readonly hash: string;
  readonly schema: string;
  readonly detail: string;
  readonly position: number | string;
  readonly versions: number | string;
}

type EventPaths = EventTypeDetail['eventPaths'];

/**
 * What the patterns of subscriptions mean for the schemas of their event types. Worked out when somebody asks, a version
 * at a time, and kept by what it was made of: a released version never changes, a pattern seldom.
 */
export class Verdicts {
  readonly #knex: Knex;
  readonly #kept = new Map<string, VersionPatternVerdict>();

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async ofSubscription(subscription: SubscriptionDetail, visibility: Visibility): Promise<SubscriptionVerdicts> {
    const pattern = compiled(subscription.pattern as JsonObject);
    const rows = pattern ? await this.#versionsOf(fromPublicId(subscription.id)!, visibility) : [];
    const eventTypes = new Map<string, EventTypePatternVerdicts & { readonly versions: VersionPatternVerdict[] }>();
    for (const row of rows) {
      const id = String(row.event_type_id);
      const { source, detail_type: detailType } = row;
      const known = eventTypes.get(id) ?? { source, detailType, versions: [], versionCount: Number(row.versions) };
      eventTypes.set(id, known);
      known.versions.push(this.#judged(pattern!, row));
      await breathe();
    }
    return {
      eventTypes: [...eventTypes.values()],
      eventTypeCount: subscription.eventTypeCount,
      hasFilter: subscription.filter.some(({ field }) => !field.endsWith('.schemaVersion')),
    };
  }

  /** The newest versions of the first event types by name. */
  async #versionsOf(subscription: number, visibility: Visibility): Promise<readonly VersionRow[]> {
    const types = this.#knex({ l: 'subscription_event_types' })
      .join({ e: 'event_types' }, 'e.id', 'l.event_type_id')
      .where('l.subscription_id', subscription)
      .orderBy(['e.name_key', 'e.id'])
      .limit(MAX_JUDGED_EVENT_TYPES);
    const visible = visibleEventTypes(this.#knex, visibility);
    if (visible) types.whereRaw(visible);
    const ids: { id: number | string }[] = await types.select('e.id');
    const numbered = this.#knex({ v: 'schema_versions' })
      .whereRaw(
        whereIdIn(
          this.#knex,
          'v.event_type_id',
          ids.map(({ id }) => Number(id)),
        ),
      )
      .select('v.event_type_id', 'v.version', 'v.hash', 'v.schema')
      .select(
        this.#knex.raw('row_number() OVER (PARTITION BY v.event_type_id ORDER BY v.version_key DESC) AS position'),
        this.#knex.raw('count(*) OVER (PARTITION BY v.event_type_id) AS versions'),
      );
    return this.#knex
      .from(numbered.as('n'))
      .join({ e: 'event_types' }, 'e.id', 'n.event_type_id')
      .join({ d: 'event_type_documents' }, 'd.id', 'n.event_type_id')
      .where('n.position', '<=', MAX_JUDGED_VERSIONS)
      .orderBy(['e.name_key', 'e.id', 'n.position'])
      .select('n.*', 'e.source', 'e.detail_type', 'd.detail');
  }

  #judged(pattern: CompiledPattern, row: VersionRow): VersionPatternVerdict {
    const { source, detail_type: detailType } = row;
    const { eventPaths } = JSON.parse(row.detail) as { readonly eventPaths: EventPaths };
    const key = contentHash(JSON.stringify([pattern.text, source, detailType, row.version, row.hash, eventPaths]));
    const found = this.#kept.get(key) ?? judge(pattern, { source, detailType }, row, eventPaths);
    this.#kept.delete(key);
    this.#kept.set(key, found);
    if (this.#kept.size > MAX_KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    return found;
  }
}

/** Undefined for a pattern that EventBridge would refuse. */
function compiled(pattern: JsonObject): CompiledPattern | undefined {
  try {
    return compileEventPattern(pattern, { maxCharacters: Infinity });
  } catch (error) {
    if (error instanceof InvalidEventPatternError) return undefined;
    throw error;
  }
}

function judge(
  pattern: CompiledPattern,
  eventType: EventTypeRef,
  { version, schema }: VersionRow,
  eventPaths: EventPaths,
): VersionPatternVerdict {
  const analysis = analysePattern(pattern, JSON.parse(schema), {
    ...eventType,
    schemaVersion: version,
    eventPaths,
    steps: MAX_STEPS,
  });
  return {
    version,
    verdict: analysis.verdict,
    reasons: analysisReasons(analysis),
    ...(analysis.verdict === 'sometimes' && {
      matching: analysis.matching as Json,
      notMatching: analysis.notMatching as Json,
    }),
  };
}

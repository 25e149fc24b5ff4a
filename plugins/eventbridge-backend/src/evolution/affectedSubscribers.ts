import { impactOnSubscription, type HitEventType, type HitStep, type HitSubscription } from '@busline/event-repository';
import type { TargetState } from '@busline/infrastructure';
import { MAX_AFFECTED, type AffectedSubscriber, type Json } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { breathe } from '../database/dialect';
import { eventTypeId } from '../ingest/eventTypeRecords';
import type { StoredSubscriptionDetail, StoredSubscriptionSummary } from '../ingest/subscriptionRecords';
import { visibleSubscriptions } from '../queries/subscriptionFilters';
import type { Visibility } from '../queries/visibility';

interface Row {
  readonly id: number | string;
  readonly summary: string;
  readonly detail: string;
}

interface RuleRow {
  readonly subscription_id: number | string;
  readonly hop: number | string;
  readonly declared: string;
  readonly observed: string;
}

interface Found {
  readonly subscription: HitSubscription;
  readonly id: string;
  readonly owner: string;
  readonly environments: string[];
}

const ORDER: readonly AffectedSubscriber['verdict'][] = ['broken', 'check', 'unaffected'];

/** What a step from one version to another does to the subscribers of an event type that the person may see. */
export async function affectedSubscribers(
  knex: Knex,
  eventType: HitEventType,
  step: HitStep,
  visibility: Visibility,
): Promise<{ readonly subscribers: readonly AffectedSubscriber[]; readonly subscriptionCount: number }> {
  const taking = () =>
    visibleSubscriptions(knex, visibility)
      .innerJoin({ t: 'subscription_event_types' }, 't.subscription_id', 's.id')
      .where('t.event_type_id', eventTypeId(eventType));
  const [{ count }]: { count: number | string }[] = await taking().count({ count: '*' });
  const rows: Row[] = await taking()
    .innerJoin({ d: 'subscription_documents' }, 'd.id', 's.id')
    .orderBy(['s.service', 's.name', 's.environment'])
    .limit(MAX_AFFECTED)
    .select('s.id', 'd.summary', 'd.detail');
  const targets = await targetsOf(
    knex,
    rows.map(({ id }) => id),
  );
  const subscribers: AffectedSubscriber[] = [];
  for (const { subscription, id, owner, environments } of merged(rows, targets)) {
    const { verdict, match, reasons, event } = impactOnSubscription(eventType, subscription, step, { owner });
    subscribers.push({
      id,
      service: subscription.service,
      subscription: subscription.name,
      owner,
      environments,
      verdict,
      match,
      reasons,
      ...(event && { event: event as Json }),
    });
    await breathe();
  }
  subscribers.sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  return { subscribers, subscriptionCount: Number(count) };
}

/** Of the last rule on the way of each: what runs where it is known, else what should. */
async function targetsOf(
  knex: Knex,
  ids: readonly (number | string)[],
): Promise<ReadonlyMap<string, readonly TargetState[]>> {
  const rows: RuleRow[] = await knex({ h: 'subscription_rules' })
    .join({ r: 'rules' }, 'r.id', 'h.rule_id')
    .whereIn('h.subscription_id', [...ids])
    .orderBy('h.hop')
    .select('h.subscription_id', 'h.hop', 'r.declared', 'r.observed');
  const targets = new Map<string, readonly TargetState[]>();
  for (const { subscription_id: id, declared, observed } of rows) {
    const text = observed || declared;
    if (text)
      targets.set(String(id), (JSON.parse(text) as { readonly targets?: readonly TargetState[] }).targets ?? []);
  }
  return targets;
}

/** The same in several environments stands once. */
function merged(rows: readonly Row[], targets: ReadonlyMap<string, readonly TargetState[]>): readonly Found[] {
  const found = new Map<string, Found>();
  for (const row of rows) {
    const summary = JSON.parse(row.summary) as StoredSubscriptionSummary;
    const { pattern } = JSON.parse(row.detail) as StoredSubscriptionDetail;
    const inputs = (targets.get(String(row.id)) ?? [{}]).map(target => {
      const { input, inputPath, inputTransformer } = target as Partial<TargetState>;
      return {
        ...(input !== undefined && { input }),
        ...(inputPath !== undefined && { inputPath }),
        ...(inputTransformer && { inputTransformer }),
      };
    });
    const subscription = {
      service: summary.service.name,
      name: summary.name,
      pattern,
      targets: inputs,
    } as HitSubscription;
    const key = JSON.stringify(subscription);
    const known = found.get(key);
    if (known) known.environments.push(summary.environment);
    else {
      const environments = [summary.environment];
      found.set(key, { subscription, id: summary.id, owner: summary.service.owner, environments });
    }
  }
  return [...found.values()];
}

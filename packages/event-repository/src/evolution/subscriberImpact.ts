import {
  analysePattern,
  compileEventPattern,
  type CompiledPattern,
  type JsonObject as PatternObject,
  type PatternAnalysis,
} from '@busline/event-pattern';
import { major } from 'semver';
import { UNKNOWN_OWNER } from '../declarations/busline';
import { indexRepository, subscribersOf } from '../lookups';
import { eventTypeId } from '../names';
import type {
  EventRepository,
  EventType,
  Json,
  JsonObject,
  SchemaVersion,
  Subscription,
  TargetDeclaration,
} from '../types';
import type { JudgedStep } from './judge';

/*
 * Who is hit by a step from one version of an event type to a later one. A subscriber is hit where its pattern takes
 * something else than before, where it uses a field that changed, or where it receives whole events and a client of the
 * old version rejects what the new one allows.
 */

/** `broken`: it is shown. `check`: its owner must look. `unaffected`: nothing that it takes or uses changes. */
export type SubscriberVerdict = 'unaffected' | 'check' | 'broken';

/**
 * What the pattern takes of the new version, beside the old one: `same`; `no longer` anything; `newly` something; `more`
 * or `fewer` of the events; `other`, more here and fewer there; `nothing` of either; `unknown`, which was not decided.
 */
export type MatchChange = 'same' | 'no longer' | 'newly' | 'more' | 'fewer' | 'other' | 'nothing' | 'unknown';

/** A field that a subscription names and that changed. */
export interface FieldUse {
  /** As it stands in the event: `detail.data.channel`. */
  readonly field: string;
  readonly by: 'pattern' | 'input path' | 'input transformer';
  /** What became of it: `removed`, `tightened`, … */
  readonly change: string;
}

export interface SubscriberImpact {
  readonly service: string;
  readonly subscription: string;
  /** Entity reference of the service's owner; `unknown` where the service is not declared. */
  readonly owner: string;
  /** `eventTypeId` */
  readonly eventType: string;
  readonly old: string;
  readonly next: string;
  readonly verdict: SubscriberVerdict;
  readonly match: MatchChange;
  readonly uses: readonly FieldUse[];
  /** Sentences, names in backticks. */
  readonly reasons: readonly string[];
  /** An event that shows it. */
  readonly event?: JsonObject;
}

export interface ImpactOptions {
  /** Work that one question about a pattern may cost; past it nothing is decided. */
  readonly steps?: number;
  /** Owner of the service; `unknown` if left out. */
  readonly owner?: string;
}

/** What is looked at of an event type, a version and a subscription. */
export type HitEventType = Pick<EventType, 'source' | 'detailType' | 'eventPaths'>;
type HitVersion = Pick<SchemaVersion, 'version' | 'schema'>;
export type HitSubscription = Pick<Subscription, 'service' | 'name' | 'pattern'> & {
  readonly targets: readonly HitTarget[];
};
type HitTarget = Pick<TargetDeclaration, 'input' | 'inputPath' | 'inputTransformer'>;

/** Some tenths of a second for one pattern. */
const DEFAULT_STEPS = 10_000;

/** Those that are hit hardest first. */
const ORDER: readonly SubscriberVerdict[] = ['broken', 'check', 'unaffected'];

export type HitStep = { readonly old: HitVersion; readonly next: HitVersion } & Pick<JudgedStep, 'comparison'>;

/** Every subscriber of an event type, with what a step to a later version does to it; those that are hit hardest first. */
export function subscribersHit(
  repository: EventRepository,
  eventType: EventType,
  step: HitStep,
  options: ImpactOptions = {},
): readonly SubscriberImpact[] {
  const { services } = indexRepository(repository);
  return subscribersOf(repository, eventType)
    .map(subscription => {
      const owner = services.get(subscription.service)?.owner;
      return impactOnSubscription(eventType, subscription, step, { ...options, ...(owner !== undefined && { owner }) });
    })
    .sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
}

/** What a step does to one subscription. */
export function impactOnSubscription(
  eventType: HitEventType,
  subscription: HitSubscription,
  step: HitStep,
  { steps = DEFAULT_STEPS, owner = UNKNOWN_OWNER }: ImpactOptions = {},
): SubscriberImpact {
  const about = {
    service: subscription.service,
    subscription: subscription.name,
    owner,
    eventType: eventTypeId(eventType),
    old: step.old.version,
    next: step.next.version,
  };
  const pattern = compiled(subscription.pattern);
  if (!pattern) {
    return { ...about, verdict: 'check', match: 'unknown', uses: [], reasons: ['Its pattern is not valid.'] };
  }
  const uses = usesOf(subscription, pattern, eventType, step);
  const match = isUntouched(uses, step) ? SAME : matchChange(pattern, eventType, step, steps);
  const findings =
    // Who takes only one of the two never read the other.
    match.change === 'nothing' || match.change === 'newly' || match.isPinned
      ? [match]
      : [match, ...uses.map(use => useFinding(use, step)), readingFinding(subscription, pattern, eventType, step)];
  const said = findings.filter(({ reason }) => reason !== undefined);
  const worst = ORDER.find(verdict => said.some(each => each.verdict === verdict)) ?? 'unaffected';
  const shown = said.find(({ verdict, event }) => verdict === worst && event !== undefined) ?? match;
  const reasons = [...new Set(said.map(({ reason }) => reason!))];
  return {
    ...about,
    verdict: worst,
    match: match.change,
    uses,
    reasons: reasons.length > 0 ? reasons : ['Nothing that it takes or uses changes.'],
    ...(shown.event && { event: shown.event }),
  };
}

function compiled(pattern: JsonObject): CompiledPattern | undefined {
  try {
    return compileEventPattern(pattern as PatternObject, { maxCharacters: Infinity });
  } catch {
    return undefined;
  }
}

interface ImpactFinding {
  readonly verdict: SubscriberVerdict;
  readonly reason?: string;
  readonly event?: JsonObject;
}

interface MatchFinding extends ImpactFinding {
  readonly change: MatchChange;
  /** One of the two is of a major that the pattern does not take. */
  readonly isPinned?: boolean;
}

const SAME: MatchFinding = { change: 'same', verdict: 'unaffected' };

/** Kinds of change that are of no consequence to who reads a field. */
const HARMLESS: ReadonlySet<string> = new Set(['added', 'documentation only', 'reworded']);

const withoutItems = (path: string) => path.replace(/\[\d*\]/g, '');

const isWithin = (path: string, place: string) => path === place || path.startsWith(`${place}.`);

/** Paths of what changed, as they stand in the event. */
function changedPaths({ eventPaths }: HitEventType, { comparison }: HitStep) {
  const data = eventPaths.data ?? 'detail';
  return comparison.changes
    .filter(({ kind }) => !HARMLESS.has(kind))
    .map(({ kind, path, before }) => {
      // A renamed field is gone from where it was.
      const place = withoutItems(kind === 'probably renamed' ? before ?? path : path);
      return { kind, path: place === '' ? data : `${data}.${place}` };
    });
}

/** `$.detail.data.guest.name` as a pattern names it. */
const fieldOfPath = (path: string) => withoutItems(path.replace(/^\$\.?/, '').replace(/\['([^']*)'\]/g, '.$1'));

/** The parts of the event that a target is given, where it is not given the whole. */
function inputsOf(target: HitTarget): readonly Pick<FieldUse, 'field' | 'by'>[] | 'whole' {
  if (target.input !== undefined) return [];
  if (target.inputTransformer) {
    return Object.values(target.inputTransformer.inputPathsMap)
      .filter((path): path is string => typeof path === 'string')
      .map(path => ({ field: fieldOfPath(path), by: 'input transformer' }));
  }
  return target.inputPath === undefined || target.inputPath === '$'
    ? 'whole'
    : [{ field: fieldOfPath(target.inputPath), by: 'input path' }];
}

function usesOf(
  { targets }: HitSubscription,
  pattern: CompiledPattern,
  eventType: HitEventType,
  step: HitStep,
): readonly FieldUse[] {
  const inputs = targets.flatMap(target => {
    const found = inputsOf(target);
    return found === 'whole' ? [] : found;
  });
  const named = [...pattern.fields.map(field => ({ field, by: 'pattern' as const })), ...inputs];
  const changes = changedPaths(eventType, step);
  const uses = new Map<string, FieldUse>();
  for (const { field, by } of named) {
    const change = changes.find(({ path }) => isWithin(field, path) || isWithin(path, field));
    if (change) uses.set(`${by} ${field}`, { field, by, change: change.kind });
  }
  return [...uses.values()];
}

/** A pattern sees its fields only: where nothing of them changes, nor of the whole, it takes what it took. Looked at all the same where something breaks. */
function isUntouched(uses: readonly FieldUse[], { old, next, comparison }: HitStep): boolean {
  return (
    comparison.forward.kind === 'compatible' &&
    uses.every(({ by }) => by !== 'pattern') &&
    comparison.changes.every(({ path }) => path !== '') &&
    major(old.version) === major(next.version)
  );
}

function matchChange(
  pattern: CompiledPattern,
  eventType: HitEventType,
  { old, next }: HitStep,
  steps: number,
): MatchFinding {
  const analyse = ({ schema }: HitVersion, version: string): PatternAnalysis =>
    analysePattern(pattern, schema, {
      source: eventType.source,
      detailType: eventType.detailType,
      eventPaths: eventType.eventPaths,
      schemaVersion: version,
      steps,
    });
  const before = analyse(old, old.version);
  const after = analyse(next, next.version);
  if (before.verdict === 'unknown' || after.verdict === 'unknown') {
    return { change: 'unknown', verdict: 'check', reason: 'Whether its pattern takes the same events is not decided.' };
  }
  if (after.verdict === 'never') {
    if (before.verdict === 'never') {
      return { change: 'nothing', verdict: 'unaffected', reason: 'Its pattern takes no event of either version.' };
    }
    if (analyse(next, old.version).verdict !== 'never') {
      const reason = `Its pattern takes ${major(old.version)}.x: it receives ${old.version} as long as that is sent.`;
      return { change: 'no longer', verdict: 'unaffected', isPinned: true, reason };
    }
    return {
      change: 'no longer',
      verdict: 'broken',
      reason: `Its pattern takes no event of ${next.version}.`,
      ...eventOf(before),
    };
  }
  if (before.verdict === 'never') {
    if (major(old.version) !== major(next.version) && analyse(old, next.version).verdict !== 'never') {
      const reason = `Its pattern takes ${major(next.version)}.x: it was made for it.`;
      return { change: 'newly', verdict: 'unaffected', isPinned: true, reason, ...eventOf(after) };
    }
    const reason = `Its pattern takes events of ${next.version}, and took none of ${old.version}.`;
    return { change: 'newly', verdict: 'check', reason, ...eventOf(after) };
  }
  return moved(before, after, next.version);
}

const eventOf = (analysis: PatternAnalysis): { readonly event?: JsonObject } =>
  analysis.verdict === 'sometimes' ? { event: analysis.matching as JsonObject } : {};

const RANK = { never: 0, sometimes: 1, always: 2 } as const;

/** Clause by clause: holds more often, or less often, than it did. */
function moved(before: PatternAnalysis, after: PatternAnalysis, version: string): MatchFinding {
  const directions = new Set<'more' | 'fewer'>();
  const fields = new Set<string>();
  before.clauses.forEach(({ verdict, field }, index) => {
    const now = after.clauses[index]?.verdict;
    if (verdict === 'unknown' || now === undefined || now === 'unknown' || RANK[now] === RANK[verdict]) return;
    directions.add(RANK[now] > RANK[verdict] ? 'more' : 'fewer');
    fields.add(field);
  });
  if (directions.size === 0) return SAME;
  const change = directions.size === 2 ? 'other' : [...directions][0];
  const named = [...fields].map(field => `\`${field}\``).join(', ');
  const words = { more: 'more', fewer: 'fewer', other: 'other' }[change];
  const shown =
    change === 'fewer' && after.verdict === 'sometimes' ? { event: after.notMatching as JsonObject } : eventOf(after);
  return {
    change,
    verdict: 'check',
    reason: `Its pattern takes ${words} of the events of ${version}: ${named} changed.`,
    ...shown,
  };
}

/** A field that the subscription names, by what became of it. */
function useFinding({ field, by, change }: FieldUse, { next }: HitStep): ImpactFinding {
  const isGone = change === 'removed' || change === 'probably renamed';
  if (by === 'pattern') {
    // Whether it still matches has been said; what it wants of the field may mean something else now.
    return isGone
      ? { verdict: 'check', reason: `Its pattern names \`${field}\`, which ${next.version} does not have.` }
      : { verdict: 'unaffected' };
  }
  return isGone
    ? { verdict: 'broken', reason: `Its ${by} takes \`${field}\`, which ${next.version} does not have.` }
    : { verdict: 'check', reason: `Its ${by} takes \`${field}\`, which changed (${change}).` };
}

/** Whoever is given whole events reads them with the version that its client was made from. */
function readingFinding(
  { targets }: HitSubscription,
  pattern: CompiledPattern,
  eventType: HitEventType,
  { old, next, comparison }: HitStep,
): ImpactFinding {
  const isWhole = targets.some(target => inputsOf(target) === 'whole');
  const { forward } = comparison;
  if (!isWhole || forward.kind === 'compatible') return { verdict: 'unaffected' };
  if (forward.kind === 'unknown') {
    const reason = `Whether a client of ${old.version} reads all events of ${next.version} is not decided.`;
    return { verdict: 'check', reason };
  }
  for (const { counterexample } of forward.findings) {
    const event = envelope(eventType, next.version, counterexample as Json);
    if (event && pattern.matches(event as PatternObject)) {
      return {
        verdict: 'broken',
        reason: `It receives whole events, and a client of ${old.version} rejects this one.`,
        event,
      };
    }
  }
  return {
    verdict: 'check',
    reason: `A client of ${old.version} rejects events of ${next.version}; none was found that its pattern takes.`,
  };
}

/** An event around what the schema describes; undefined where that is the whole detail and no object. */
function envelope(
  { source, detailType, eventPaths }: HitEventType,
  version: string,
  data: Json,
): JsonObject | undefined {
  const root: Record<string, Json> = { source, 'detail-type': detailType, detail: {} };
  const put = (path: string, value: Json) => {
    const keys = path.split('.');
    let at = root;
    for (const key of keys.slice(0, -1)) {
      const inside = at[key];
      const next = typeof inside === 'object' && inside !== null && !Array.isArray(inside) ? { ...inside } : {};
      at[key] = next;
      at = next as Record<string, Json>;
    }
    at[keys.at(-1)!] = value;
  };
  if (eventPaths.data === undefined && (typeof data !== 'object' || data === null || Array.isArray(data)))
    return undefined;
  put(eventPaths.data ?? 'detail', data);
  if (eventPaths.metadata !== undefined) {
    put(eventPaths.metadata, { id: 'example', schemaVersion: version, publishedBy: 'a-service' });
  }
  return root;
}

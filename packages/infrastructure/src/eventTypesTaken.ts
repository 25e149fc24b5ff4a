import { compileEventPattern, couldMatchType, type CompiledPattern } from '@busline/event-pattern';
import type { EventTypeReference, Json, JsonObject } from '@busline/event-repository';

/** Which event types a pattern takes, as far as deciding whether two patterns may take the same one needs it. */
export type EventTypesTaken =
  /** Named one by one. */
  | { readonly kind: 'listed'; readonly eventTypes: readonly EventTypeReference[] }
  /** By prefix and the like, or all of them. */
  | {
      readonly kind: 'open';
      readonly compiled: CompiledPattern;
      readonly sources: readonly Start[] | undefined;
      readonly detailTypes: readonly Start[] | undefined;
    }
  /** No pattern that AWS would accept: it matches nothing. */
  | { readonly kind: 'none' };

/** A text, or everything that begins with it. */
interface Start {
  readonly text: string;
  readonly isPrefix: boolean;
}

export function eventTypesTaken(pattern: JsonObject): EventTypesTaken {
  const sources = startsOf(pattern.source);
  const detailTypes = startsOf(pattern['detail-type']);
  const isListed = (starts: readonly Start[] | undefined) => starts?.every(start => !start.isPrefix) ?? false;
  if (isListed(sources) && isListed(detailTypes)) {
    const eventTypes = sources!.flatMap(source =>
      detailTypes!.map(detailType => ({ source: source.text, detailType: detailType.text })),
    );
    return { kind: 'listed', eventTypes };
  }
  try {
    return { kind: 'open', compiled: compileEventPattern(pattern, { maxCharacters: Infinity }), sources, detailTypes };
  } catch {
    return { kind: 'none' };
  }
}

/** False only where no event type is taken by both. */
export function mayOverlap(a: EventTypesTaken, b: EventTypesTaken): boolean {
  if (a.kind === 'none' || b.kind === 'none') return false;
  if (a.kind === 'open' && b.kind === 'open') {
    return startsOverlap(a.sources, b.sources) && startsOverlap(a.detailTypes, b.detailTypes);
  }
  if (a.kind === 'listed' && b.kind === 'listed') {
    const types = new Set(b.eventTypes.map(key));
    return a.eventTypes.some(type => types.has(key(type)));
  }
  const [open, listed] = a.kind === 'open' ? [a, b] : [b, a];
  if (open.kind !== 'open' || listed.kind !== 'listed') return true;
  return listed.eventTypes.some(type => couldMatchType(open.compiled, type.source, type.detailType));
}

function key({ source, detailType }: EventTypeReference): string {
  return JSON.stringify([source, detailType]);
}

/** Undefined: anything, or by operators that are not looked into here. */
function startsOf(value: Json | undefined): readonly Start[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const starts = (value as readonly Json[]).map((item): Start | undefined => {
    if (typeof item === 'string') return { text: item, isPrefix: false };
    const prefix = item !== null && typeof item === 'object' ? (item as JsonObject).prefix : undefined;
    return typeof prefix === 'string' ? { text: prefix, isPrefix: true } : undefined;
  });
  return starts.every(start => start !== undefined) ? (starts as readonly Start[]) : undefined;
}

function startsOverlap(a: readonly Start[] | undefined, b: readonly Start[] | undefined): boolean {
  if (!a || !b) return true;
  return a.some(one =>
    b.some(
      other =>
        one.text === other.text ||
        (one.isPrefix && other.text.startsWith(one.text)) ||
        (other.isPrefix && one.text.startsWith(other.text)),
    ),
  );
}

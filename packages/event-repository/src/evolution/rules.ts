import { RULES as ENGINE_RULES } from '@busline/schema-evolution';
import type { Severity } from '../types';

/** A row of the table that documentation, reports and SARIF are made from. */
export interface EvolutionRule {
  readonly id: string;
  readonly purpose: string;
  readonly severity: Severity;
  readonly group: 'breaking' | 'versions';
}

export const UNDECIDED = 'compatibility-undecided';
export const SMALL_STEP = 'version-step-too-small';
export const EXCEPTION_ENDED = 'exception-ended';
export const EXCUSED = 'breaking-excused';
export const SUBSCRIBER_BROKEN = 'subscriber-broken';

const OF_VERSIONS: readonly EvolutionRule[] = [
  {
    id: UNDECIDED,
    purpose: 'Whether the new version keeps what is asked for could not be decided; the reason is told.',
    severity: 'warning',
    group: 'versions',
  },
  {
    id: SMALL_STEP,
    purpose: 'A version that carries something new is more than a patch: 1.2.3 becomes 1.3.0.',
    severity: 'warning',
    group: 'versions',
  },
  {
    id: EXCUSED,
    purpose: 'A version breaks what is asked for, and an exception of event.yaml allows it until a day.',
    severity: 'warning',
    group: 'versions',
  },
  {
    id: SUBSCRIBER_BROKEN,
    purpose:
      'A subscriber is shown to break by the version: it receives nothing more, misses a field, or rejects an event.',
    severity: 'warning',
    group: 'versions',
  },
  {
    id: EXCEPTION_ENDED,
    purpose: 'An exception excuses nothing past its last day: the next change of the event type fails.',
    severity: 'warning',
    group: 'versions',
  },
];

/** Every rule on the way from one version to the next. Those that say what breaks are the engine's. */
export const EVOLUTION_RULES: readonly EvolutionRule[] = [
  ...ENGINE_RULES.map(
    ({ id, sentence }): EvolutionRule => ({ id, purpose: sentence, severity: 'error', group: 'breaking' }),
  ),
  ...OF_VERSIONS,
];

const BY_ID = new Map(EVOLUTION_RULES.map(rule => [rule.id, rule]));

export function evolutionRule(id: string): EvolutionRule {
  const rule = BY_ID.get(id);
  if (!rule) throw new Error(`there is no rule ${id}`);
  return rule;
}

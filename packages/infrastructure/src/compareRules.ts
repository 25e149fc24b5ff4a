import type { JsonObject } from '@busline/event-repository';
import { canonicalJson, canonicalPattern, canonicalText } from './canonical';
import type { FieldDifference, RuleState, TargetState } from './estate';

/** What EventBridge does where a target has no retry policy. Source: "Retry policies" in the user guide. */
const DEFAULT_EVENT_AGE_SECONDS = 86_400;
const DEFAULT_RETRY_ATTEMPTS = 185;

/** One thing about a target: what to call it, and its meaning as text. */
interface TargetField {
  readonly name: string;
  readonly of: (target: TargetState) => string | undefined;
}

const TARGET_FIELDS: readonly TargetField[] = [
  { name: 'target', of: t => JSON.stringify(t.arn) },
  { name: 'role', of: t => t.roleArn && JSON.stringify(t.roleArn) },
  { name: 'dead-letter queue', of: t => t.deadLetterArn && JSON.stringify(t.deadLetterArn) },
  { name: 'maximum event age', of: t => `${t.maximumEventAgeSeconds ?? DEFAULT_EVENT_AGE_SECONDS}` },
  { name: 'retry attempts', of: t => `${t.maximumRetryAttempts ?? DEFAULT_RETRY_ATTEMPTS}` },
  { name: 'input', of: t => (t.input === undefined ? undefined : canonicalText(t.input)) },
  { name: 'input path', of: t => t.inputPath && JSON.stringify(t.inputPath) },
  { name: 'input transformer', of: t => t.inputTransformer && canonicalJson(t.inputTransformer) },
  { name: 'parameters', of: t => meaningfulParameters(t.parameters) },
];

/** Where two rules of one ARN differ in what they do, in words; empty where they do the same. */
export function compareRules(declared: RuleState, observed: RuleState): readonly FieldDifference[] {
  const differences: FieldDifference[] = [];
  if (!isSamePattern(declared.pattern, observed.pattern)) {
    differences.push({
      field: 'pattern',
      declared: declared.pattern && JSON.stringify(declared.pattern),
      observed: observed.pattern && JSON.stringify(observed.pattern),
    });
  }
  if ((declared.schedule ?? '') !== (observed.schedule ?? '')) {
    differences.push({ field: 'schedule', declared: quoted(declared.schedule), observed: quoted(observed.schedule) });
  }
  if (declared.enabled !== observed.enabled) {
    differences.push({ field: 'state', declared: stateWord(declared), observed: stateWord(observed) });
  }
  return [...differences, ...compareTargets(declared.targets, observed.targets)];
}

function compareTargets(declared: readonly TargetState[], observed: readonly TargetState[]): FieldDifference[] {
  const differences: FieldDifference[] = [];
  const left = [...observed];
  const take = (is: (target: TargetState) => boolean) => {
    const at = left.findIndex(is);
    return at === -1 ? undefined : left.splice(at, 1)[0];
  };
  // Ids first: a target that was only renamed may pair up by its ARN, but not with another's namesake.
  const pairs = declared.map(target => ({ target, found: take(other => other.id === target.id) }));
  for (const { target, found } of pairs) {
    const other = found ?? take(candidate => candidate.arn === target.arn);
    if (!other) {
      differences.push({ field: `target ${target.id}`, declared: JSON.stringify(target.arn) });
      continue;
    }
    if (other.id !== target.id) {
      differences.push({ field: `id of target ${target.id}`, declared: quoted(target.id), observed: quoted(other.id) });
    }
    differences.push(...compareTarget(target, other));
  }
  for (const target of left) {
    differences.push({ field: `target ${target.id}`, observed: JSON.stringify(target.arn) });
  }
  return differences;
}

function compareTarget(declared: TargetState, observed: TargetState): FieldDifference[] {
  return TARGET_FIELDS.flatMap(({ name, of }) => {
    const [wanted, seen] = [of(declared), of(observed)];
    if (wanted === seen) return [];
    const field = name === 'target' ? `target ${declared.id}` : `${name} of target ${declared.id}`;
    return [{ field, declared: wanted, observed: seen }];
  });
}

function isSamePattern(a: JsonObject | undefined, b: JsonObject | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  try {
    return JSON.stringify(a) === JSON.stringify(b) || canonicalPattern(a) === canonicalPattern(b);
  } catch (error) {
    // Nested deeper than AWS takes: whatever it is, it is not what the other side has.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function meaningfulParameters(parameters: JsonObject | undefined): string | undefined {
  return parameters && Object.keys(parameters).length > 0 ? canonicalJson(parameters) : undefined;
}

function stateWord(rule: RuleState): string {
  return rule.enabled ? '"enabled"' : '"disabled"';
}

function quoted(text: string | undefined): string | undefined {
  return text === undefined ? undefined : JSON.stringify(text);
}

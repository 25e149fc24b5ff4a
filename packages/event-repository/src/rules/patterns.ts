import { compileEventPattern, InvalidEventPatternError, MAX_PATTERN_CHARACTERS } from '@busline/event-pattern';
import { isObject } from '../declarations/values';
import type { FileSubject, Rule } from './rule';

function patternOf({ at, declared }: FileSubject) {
  return at.kind === 'subscription' && isObject(declared?.pattern) ? declared.pattern : undefined;
}

/** Patterns repeat from subscription to subscription; each is compiled once. */
const valid = new Set<string>();
const MAX_VALID = 20_000;

function remember(pattern: string): void {
  if (pattern.length > MAX_PATTERN_CHARACTERS) return;
  if (valid.size >= MAX_VALID) valid.clear();
  valid.add(pattern);
}

export const patternRules: readonly Rule[] = [
  {
    id: 'invalid-pattern',
    purpose: 'A pattern that EventBridge would refuse cannot be deployed; the message is the one of AWS.',
    severity: 'error',
    category: 'patterns',
    checkFile(file, report) {
      const pattern = patternOf(file);
      if (!pattern) return;
      const text = JSON.stringify(pattern);
      if (valid.has(text)) return;
      try {
        compileEventPattern(pattern, { maxCharacters: Infinity });
        remember(text);
      } catch (error) {
        if (!(error instanceof InvalidEventPatternError)) throw error;
        report({
          pointer: ['pattern', ...error.path],
          at: 'key',
          message: error.message,
        });
      }
    },
  },
  {
    id: 'pattern-too-long',
    purpose: 'EventBridge takes patterns of at most 2,048 characters unless the quota is raised.',
    severity: 'error',
    category: 'patterns',
    checkFile(file, report) {
      const pattern = patternOf(file);
      if (!pattern) return;
      const { length } = JSON.stringify(pattern);
      if (length > MAX_PATTERN_CHARACTERS) {
        report({
          pointer: ['pattern'],
          at: 'key',
          message: `the pattern has ${length} characters as JSON; EventBridge takes at most ${MAX_PATTERN_CHARACTERS}`,
        });
      }
    },
  },
  {
    id: 'no-target',
    purpose: 'A subscription without a target receives nothing.',
    severity: 'warning',
    category: 'patterns',
    checkFile({ at, declared }, report) {
      if (at.kind === 'subscription' && declared && declared.target === undefined && declared.targets === undefined) {
        report({
          message: 'names no target; add `target: { type: sqs, name: … }`',
        });
      }
    },
  },
];

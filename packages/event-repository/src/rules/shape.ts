import type { FileKind } from '../layout';
import type { Violation } from '../shape';
import type { FileSubject, Report, Rule } from './rule';

const RANGES = new Set(['maximumEventAgeSeconds', 'maximumRetryAttempts']);

/** Rules that are more precise about a place than "wrong value". */
function ruleOf(kind: FileKind, { kind: wrong, pointer }: Violation): string {
  if (wrong !== 'wrong-value') return wrong;
  const last = pointer.at(-1);
  if (kind === 'accounts' && pointer.length === 3 && last === 'id') return 'account-id';
  if (typeof last === 'string' && (RANGES.has(last) || last === 'deadLetterQueue')) {
    return 'delivery-settings';
  }
  return wrong;
}

const violations = (rule: string) => (file: FileSubject, report: Report) => {
  for (const violation of file.violations) {
    if (ruleOf(file.at.kind, violation) === rule) report(violation);
  }
};

export const shapeRules: readonly Rule[] = [
  {
    id: 'unknown-key',
    purpose: 'A key that nobody reads is a typing error, or a setting that does not do what its writer thinks.',
    severity: 'error',
    category: 'shape',
    checkFile: violations('unknown-key'),
  },
  {
    id: 'missing-key',
    purpose: 'A declaration without one of its required keys cannot be used.',
    severity: 'error',
    category: 'shape',
    checkFile: violations('missing-key'),
  },
  {
    id: 'wrong-value',
    purpose: 'A value is not of the type or form that the published schema of the file asks for.',
    severity: 'error',
    category: 'shape',
    checkFile: violations('wrong-value'),
  },
  {
    id: 'account-id',
    purpose: 'An AWS account id has 12 digits, in quotes, since a number would lose its leading zeros.',
    severity: 'error',
    category: 'shape',
    checkFile: violations('account-id'),
  },
  {
    id: 'delivery-settings',
    purpose:
      'EventBridge keeps an event for 60 to 86,400 seconds and retries 0 to 185 times; a dead-letter queue is true, false or the ARN of an SQS queue.',
    severity: 'error',
    category: 'shape',
    checkFile: violations('delivery-settings'),
  },
];

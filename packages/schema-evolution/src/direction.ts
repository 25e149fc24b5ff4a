/*
 * One direction: does the reader accept all that the writer sends? If not, in
 * how many ways? `findRejected` gives them: each a keyword of the reader at
 * one place, with an event that it rejects. A way is a finding.
 */
import { findRejected, type Rejection, type SchemaReading } from '@busline/json-schema';
import type { ReadVersion } from './drafts';
import { fieldName } from './pointers';
import { ruleOf } from './rules';
import type { CompareOptions, Direction, Finding, Verdict } from './types';

/** Findings of one direction; a person reads no more. */
export const MAX_FINDINGS = 20;

interface Sides {
  readonly direction: Direction;
  readonly writer: ReadVersion;
  readonly reader: ReadVersion;
}

function reading(version: ReadVersion, { format }: CompareOptions): SchemaReading {
  return { ...version, ...(format ? { format } : {}) };
}

function sentence(direction: Direction, { instancePath, message }: Rejection): string {
  const [reads, writes] = direction === 'backward' ? ['new', 'old'] : ['old', 'new'];
  const name = instancePath === '' ? 'The event' : `\`${fieldName(instancePath)}\``;
  return `${name} ${message}: the ${reads} version rejects what the ${writes} version allows`;
}

function finding(direction: Direction, rejection: Rejection): Finding {
  const { readerPointer, writerPointer, instancePath, value } = rejection;
  const [oldPointer, newPointer] =
    direction === 'backward' ? [writerPointer, readerPointer] : [readerPointer, writerPointer];
  return {
    rule: ruleOf(rejection.keyword).id,
    direction,
    oldPointer,
    newPointer,
    instancePath,
    message: sentence(direction, rejection),
    counterexample: value,
  };
}

function sizeOf({ counterexample }: Finding): number {
  return JSON.stringify(counterexample).length;
}

/** The verdict on one direction. */
export function judge({ direction, writer, reader }: Sides, options: CompareOptions): Verdict {
  const contentModel = options.contentModel ?? 'closed-world';
  const answer = findRejected({ ...reading(writer, options), contentModel }, reading(reader, options), {
    max: options.maxFindings ?? MAX_FINDINGS,
    ...(options.steps === undefined ? {} : { steps: options.steps }),
  });
  if (answer.kind !== 'found') {
    return answer.kind === 'none' ? { kind: 'compatible' } : answer;
  }
  const findings = answer.rejections.map(each => finding(direction, each)).sort((a, b) => sizeOf(a) - sizeOf(b));
  return { kind: 'breaking', counterexample: findings[0].counterexample, findings };
}

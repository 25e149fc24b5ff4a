import type { StepOutcome, VersionStep } from '@busline/plugin-eventbridge-common';
import { RelativeTime, Tag, type TagTone } from '../../../components';

const TAGS: Readonly<Record<StepOutcome, { readonly text: string; readonly tone: TagTone }>> = {
  kept: { text: 'compatible', tone: 'ok' },
  broken: { text: 'breaks', tone: 'error' },
  excused: { text: 'breaks, excused', tone: 'warn' },
  undecided: { text: 'not decided', tone: 'warn' },
  free: { text: 'nothing asked', tone: 'plain' },
};

const majorOf = (version: string) => version.split('.')[0];

/** What a step comes to, in a word or two. */
export function OutcomeTag(props: { readonly outcome: StepOutcome; readonly from: string; readonly to: string }) {
  const { outcome, from, to } = props;
  if (outcome === 'free' && majorOf(from) !== majorOf(to)) return <Tag>another major</Tag>;
  const { text, tone } = TAGS[outcome];
  return <Tag tone={tone}>{text}</Tag>;
}

const VERB = { compatible: 'reads', breaking: 'does not read', unknown: 'may not read' } as const;

/** Both directions as a sentence: who reads whose events. */
export function directionWords({ from, to, backward, forward }: VersionStep): string {
  return `${to} ${VERB[backward]} events of ${from}; ${from} ${VERB[forward]} events of ${to}`;
}

/** A version's step from the one before, beneath its line. */
export function StepWords(props: { readonly step: VersionStep }) {
  const { step } = props;
  const { exception, brokenTowards, from } = step;
  const further = brokenTowards.filter(version => version !== from);
  return (
    <>
      <small>
        {directionWords(step)}
        {further.length > 0 && `; breaks towards ${further.join(', ')} too`}
      </small>
      {exception && (
        <p>
          <small>
            Exception by {exception.by} until <RelativeTime time={exception.until} />: {exception.reason}
          </small>
        </p>
      )}
    </>
  );
}

import type { Standing } from '@busline/plugin-eventbridge-common';
import Tooltip from '@mui/material/Tooltip';
import { styled } from '@mui/material/styles';
import { CheckIcon, CloudIcon, FileIcon, QuestionIcon, WarningIcon } from './icons';

const STANDINGS = {
  'in-sync': {
    label: 'In sync',
    color: 'var(--bl-ok)',
    Icon: CheckIcon,
    meaning: 'Declared in the event repository and observed on AWS, alike.',
  },
  drifted: {
    label: 'Drifted',
    color: 'var(--bl-warn)',
    Icon: WarningIcon,
    meaning: 'Declared and observed, but they differ.',
  },
  'declared-only': {
    label: 'Declared only',
    color: 'var(--bl-warn)',
    Icon: FileIcon,
    meaning: 'Declared in the event repository, not found on AWS.',
  },
  'observed-only': {
    label: 'Observed only',
    color: 'var(--bl-warn)',
    Icon: CloudIcon,
    meaning: 'Found on AWS, declared in no event repository.',
  },
  unknown: {
    label: 'Not observed',
    color: 'var(--bl-muted)',
    Icon: QuestionIcon,
    meaning: 'Declared; the AWS side has not been read, so nothing is known of it.',
  },
} as const;

const Root = styled('span')({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 5,
  fontSize: 13,
  fontWeight: 500,
  whiteSpace: 'nowrap',
});

/** The standing in words, for filters and lists. */
export function standingLabel(standing: Standing): string {
  return STANDINGS[standing].label;
}

/** Whether something is declared, observed, or both: sign and word, what it means on hover. */
export function StandingMark(props: { readonly standing: Standing }) {
  const { label, color, Icon, meaning } = STANDINGS[props.standing];
  return (
    <Tooltip title={meaning} describeChild>
      <Root style={{ color }}>
        <Icon />
        {label}
      </Root>
    </Tooltip>
  );
}

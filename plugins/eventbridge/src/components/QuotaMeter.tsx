import type { QuotaUse } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { WarningIcon } from './icons';
import { capitalised } from './LifecycleTag';

/** From this share of the limit on a person should plan for more: raising a quota takes AWS days. */
const NEAR_FROM = 0.8;

const Root = styled('div')({
  display: 'grid',
  alignContent: 'start',
  gap: 5,
  minWidth: 0,
  fontSize: 13,
  lineHeight: '18px',
  '& .bl-meter-words': {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: '0 10px',
  },
  '&[data-stacked] .bl-meter-words': {
    display: 'grid',
    justifyContent: 'start',
    '& .bl-meter-use': { fontSize: 12.5, whiteSpace: 'nowrap' },
  },
  '& .bl-meter-use': {
    color: 'var(--bl-muted)',
    fontVariantNumeric: 'tabular-nums',
  },
  '& .bl-meter-use strong': { color: 'var(--bl-text)', fontWeight: 600 },
  '& .bl-meter-bar': {
    height: 6,
    borderRadius: 3,
    background: 'var(--bl-line)',
    overflow: 'hidden',
  },
  '& .bl-meter-bar span': {
    display: 'block',
    height: '100%',
    minWidth: 2,
    borderRadius: 3,
    background: 'var(--bl-accent)',
  },
  '& .bl-meter-note': {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 4,
    fontWeight: 500,
  },
  '&[data-level=near]': {
    '& .bl-meter-note': { color: 'var(--bl-warn)' },
    '& .bl-meter-bar span': { background: 'var(--bl-warn)' },
  },
  '&[data-level=full]': {
    '& .bl-meter-note': { color: 'var(--bl-error)' },
    '& .bl-meter-bar span': { background: 'var(--bl-error)' },
  },
});

export type QuotaLevel = 'fine' | 'near' | 'full';

/** How close to its limit a quota is. */
export function quotaLevel({ used, limit }: Pick<QuotaUse, 'used' | 'limit'>): QuotaLevel {
  if (limit <= 0 || used >= limit) return used > 0 || limit > 0 ? 'full' : 'fine';
  return used >= limit * NEAR_FROM ? 'near' : 'fine';
}

const NOTES: Readonly<Record<QuotaLevel, string>> = {
  fine: '',
  near: 'Near the limit',
  full: 'At the limit',
};

/** How much of an AWS quota is used: in words with limit and unit, and as a bar. */
export function QuotaMeter(props: {
  readonly quota: QuotaUse;
  /** The numbers beneath the name, where several meters stand beside each other. */
  readonly stacked?: boolean;
}) {
  const { name, used, limit, unit } = props.quota;
  const level = quotaLevel(props.quota);
  const words = `${used.toLocaleString('en')} of ${limit.toLocaleString('en')} ${unit}`;
  const share = limit > 0 ? Math.min(1, used / limit) : 1;
  return (
    <Root data-level={level} data-stacked={props.stacked || undefined}>
      <div className="bl-meter-words">
        <span>{capitalised(name)}</span>
        <span className="bl-meter-use">
          <strong>{used.toLocaleString('en')}</strong> of {limit.toLocaleString('en')} {unit}
        </span>
      </div>
      <div
        className="bl-meter-bar"
        role="meter"
        aria-label={capitalised(name)}
        aria-valuenow={Math.min(used, limit)}
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuetext={words}
      >
        {used > 0 && <span style={{ width: `${share * 100}%` }} />}
      </div>
      {level !== 'fine' && (
        <span className="bl-meter-note">
          <WarningIcon />
          {NOTES[level]}
        </span>
      )}
    </Root>
  );
}

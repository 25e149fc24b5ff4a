import type { QuotaChange } from '@busline/onboarding';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { ActionButton } from '../ActionButton';
import { Card } from '../Card';
import { WarningIcon } from '../icons';
import { capitalised } from '../LifecycleTag';
import { PHONE } from '../PageFrame/Frame';
import { PlanText } from './PlanText';

/** From this share of its limit on a quota is shown although the plan does not use more of it. */
const NEAR_FROM = 0.8;

const Table = styled('table')({
  width: '100%',
  borderCollapse: 'collapse',
  fontSize: 14,
  lineHeight: '20px',
  '& th': {
    padding: '7px 16px',
    textAlign: 'left',
    fontSize: 12.5,
    fontWeight: 500,
    color: 'var(--bl-muted)',
  },
  '& td': { padding: '8px 16px', verticalAlign: 'top', overflowWrap: 'anywhere' },
  '& tbody tr': { borderTop: '1px solid var(--bl-line)' },
  '& .bl-number': { textAlign: 'right', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  '& p': { margin: '2px 0 0', color: 'var(--bl-error)' },
  [PHONE]: { '& .bl-quota-before': { display: 'none' }, '& th, & td': { paddingInline: 10 } },
});

const grows = ({ before, after }: QuotaChange) => before !== after;
const isNear = ({ after, limit }: QuotaChange) => after >= limit * NEAR_FROM;

/** A bus by its name, and by its account where each environment has one of that name. */
function placeWords({ name, of, arn }: QuotaChange, all: readonly QuotaChange[]): string {
  const isTwice = all.some(other => other.name === name && other.of === of && other.arn !== arn);
  return isTwice && arn ? `${of} in account ${arn.split(':')[4]}` : of;
}

/** How much of AWS's quotas is used before and after; those that the plan leaves alone on request. */
export function PlanQuotas(props: { readonly quotas: readonly QuotaChange[] }) {
  const [all, setAll] = useState(false);
  const notable = props.quotas.filter(quota => quota.exceeded || grows(quota) || isNear(quota));
  const shown = all ? props.quotas : notable;
  const rest = props.quotas.length - notable.length;
  return (
    <Card>
      {shown.length > 0 && (
        <Table>
          <thead>
            <tr>
              <th scope="col">Quota</th>
              <th scope="col" className="bl-number bl-quota-before">
                Before
              </th>
              <th scope="col" className="bl-number">
                After
              </th>
              <th scope="col" className="bl-number">
                Limit
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(quota => (
              <tr key={`${quota.name} ${quota.of} ${quota.arn}`}>
                <td>
                  {capitalised(quota.name)} <span className="bl-muted">of {placeWords(quota, props.quotas)}</span>
                  {quota.exceeded && (
                    <p>
                      <WarningIcon /> Past the limit. <PlanText text={quota.wayOut ?? ''} />
                    </p>
                  )}
                </td>
                <td className="bl-number bl-quota-before">{quota.before.toLocaleString('en')}</td>
                <td className="bl-number">{quota.after.toLocaleString('en')}</td>
                <td className="bl-number">
                  {quota.limit.toLocaleString('en')} {quota.unit}
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {rest > 0 && (
        <div style={{ padding: '5px 6px', borderTop: shown.length > 0 ? '1px solid var(--bl-line)' : undefined }}>
          <ActionButton data-quiet="" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Only those that change' : `${rest} ${rest === 1 ? 'quota' : 'quotas'} that stay as they are`}
          </ActionButton>
        </div>
      )}
    </Card>
  );
}

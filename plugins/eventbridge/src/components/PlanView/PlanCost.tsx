import type { Cost } from '@busline/onboarding';
import { styled } from '@mui/material/styles';
import { useId, useState } from 'react';
import { Card } from '../Card';

const Root = styled('div')({
  display: 'grid',
  gap: 10,
  padding: '12px 16px 14px',
  fontSize: 14,
  lineHeight: '20px',
  '& .bl-cost-rate': { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 10px' },
  '& select': {
    minHeight: 32,
    padding: '2px 8px',
    border: '1px solid var(--bl-line-strong)',
    borderRadius: 7,
    background: 'var(--bl-surface)',
    color: 'var(--bl-text)',
    font: 'inherit',
  },
  '& table': { width: '100%', borderCollapse: 'collapse' },
  '& td, & th': { padding: '5px 0', textAlign: 'left', fontWeight: 400 },
  '& tr + tr': { borderTop: '1px solid var(--bl-line)' },
  '& .bl-number': { textAlign: 'right', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap', paddingLeft: 16 },
  '& tfoot th, & tfoot td': { fontWeight: 600, borderTop: '1px solid var(--bl-line-strong)' },
  '& p': { margin: 0, fontSize: 13, color: 'var(--bl-muted)', overflowWrap: 'anywhere' },
});

/** Events a month that a person can choose from; the plan's own is added. */
const RATES = [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

/** Units that do not come with the events, such as alarms, cost the same at every rate. */
const isFixed = (item: Cost['items'][number], cost: Cost) => item.units < cost.eventsPerMonth;

/** The cost at another number of events a month. */
export function costAt(cost: Cost, eventsPerMonth: number): Pick<Cost, 'items' | 'perMonth'> {
  if (cost.eventsPerMonth === 0) return cost;
  const times = eventsPerMonth / cost.eventsPerMonth;
  const items = cost.items.map(item =>
    isFixed(item, cost) ? item : { ...item, units: item.units * times, perMonth: item.perMonth * times },
  );
  return { items, perMonth: items.reduce((sum, { perMonth }) => sum + perMonth, 0) };
}

export function dollars(amount: number): string {
  if (amount > 0 && amount < 0.01) return 'less than $0.01';
  return `$${amount.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** What it costs a month, item by item, at a number of events that can be changed. */
export function PlanCost(props: { readonly cost: Cost }) {
  const { cost } = props;
  const [rate, setRate] = useState(cost.eventsPerMonth);
  const id = useId();
  const { items, perMonth } = costAt(cost, rate);
  const rates = [...new Set([...RATES, cost.eventsPerMonth])].filter(Boolean).sort((a, b) => a - b);
  return (
    <Card>
      <Root>
        <div className="bl-cost-rate">
          <label htmlFor={id}>Events a month, of each event type</label>
          <select id={id} value={rate} onChange={event => setRate(Number(event.target.value))}>
            {rates.map(value => (
              <option key={value} value={value}>
                {value.toLocaleString('en')}
              </option>
            ))}
          </select>
        </div>
        <table>
          <tbody>
            {items.map(item => (
              <tr key={item.title}>
                <th scope="row">
                  {item.title}{' '}
                  <span className="bl-muted">
                    {item.units.toLocaleString('en')} {item.unit}
                  </span>
                </th>
                <td className="bl-number">{dollars(item.perMonth)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">A month</th>
              <td className="bl-number">{dollars(perMonth)}</td>
            </tr>
          </tfoot>
        </table>
        <p>
          {cost.notes.join(' ')} {(cost.eventSizeBytes / 1024).toLocaleString('en')} KB an event. Prices of{' '}
          {cost.region}, {cost.pricesOf}, from {cost.source}
        </p>
      </Root>
    </Card>
  );
}

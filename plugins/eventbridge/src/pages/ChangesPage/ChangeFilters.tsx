import type { ChangeRequestState } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useServices } from '../../api';
import { changeStateLabel, Segments, Select } from '../../components';
import { STATES, toggleState, type ChangeListState } from './searchParams';

const Root = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: '10px 18px',
  marginBottom: 14,
  '& .bl-states': { display: 'flex', flexWrap: 'wrap', gap: 6, flexBasis: '100%' },
  '& .bl-states button': {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 7,
    minHeight: 30,
    padding: '3px 11px',
    border: '1px solid var(--bl-line)',
    borderRadius: 15,
    background: 'var(--bl-surface)',
    color: 'var(--bl-text)',
    font: 'inherit',
    fontSize: 13.5,
    cursor: 'pointer',
    '&:hover': { borderColor: 'var(--bl-line-strong)' },
    '&[aria-pressed=true]': { background: 'var(--bl-accent-soft)', borderColor: 'var(--bl-accent)', fontWeight: 550 },
    '& span': { color: 'var(--bl-muted)', fontVariantNumeric: 'tabular-nums' },
  },
});

const ANYBODY = 'all';

/** States with their counts, whose they are, and of which service. */
export function ChangeFilters(props: {
  readonly state: ChangeListState;
  readonly counts: Readonly<Partial<Record<ChangeRequestState, number>>>;
  readonly waiting: number | undefined;
  readonly onChange: (state: ChangeListState) => void;
}) {
  const { state, counts, waiting, onChange } = props;
  const services = useServices().data ?? [];
  const shown = STATES.filter(each => (counts[each] ?? 0) > 0 || state.states.includes(each));
  const names = [...new Set([...services.map(({ name }) => name), ...(state.service ? [state.service] : [])])].sort();
  const titles = new Map(services.map(({ name, title }) => [name, title]));
  return (
    <Root>
      <Segments
        label="Whose"
        options={[
          { value: ANYBODY, label: 'All' },
          { value: 'turn', label: waiting ? `Waiting for me (${waiting.toLocaleString('en')})` : 'Waiting for me' },
          { value: 'asked', label: 'Asked by me' },
        ]}
        value={state.mine ?? ANYBODY}
        onChange={value => {
          const { mine: _, ...rest } = state;
          onChange(value === 'turn' || value === 'asked' ? { ...rest, mine: value } : rest);
        }}
      />
      {names.length > 0 && (
        <Select
          label="Service"
          value={state.service ?? ''}
          options={[
            { value: '', label: 'Any' },
            ...names.map(name => ({ value: name, label: titles.get(name) || name })),
          ]}
          onChange={value => {
            const { service: _, ...rest } = state;
            onChange(value ? { ...rest, service: value } : rest);
          }}
        />
      )}
      <div className="bl-states" role="group" aria-label="States">
        {shown.map(each => (
          <button
            key={each}
            type="button"
            aria-pressed={state.states.includes(each)}
            onClick={() => onChange(toggleState(state, each))}
          >
            {changeStateLabel(each)} <span>{(counts[each] ?? 0).toLocaleString('en')}</span>
          </button>
        ))}
      </div>
    </Root>
  );
}

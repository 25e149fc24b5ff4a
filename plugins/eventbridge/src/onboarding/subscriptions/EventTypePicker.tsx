import type { EventTypeRef, EventTypeSummary } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useDeferredValue, useState } from 'react';
import { useEventTypePages, useSchemaVersion } from '../../api';
import {
  ActionButton,
  ClassificationTag,
  ErrorPanel,
  Highlight,
  LifecycleTag,
  SchemaTree,
  SkeletonText,
} from '../../components';
import { ChevronDownIcon, ChevronRightIcon } from '../../components/icons';
import { PHONE } from '../../components/PageFrame/Frame';
import { ProblemWords, useProblemsAt } from '../inputs';

const Root = styled('div')({
  border: '1px solid var(--bl-line)',
  borderRadius: 'var(--bl-radius)',
  background: 'var(--bl-surface)',
  minWidth: 0,
  '& .bl-picker-search': { padding: 10, borderBottom: '1px solid var(--bl-line)' },
  '& input[type=search]': {
    width: '100%',
    height: 40,
    padding: '0 12px',
    border: '1px solid var(--bl-line-strong)',
    borderRadius: 7,
    background: 'var(--bl-surface)',
    color: 'var(--bl-text)',
    font: 'inherit',
    fontSize: 15,
    '&::placeholder': { color: 'var(--bl-muted)', opacity: 1 },
  },
  '& .bl-picker-list': { margin: 0, padding: 0, listStyle: 'none', maxHeight: 420, overflow: 'auto' },
  '& .bl-picker-list > li + li': { borderTop: '1px solid color-mix(in srgb, var(--bl-line) 70%, transparent)' },
  '& .bl-picker-row': {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    gap: '0 12px',
    alignItems: 'start',
    padding: '9px 12px 10px 14px',
    '&:hover': { background: 'var(--bl-hover)' },
    // The description takes the whole width; the schema opens from beneath it.
    [PHONE]: {
      gridTemplateColumns: 'auto minmax(0, 1fr)',
      padding: '9px 12px 4px 12px',
      '& > button': { gridColumn: 2, justifySelf: 'start', marginLeft: -13 },
    },
  },
  '& .bl-picker-row > input': { width: 17, height: 17, margin: '3px 0 0', accentColor: 'var(--bl-accent)' },
  '& .bl-picker-row > label': { cursor: 'pointer', minWidth: 0 },
  '& .bl-picker-name': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '2px 8px',
    fontSize: 14.5,
    fontWeight: 600,
  },
  '& .bl-picker-source': { fontFamily: 'var(--bl-mono)', fontSize: 12.5, fontWeight: 400, color: 'var(--bl-muted)' },
  '& .bl-picker-summary': { display: 'block', fontSize: 13.5, lineHeight: '19px', color: 'var(--bl-muted)' },
  '& .bl-picker-schema': { borderTop: '1px solid var(--bl-line)', background: 'var(--bl-sunken)' },
  '& .bl-picker-foot': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: 8,
    padding: '8px 12px',
    borderTop: '1px solid var(--bl-line)',
    fontSize: 13.5,
    color: 'var(--bl-muted)',
  },
});

/** Of no request: nothing is wrong at it. */
const NO_FIELD = '/-';

export const idOf = ({ source, detailType }: EventTypeRef) => `${source}\n${detailType}`;

/**
 * Event types to choose from: what is typed is searched on the server (names, descriptions, schema fields), and the list
 * comes page by page, so that ten thousand are as quick as ten.
 */
export function EventTypePicker(props: {
  readonly label: string;
  readonly chosen: readonly EventTypeRef[];
  readonly onChange: (chosen: readonly EventTypeRef[]) => void;
  /** Just one, or several at once. */
  readonly single?: boolean;
  /** Where there is something to do with what is chosen: the buttons. */
  readonly actions?: React.ReactNode;
  /** JSON pointer of the field in the request. */
  readonly field?: string;
}) {
  const { label, chosen, onChange, single, actions, field } = props;
  const problems = useProblemsAt(field ?? NO_FIELD);
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  const pages = useEventTypePages(q ? { q, sort: 'relevance' } : { sort: 'name' });
  const items = (pages.data?.pages ?? []).flatMap(page => page.items);
  const total = pages.data?.pages[0]?.totalItems ?? 0;
  const isChosen = (type: EventTypeRef) => chosen.some(each => idOf(each) === idOf(type));
  const toggle = ({ source, detailType }: EventTypeRef) => {
    const type = { source, detailType };
    if (single) onChange([type]);
    else onChange(isChosen(type) ? chosen.filter(each => idOf(each) !== idOf(type)) : [...chosen, type]);
  };
  return (
    <Root role="group" aria-label={label}>
      <div className="bl-picker-search">
        <input
          type="search"
          aria-label={`${label}: search`}
          placeholder="Search by name, source, description or field"
          value={text}
          data-field={field}
          onChange={event => setText(event.target.value)}
          onKeyDown={event => event.key === 'Enter' && event.preventDefault()}
        />
      </div>
      {pages.isPending && (
        <div style={{ padding: 16 }}>
          <SkeletonText lines={6} />
        </div>
      )}
      {pages.isError && (
        <div style={{ padding: 10 }}>
          <ErrorPanel
            title="The event types could not be read"
            error={pages.error}
            onRetry={() => pages.refetch()}
            retrying={pages.isFetching}
          />
        </div>
      )}
      {pages.data && items.length === 0 && (
        <p style={{ margin: 0, padding: 18 }} className="bl-muted">
          No event type is found for “{q}”.
        </p>
      )}
      {items.length > 0 && (
        <ul className="bl-picker-list" aria-label={label}>
          {items.map(item => (
            <Row
              key={idOf(item)}
              item={item}
              q={q}
              single={single}
              chosen={isChosen(item)}
              onToggle={() => toggle(item)}
              name={label}
            />
          ))}
          {pages.hasNextPage && (
            <li style={{ padding: 8 }}>
              <ActionButton data-quiet="" disabled={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
                {pages.isFetchingNextPage ? 'Reading more…' : `Show more of ${total.toLocaleString('en')}`}
              </ActionButton>
            </li>
          )}
        </ul>
      )}
      <div className="bl-picker-foot">
        <span role="status">
          {total.toLocaleString('en')} {total === 1 ? 'event type' : 'event types'}
          {chosen.length > 0 && !single && `, ${chosen.length} chosen`}
        </span>
        {problems.length > 0 && (
          <span style={{ flexBasis: '100%' }}>
            <ProblemWords problems={problems} />
          </span>
        )}
        {actions && <span style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>{actions}</span>}
      </div>
    </Root>
  );
}

function Row(props: {
  readonly item: EventTypeSummary;
  readonly q: string;
  readonly single?: boolean;
  readonly chosen: boolean;
  readonly onToggle: () => void;
  readonly name: string;
}) {
  const { item, q, single, chosen, onToggle, name } = props;
  const [open, setOpen] = useState(false);
  const id = `bl-pick-${idOf(item).replace(/[^A-Za-z0-9]+/g, '-')}`;
  return (
    <li>
      <div className="bl-picker-row">
        <input id={id} type={single ? 'radio' : 'checkbox'} name={name} checked={chosen} onChange={onToggle} />
        <label htmlFor={id}>
          <span className="bl-picker-name">
            <Highlight text={item.detailType} search={q} />
            <span className="bl-picker-source">{item.source}</span>
            {item.lifecycle !== 'production' && <LifecycleTag lifecycle={item.lifecycle} />}
            {(item.classification === 'restricted' || item.classification === 'confidential') && (
              <ClassificationTag classification={item.classification} />
            )}
          </span>
          <span className="bl-picker-summary">{item.summary || item.title}</span>
        </label>
        <ActionButton
          data-quiet=""
          aria-expanded={open}
          aria-label={`Schema of ${item.detailType}`}
          disabled={!item.version}
          onClick={() => setOpen(!open)}
        >
          {open ? <ChevronDownIcon /> : <ChevronRightIcon />}
          Schema
        </ActionButton>
      </div>
      {open && item.version && <Schema item={item} version={item.version} />}
    </li>
  );
}

function Schema(props: { readonly item: EventTypeRef; readonly version: string }) {
  const schema = useSchemaVersion(props.item, props.version);
  return (
    <div className="bl-picker-schema">
      {schema.isPending && (
        <div style={{ padding: 14 }}>
          <SkeletonText lines={3} />
        </div>
      )}
      {schema.isError && (
        <div style={{ padding: 10 }}>
          <ErrorPanel title="The schema could not be read" error={schema.error} onRetry={() => schema.refetch()} />
        </div>
      )}
      {schema.data && <SchemaTree schema={schema.data.schema} plain maxHeight={260} />}
    </div>
  );
}

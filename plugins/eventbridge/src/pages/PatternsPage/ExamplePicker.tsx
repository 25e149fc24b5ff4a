import type { EventTypeRef } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import useAutocomplete from '@mui/material/useAutocomplete';
import type { HTMLAttributes } from 'react';
import { useState } from 'react';
import { useOfferedEventTypes } from '../../api';
import { Highlight } from '../../components';
import { SearchIcon } from '../../components/icons';

const Root = styled('div')({
  position: 'relative',
  flex: '1 1 180px',
  minWidth: 0,
  maxWidth: 320,
  '& > svg': { position: 'absolute', left: 9, top: 9, color: 'var(--bl-muted)', pointerEvents: 'none' },
  '& input': {
    width: '100%',
    height: 34,
    padding: '4px 10px 4px 30px',
    border: '1px solid var(--bl-line-strong)',
    borderRadius: 7,
    background: 'var(--bl-surface)',
    color: 'var(--bl-text)',
    font: 'inherit',
    fontSize: 14,
    textOverflow: 'ellipsis',
    '&::placeholder': { color: 'var(--bl-muted)', opacity: 1 },
    '@media (max-width: 599.95px)': { fontSize: 16 },
  },
  '& ul': {
    position: 'absolute',
    zIndex: 20,
    top: 38,
    right: 0,
    width: 'max(100%, min(340px, 86vw))',
    maxHeight: 360,
    margin: 0,
    padding: 5,
    overflow: 'auto',
    listStyle: 'none',
    border: '1px solid var(--bl-line)',
    borderRadius: 'var(--bl-radius)',
    background: 'var(--bl-surface)',
    boxShadow: 'var(--bl-shadow-high)',
  },
  '& li': { display: 'grid', padding: '6px 9px', borderRadius: 6, fontSize: 14, lineHeight: '20px', cursor: 'pointer' },
  '& li.Mui-focused': { background: 'var(--bl-accent-soft)' },
  '& li .bl-mono': { fontSize: 12.5, color: 'var(--bl-muted)' },
  '& li[aria-disabled=true]': { color: 'var(--bl-muted)', cursor: 'default' },
});

/** Finds an event type, whose example then stands in the pane. */
export function ExamplePicker(props: { readonly onPick: (eventType: EventTypeRef) => void }) {
  const { onPick } = props;
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const offered = useOfferedEventTypes(text, open);
  const box = useAutocomplete<EventTypeRef>({
    options: offered.data?.items ?? [],
    value: null,
    inputValue: text,
    open,
    clearOnBlur: true,
    autoHighlight: true,
    handleHomeEndKeys: false,
    getOptionLabel: option => option.detailType,
    filterOptions: all => all,
    onOpen: () => setOpen(true),
    onClose: () => setOpen(false),
    onInputChange: (_, typed, why) => {
      if (why === 'input') setText(typed);
    },
    onChange: (_, chosen) => {
      setText('');
      if (chosen) onPick({ source: chosen.source, detailType: chosen.detailType });
    },
  });
  const shown = box.groupedOptions as EventTypeRef[];
  const list = box.getListboxProps() as HTMLAttributes<HTMLUListElement> & { readonly id?: string };
  return (
    <Root {...box.getRootProps()}>
      <SearchIcon />
      <input
        {...box.getInputProps()}
        type="text"
        role="combobox"
        aria-label="Load an example of an event type"
        aria-controls={list.id}
        aria-expanded={box.popupOpen}
        placeholder="Load an example…"
      />
      {box.popupOpen && (
        <ul {...list} aria-label="Event types">
          {shown.map((option, index) => (
            <Option
              key={`${option.source} ${option.detailType}`}
              option={option}
              search={text}
              attributes={box.getOptionProps({ option, index })}
            />
          ))}
          {shown.length === 0 && (
            <li role="option" aria-disabled="true" aria-selected="false">
              {offered.isPending ? 'Searching…' : 'No event type found'}
            </li>
          )}
        </ul>
      )}
    </Root>
  );
}

function Option(props: {
  readonly option: EventTypeRef;
  readonly search: string;
  readonly attributes: HTMLAttributes<HTMLLIElement> & { key?: unknown };
}) {
  const { option, search } = props;
  const { key: _, ...attributes } = props.attributes;
  return (
    <li {...attributes}>
      <span className="bl-ellipsis">
        <Highlight text={option.detailType} search={search} />
      </span>
      <span className="bl-mono bl-ellipsis">
        <Highlight text={option.source} search={search} />
      </span>
    </li>
  );
}

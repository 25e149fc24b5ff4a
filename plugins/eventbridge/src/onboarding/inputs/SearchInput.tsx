import useAutocomplete, { createFilterOptions } from '@mui/material/useAutocomplete';
import { styled } from '@mui/material/styles';
import type { HTMLAttributes, ReactNode, UIEvent } from 'react';
import { ChevronDownIcon } from '../../components/icons';
import { FormRow } from './FormRow';

/** Options drawn at once; nobody reads more, and typing narrows them. */
const SHOWN_AT_ONCE = 100;

const Root = styled('div')({
  position: 'relative',
  '& > input': { paddingRight: '34px !important', textOverflow: 'ellipsis' },
  '& > .bl-open': {
    position: 'absolute',
    top: 5,
    right: 4,
    display: 'grid',
    placeItems: 'center',
    width: 28,
    height: 28,
    padding: 0,
    border: 0,
    borderRadius: 6,
    background: 'transparent',
    color: 'var(--bl-muted)',
    cursor: 'pointer',
  },
  '& .bl-list': {
    position: 'absolute',
    zIndex: 20,
    top: 'calc(100% + 4px)',
    left: 0,
    right: 0,
    border: '1px solid var(--bl-line)',
    borderRadius: 'var(--bl-radius)',
    background: 'var(--bl-surface)',
    boxShadow: 'var(--bl-shadow-high)',
  },
  '& ul': { maxHeight: 340, margin: 0, padding: 5, overflow: 'auto', listStyle: 'none' },
  '& .bl-more': {
    margin: 0,
    padding: '7px 14px 8px',
    borderTop: '1px solid var(--bl-line)',
    fontSize: 13,
    lineHeight: '18px',
    color: 'var(--bl-muted)',
  },
  '& li': { padding: '6px 9px', borderRadius: 6, fontSize: 14, lineHeight: '20px', cursor: 'pointer' },
  '& li.Mui-focused': { background: 'var(--bl-accent-soft)' },
  '& li[aria-selected=true]': { fontWeight: 600 },
  '& li small': { display: 'block', fontSize: 13, lineHeight: '18px', color: 'var(--bl-muted)', fontWeight: 400 },
  '& .bl-no-options': { padding: '8px 10px', color: 'var(--bl-muted)', cursor: 'default' },
});

export interface SearchOption {
  readonly value: string;
  readonly label: string;
  /** A line beneath the label. */
  readonly note?: string;
}

/** One of many: typing narrows them, arrow keys move, Enter chooses. */
export function SearchInput(props: {
  readonly label: string;
  readonly field: string;
  readonly hint?: ReactNode;
  readonly optional?: boolean;
  readonly required?: boolean;
  readonly placeholder?: string;
  readonly value: string;
  readonly options: readonly SearchOption[];
  readonly onChange: (value: string) => void;
  /** Something else than one of the options may be typed. */
  readonly free?: boolean;
  /** Narrowed by whoever gives the options. */
  readonly onSearch?: (text: string) => void;
  readonly loading?: boolean;
  /** How many there are in all, where only some of them are given. */
  readonly total?: number;
  /** Reads more of them: called when the end of the list comes into sight. */
  readonly onEnd?: () => void;
}) {
  const { label, field, hint, optional, required, placeholder, value, options, onChange } = props;
  const { free, onSearch, loading, total = options.length, onEnd } = props;
  const listed = options.find(option => option.value === value);
  // What was chosen may be on a page of the list that is not read; it stays chosen, and is not listed.
  const unlisted = listed || !value ? undefined : { value, label: value };
  const box = useAutocomplete<SearchOption, false, false, boolean>({
    options: unlisted ? [...options, unlisted] : [...options],
    value: listed ?? unlisted ?? null,
    freeSolo: free ?? false,
    clearOnBlur: !free,
    selectOnFocus: true,
    handleHomeEndKeys: false,
    getOptionLabel: option => (typeof option === 'string' ? option : option.label),
    isOptionEqualToValue: (option, other) => option.value === other.value,
    filterOptions: (all, state) => {
      const rest = all.filter(option => option !== unlisted);
      return onSearch ? rest : narrowed(rest, state);
    },
    onHighlightChange: (_, option) => option && option === options[options.length - 1] && onEnd?.(),
    onChange: (_, next) => onChange(typeof next === 'string' ? next : next?.value ?? ''),
    onInputChange: (_, text, why) => {
      if (why !== 'input') return;
      onSearch?.(text);
      if (free) onChange(text);
    },
  });
  const shown = box.groupedOptions as SearchOption[];
  const isCut = onSearch === undefined && shown.length === SHOWN_AT_ONCE;
  const unseen = onSearch === undefined ? 0 : total - shown.length;
  const toggle = box.getPopupIndicatorProps() as HTMLAttributes<HTMLButtonElement>;
  return (
    <FormRow label={label} field={field} hint={hint} optional={optional} required={required}>
      {input => {
        const { id: _, ...inputProps } = box.getInputProps() as ReturnType<typeof box.getInputProps> & { id?: string };
        return (
          <Root {...box.getRootProps()}>
            <input
              {...inputProps}
              {...input}
              type="text"
              role="combobox"
              aria-haspopup="listbox"
              aria-controls={(box.getListboxProps() as { id?: string }).id}
              aria-expanded={box.popupOpen}
              placeholder={placeholder}
            />
            <button type="button" className="bl-open" {...toggle} aria-hidden="true" tabIndex={-1}>
              <ChevronDownIcon />
            </button>
            {box.popupOpen && (shown.length > 0 || !free) && (
              <div className="bl-list">
                <ul
                  {...box.getListboxProps()}
                  aria-label={label}
                  onScroll={onEnd && (event => atEnd(event) && onEnd())}
                >
                  {shown.map((option, index) => (
                    <Option key={option.value} option={option} attributes={box.getOptionProps({ option, index })} />
                  ))}
                  {shown.length === 0 && (
                    <li className="bl-no-options" role="option" aria-disabled="true" aria-selected="false">
                      {loading ? 'Searching…' : 'Nothing is called so'}
                    </li>
                  )}
                </ul>
                {shown.length > 0 && (isCut || unseen > 0) && (
                  <p className="bl-more">
                    {isCut ? 'And more' : `${unseen.toLocaleString('en')} more`}: type to narrow them
                  </p>
                )}
              </div>
            )}
          </Root>
        );
      }}
    </FormRow>
  );
}

/** By label and note, so that an account is found by its number too. */
const narrowed = createFilterOptions<SearchOption>({
  limit: SHOWN_AT_ONCE,
  stringify: ({ label, note = '' }) => `${label} ${note} ${note.replace(/(\d) (?=\d)/g, '$1')}`,
});

/** Pixels before the end at which the next ones are read. */
const READ_AHEAD = 240;

function atEnd({ currentTarget: { scrollTop, clientHeight, scrollHeight } }: UIEvent<HTMLElement>): boolean {
  return scrollTop + clientHeight > scrollHeight - READ_AHEAD;
}

function Option(props: {
  readonly option: SearchOption;
  readonly attributes: HTMLAttributes<HTMLLIElement> & { key?: unknown };
}) {
  const { label, note } = props.option;
  const { key: _, ...attributes } = props.attributes;
  return (
    <li {...attributes}>
      {label}
      {note && <small>{note}</small>}
    </li>
  );
}

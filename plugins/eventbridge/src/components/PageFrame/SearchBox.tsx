import { styled } from '@mui/material/styles';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router-dom';
import { useEventTypeSuggestions } from '../../api';
import { useLinks } from '../../links';
import { Highlight } from '../Highlight';
import { CloseIcon, SearchIcon } from '../icons';
import { PHONE } from './Frame';

/** A page's own search: what the box holds and where it goes. */
export interface PageSearch {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder: string;
}

const Root = styled('div')({
  gridArea: 'search',
  position: 'relative',
  '& .bl-search-sign': {
    position: 'absolute',
    left: 12,
    top: 11,
    color: 'var(--bl-muted)',
    pointerEvents: 'none',
  },
  '& input': {
    width: '100%',
    height: 40,
    padding: '0 76px 0 38px',
    border: '1px solid var(--bl-line-strong)',
    borderRadius: 9,
    background: 'var(--bl-ground)',
    color: 'var(--bl-text)',
    font: 'inherit',
    fontSize: 15,
    textOverflow: 'ellipsis',
    '&::placeholder': { color: 'var(--bl-muted)', opacity: 1 },
    '&:focus': {
      outline: '2px solid var(--bl-accent)',
      outlineOffset: -1,
      borderColor: 'transparent',
    },
    '&::-webkit-search-cancel-button': { display: 'none' },
    [PHONE]: { fontSize: 16, paddingRight: 44 },
  },
  '& kbd': {
    position: 'absolute',
    right: 10,
    top: 9,
    padding: '1px 6px',
    border: '1px solid var(--bl-line)',
    borderRadius: 5,
    background: 'var(--bl-surface)',
    color: 'var(--bl-muted)',
    font: 'inherit',
    fontSize: 12,
    lineHeight: '18px',
    pointerEvents: 'none',
    [PHONE]: { display: 'none' },
  },
  '& .bl-search-clear': {
    position: 'absolute',
    right: 6,
    top: 6,
    display: 'grid',
    placeItems: 'center',
    width: 28,
    height: 28,
    border: 0,
    borderRadius: 6,
    background: 'transparent',
    color: 'var(--bl-muted)',
    cursor: 'pointer',
    '&:hover': { background: 'var(--bl-hover)', color: 'var(--bl-text)' },
  },
});

const Suggestions = styled('ul')({
  position: 'absolute',
  top: 46,
  left: 0,
  right: 0,
  zIndex: 20,
  margin: 0,
  padding: 6,
  listStyle: 'none',
  border: '1px solid var(--bl-line)',
  borderRadius: 10,
  background: 'var(--bl-surface)',
  boxShadow: 'var(--bl-shadow-high)',
  '& li': {
    display: 'grid',
    padding: '7px 10px',
    borderRadius: 7,
    cursor: 'pointer',
    lineHeight: '19px',
  },
  '& li[aria-selected=true]': { background: 'var(--bl-accent-soft)' },
  '& .bl-mono': { fontSize: 12.5, color: 'var(--bl-muted)' },
  '& .bl-search-all': { color: 'var(--bl-accent)', fontWeight: 500 },
});

const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** Ctrl-K or Cmd-K anywhere on the page goes to the box and selects what it holds. */
function useSearchShortcut(input: React.RefObject<HTMLInputElement>) {
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      if (event.altKey || event.shiftKey) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [input]);
}

/** The search box, in the same place on every page. */
export function SearchBox(props: { readonly search?: PageSearch }) {
  return props.search ? <NarrowingBox search={props.search} /> : <SuggestingBox />;
}

function NarrowingBox(props: { readonly search: PageSearch }) {
  const { value, onChange, placeholder } = props.search;
  const input = useRef<HTMLInputElement>(null);
  useSearchShortcut(input);
  return (
    <Root role="search">
      <SearchIcon className="bl-search-sign" />
      <input
        ref={input}
        type="search"
        value={value}
        placeholder={placeholder}
        aria-label={placeholder}
        aria-keyshortcuts="Control+K Meta+K"
        autoComplete="off"
        spellCheck={false}
        onChange={event => onChange(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Escape' && value !== '') {
            event.preventDefault();
            onChange('');
          }
        }}
      />
      {value === '' ? (
        <kbd aria-hidden="true">{isMac() ? '⌘ K' : 'Ctrl K'}</kbd>
      ) : (
        <button
          type="button"
          className="bl-search-clear"
          aria-label="Clear the search"
          onClick={() => {
            onChange('');
            input.current?.focus();
          }}
        >
          <CloseIcon />
        </button>
      )}
    </Root>
  );
}

const PLACEHOLDER = 'Search event types and their fields';

function SuggestingBox() {
  const [value, setValue] = useState('');
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const links = useLinks();
  const navigate = useNavigate();
  const suggestions = useEventTypeSuggestions(value, open);
  useSearchShortcut(input);

  const items = value.trim() === '' ? [] : suggestions.data?.items ?? [];
  const total = suggestions.data?.totalItems;
  const shown = open && value.trim() !== '';
  const all = links.eventTypes(new URLSearchParams({ q: value }).toString());
  const targets = [...items.map(item => links.eventType(item)), all];

  const go = (index: number) => {
    setOpen(false);
    setValue('');
    input.current?.blur();
    navigate(targets[index] ?? all);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      if (open) setOpen(false);
      else setValue('');
    } else if (event.key === 'Enter' && value.trim() !== '') {
      go(Math.min(chosen, targets.length - 1));
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setChosen((chosen + step + targets.length) % targets.length);
    }
  };

  return (
    <Root role="search">
      <SearchIcon className="bl-search-sign" />
      <input
        ref={input}
        type="search"
        role="combobox"
        aria-expanded={shown}
        aria-controls={listId}
        aria-activedescendant={shown ? `${listId}-${chosen}` : undefined}
        aria-autocomplete="list"
        aria-label={PLACEHOLDER}
        aria-keyshortcuts="Control+K Meta+K"
        placeholder={PLACEHOLDER}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={event => {
          setValue(event.target.value);
          setOpen(true);
          setChosen(0);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <kbd aria-hidden="true">{isMac() ? '⌘ K' : 'Ctrl K'}</kbd>
      {shown && (
        // The mouse must not take the focus, or the list would close before the click.
        <Suggestions id={listId} role="listbox" aria-label="Event types" onMouseDown={event => event.preventDefault()}>
          {items.map((item, index) => (
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are on the box
            <li
              key={`${item.source} ${item.detailType}`}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={chosen === index}
              onMouseEnter={() => setChosen(index)}
              onClick={() => go(index)}
            >
              <span className="bl-ellipsis">
                <Highlight text={item.detailType} search={value} />
              </span>
              <span className="bl-mono bl-ellipsis">
                <Highlight text={item.source} search={value} />
                {item.matchedFields?.[0] && ` · ${item.matchedFields[0]}`}
              </span>
            </li>
          ))}
          {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are on the box */}
          <li
            id={`${listId}-${items.length}`}
            role="option"
            aria-selected={chosen === items.length}
            className="bl-search-all"
            onMouseEnter={() => setChosen(items.length)}
            onClick={() => go(items.length)}
          >
            {allWords(suggestions.isPending, total)}
          </li>
        </Suggestions>
      )}
    </Root>
  );
}

function allWords(pending: boolean, total: number | undefined): string {
  if (pending) return 'Searching…';
  if (total === undefined) return 'Search the list of event types';
  if (total === 0) return 'No event type found; open the list';
  return total === 1 ? 'Show it in the list' : `Show all ${total.toLocaleString('en')} in the list`;
}

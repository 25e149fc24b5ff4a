import useAutocomplete from '@mui/material/useAutocomplete';
import { styled } from '@mui/material/styles';
import type { HTMLAttributes, ReactNode } from 'react';
import { FormRow } from './FormRow';

const Root = styled('div')({
  position: 'relative',
  '& ul': {
    position: 'absolute',
    zIndex: 20,
    top: 'calc(100% + 4px)',
    left: 0,
    right: 0,
    maxHeight: 340,
    margin: 0,
    padding: 5,
    overflow: 'auto',
    listStyle: 'none',
    border: '1px solid var(--bl-line)',
    borderRadius: 'var(--bl-radius)',
    background: 'var(--bl-surface)',
    boxShadow: 'var(--bl-shadow-high)',
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
}) {
  const { label, field, hint, optional, required, placeholder, value, options, onChange, free, onSearch, loading } =
    props;
  const chosen = options.find(option => option.value === value) ?? (value ? { value, label: value } : null);
  const box = useAutocomplete<SearchOption, false, false, boolean>({
    options: options as SearchOption[],
    value: chosen,
    freeSolo: free ?? false,
    clearOnBlur: !free,
    selectOnFocus: true,
    handleHomeEndKeys: false,
    getOptionLabel: option => (typeof option === 'string' ? option : option.label),
    isOptionEqualToValue: (option, other) => option.value === other.value,
    ...(onSearch && { filterOptions: all => all }),
    onChange: (_, next) => onChange(typeof next === 'string' ? next : next?.value ?? ''),
    onInputChange: (_, text, why) => {
      if (why !== 'input') return;
      onSearch?.(text);
      if (free) onChange(text);
    },
  });
  const shown = (box.groupedOptions as SearchOption[]).slice(0, 100);
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
            {box.popupOpen && (shown.length > 0 || !free) && (
              <ul {...box.getListboxProps()} aria-label={label}>
                {shown.map((option, index) => (
                  <Option key={option.value} option={option} attributes={box.getOptionProps({ option, index })} />
                ))}
                {shown.length === 0 && (
                  <li className="bl-no-options" role="option" aria-disabled="true" aria-selected="false">
                    {loading ? 'Searching…' : 'Nothing is called so'}
                  </li>
                )}
              </ul>
            )}
          </Root>
        );
      }}
    </FormRow>
  );
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

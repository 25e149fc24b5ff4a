import type { ReactNode } from 'react';
import { FormRow } from './FormRow';

interface RowProps {
  readonly label: string;
  /** JSON pointer of the field in the request. */
  readonly field: string;
  readonly optional?: boolean;
  readonly required?: boolean;
  readonly hint?: ReactNode;
}

/** One line of text. */
export function TextInput(
  props: RowProps & {
    readonly value: string;
    readonly onChange: (value: string) => void;
    readonly placeholder?: string;
    /** Names and codes in a monospaced face. */
    readonly mono?: boolean;
    readonly type?: 'text' | 'date' | 'number' | 'url';
    readonly min?: number | string;
    readonly max?: number | string;
  },
) {
  const { label, field, optional, required, hint, value, onChange, placeholder, mono, type = 'text', min, max } = props;
  return (
    <FormRow label={label} field={field} optional={optional} required={required} hint={hint}>
      {input => (
        <input
          {...input}
          type={type}
          value={value}
          placeholder={placeholder}
          data-mono={mono ? '' : undefined}
          autoComplete="off"
          spellCheck={mono ? false : undefined}
          min={min}
          max={max}
          onChange={event => onChange(event.target.value)}
        />
      )}
    </FormRow>
  );
}

/** Several lines of text. */
export function TextArea(
  props: RowProps & {
    readonly value: string;
    readonly onChange: (value: string) => void;
    readonly onBlur?: () => void;
    readonly placeholder?: string;
    readonly mono?: boolean;
    readonly rows?: number;
  },
) {
  const { label, field, optional, required, hint, value, onChange, onBlur, placeholder, mono, rows = 3 } = props;
  return (
    <FormRow label={label} field={field} optional={optional} required={required} hint={hint}>
      {input => (
        <textarea
          {...input}
          rows={rows}
          value={value}
          placeholder={placeholder}
          data-mono={mono ? '' : undefined}
          spellCheck={mono ? false : undefined}
          onChange={event => onChange(event.target.value)}
          onBlur={onBlur}
        />
      )}
    </FormRow>
  );
}

/** One of a few. */
export function SelectInput(
  props: RowProps & {
    readonly value: string;
    readonly onChange: (value: string) => void;
    readonly options: readonly { readonly value: string; readonly label: string }[];
    /** Shown while nothing is chosen. */
    readonly placeholder?: string;
  },
) {
  const { label, field, optional, required, hint, value, onChange, options, placeholder } = props;
  const known = options.some(option => option.value === value);
  return (
    <FormRow label={label} field={field} optional={optional} required={required} hint={hint}>
      {input => (
        <select {...input} value={value} onChange={event => onChange(event.target.value)}>
          {(placeholder !== undefined || !known) && (
            <option value={known ? '' : value}>{(!known && value) || placeholder || 'Choose…'}</option>
          )}
          {options.map(option => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </FormRow>
  );
}

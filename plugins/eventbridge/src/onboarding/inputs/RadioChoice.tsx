import { useId } from 'react';
import { RadioSet } from './layout';

/** One of a few, all in sight. */
export function RadioChoice<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
  /** The label is said to screen readers alone. */
  readonly quiet?: boolean;
  readonly field?: string;
}) {
  const name = useId();
  return (
    <RadioSet>
      <legend className={props.quiet ? 'bl-sr' : undefined}>{props.label}</legend>
      {props.options.map(({ value, label }) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            checked={value === props.value}
            data-field={props.field}
            onChange={() => props.onChange(value)}
          />
          {label}
        </label>
      ))}
    </RadioSet>
  );
}

import { RadioSet } from './layout';
import { ProblemWords, useProblemsAt } from './Problems';

/** Some of a few, all in sight. */
export function CheckChoice<T extends string>(props: {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string; readonly note?: string }[];
  readonly chosen: readonly T[];
  readonly onChange: (chosen: readonly T[]) => void;
  readonly field?: string;
  readonly disabled?: boolean;
}) {
  const { label, options, chosen, onChange, field, disabled } = props;
  const problems = useProblemsAt(field ?? NO_FIELD, false);
  return (
    <RadioSet disabled={disabled}>
      <legend>{label}</legend>
      {options.map(option => (
        <label key={option.value}>
          <input
            type="checkbox"
            checked={chosen.includes(option.value)}
            data-field={field}
            onChange={event =>
              onChange(event.target.checked ? [...chosen, option.value] : chosen.filter(each => each !== option.value))
            }
          />
          <span>
            {option.label} {option.note && <small className="bl-muted">{option.note}</small>}
          </span>
        </label>
      ))}
      {problems.length > 0 && (
        <div style={{ flexBasis: '100%' }}>
          <ProblemWords problems={problems} />
        </div>
      )}
    </RadioSet>
  );
}

/** Of no request: nothing is wrong at it. */
const NO_FIELD = '/-';

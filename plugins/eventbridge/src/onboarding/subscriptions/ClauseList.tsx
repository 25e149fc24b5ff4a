import { styled } from '@mui/material/styles';
import { ActionButton } from '../../components';
import { CloseIcon } from '../../components/icons';
import { boundOf, OPERATORS } from '../form/filter';
import type { ClauseOperator, FilterClause } from '../form/formData';
import { PHONE } from '../../components/PageFrame/Frame';
import { Chips, SearchInput, SelectInput, SmallButton, TextInput } from '../inputs';
import type { FilterField } from './fields';

const Row = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1.3fr) minmax(130px, 0.7fr) minmax(0, 1.3fr) auto',
  gap: '10px 12px',
  alignItems: 'start',
  '& + &': { paddingTop: 12, borderTop: '1px dashed var(--bl-line)' },
  '& > button': { marginTop: 26 },
  [PHONE]: {
    // The way to take it back stands beside the field, and the rest beneath.
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    '& > :nth-of-type(n + 2)': { gridColumn: '1 / -1' },
    '& > button': { gridArea: '1 / 2', marginTop: 26, minWidth: 38 },
  },
});

/** A filter built from the schema: field, operator, value; every clause must hold. */
export function ClauseList(props: {
  readonly at: string;
  readonly clauses: readonly FilterClause[];
  readonly fields: readonly FilterField[];
  readonly isPending: boolean;
  readonly onChange: (clauses: readonly FilterClause[]) => void;
}) {
  const { at, clauses, fields, isPending, onChange } = props;
  const set = (index: number, clause: FilterClause) =>
    onChange(clauses.map((each, i) => (i === index ? clause : each)));
  return (
    <div style={{ display: 'grid', gap: 12 }}>
      {clauses.map((clause, index) => (
        <Clause
          key={index}
          at={`${at}/filter`}
          number={index + 1}
          clause={clause}
          others={clauses.filter((_, i) => i !== index)}
          fields={fields}
          isPending={isPending}
          onChange={next => set(index, next)}
          onRemove={() => onChange(clauses.filter((_, i) => i !== index))}
        />
      ))}
      <div>
        <SmallButton onClick={() => onChange([...clauses, { field: '', operator: 'is', values: [], type: 'text' }])}>
          And another field
        </SmallButton>
      </div>
    </div>
  );
}

function Clause(props: {
  readonly at: string;
  readonly number: number;
  readonly clause: FilterClause;
  readonly others: readonly FilterClause[];
  readonly fields: readonly FilterField[];
  readonly isPending: boolean;
  readonly onChange: (clause: FilterClause) => void;
  readonly onRemove: () => void;
}) {
  const { at, number, clause, others, fields, isPending, onChange, onRemove } = props;
  const field = fields.find(({ path }) => bare(path) === bare(clause.field));
  const operators = operatorsFor(clause.field, clause.type, others);
  const free = fields.filter(({ path, type }) => operatorsFor(path, type, others).length > 0);
  const setField = (path: string) => {
    const type = fields.find(each => each.path === path)?.type ?? 'text';
    const fitting = operatorsFor(path, type, others);
    const keeps = type === clause.type && fitting.includes(clause.operator);
    onChange({ field: path, type, operator: keeps ? clause.operator : fitting[0] ?? 'is', values: [] });
  };
  return (
    <Row role="group" aria-label={`Clause ${number}`}>
      <SearchInput
        label="Field"
        field={`${at}#field${number}`}
        placeholder={isPending ? 'Reading the schema…' : 'Search the schema'}
        value={field?.path ?? clause.field}
        options={free.map(({ path, words, description }) => ({ value: path, label: words, note: description }))}
        onChange={setField}
        loading={isPending}
      />
      <SelectInput
        label="Operator"
        field={`${at}#operator${number}`}
        value={clause.operator}
        options={operators.map(value => ({ value, label: OPERATORS[value].words }))}
        onChange={operator => onChange({ ...clause, operator: operator as ClauseOperator })}
      />
      <Values
        at={at}
        number={number}
        clause={clause}
        field={field}
        onChange={values => onChange({ ...clause, values })}
      />
      <ActionButton data-quiet="" onClick={onRemove} aria-label={`Remove clause ${number}`}>
        <CloseIcon />
      </ActionButton>
    </Row>
  );
}

/** A field as a pattern names it, without the marks of arrays. */
const bare = (path: string) => path.replaceAll('[]', '');

/**
 * What can be asked of a field beside the other clauses. One clause for each field, since a second one would be "or",
 * which nobody expects of a second line; but a number may have a lower and an upper bound.
 */
function operatorsFor(
  path: string,
  type: FilterClause['type'],
  others: readonly FilterClause[],
): readonly ClauseOperator[] {
  const all = (Object.keys(OPERATORS) as ClauseOperator[]).filter(each => OPERATORS[each].types.includes(type));
  const same = others.filter(({ field }) => field !== '' && bare(field) === bare(path));
  if (same.length === 0) return all;
  const taken = boundOf(same[0].operator);
  if (same.length > 1 || taken === undefined) return [];
  return all.filter(each => boundOf(each) !== undefined && boundOf(each) !== taken);
}

function Values(props: {
  readonly at: string;
  readonly number: number;
  readonly clause: FilterClause;
  readonly field: FilterField | undefined;
  readonly onChange: (values: readonly string[]) => void;
}) {
  const { at, number, clause, field, onChange } = props;
  const { values } = clause;
  const kind = OPERATORS[clause.operator].values;
  if (kind === 'none') return <span />;
  const choices = field?.choices ?? [];
  const isChoice = choices.length > 0 && (clause.operator === 'is' || clause.operator === 'is-not');
  if (isChoice) {
    return (
      <div>
        <SelectInput
          label="Value"
          field={`${at}#value${number}`}
          value=""
          placeholder={values.length > 0 ? 'or…' : 'Choose…'}
          options={choices.filter(choice => !values.includes(choice)).map(value => ({ value, label: value }))}
          onChange={value => value && onChange([...values, value])}
        />
        <Chosen values={values} onChange={onChange} />
      </div>
    );
  }
  return (
    <TextInput
      label={kind === 'many' ? 'Values, with commas between' : 'Value'}
      field={`${at}#value${number}`}
      value={values.join(', ')}
      onChange={text => {
        if (kind === 'many') onChange(splitValues(text));
        else onChange(text === '' ? [] : [text]);
      }}
    />
  );
}

/** The last one may still be typed: its end is kept as it is. */
function splitValues(text: string): readonly string[] {
  if (text === '') return [];
  return text.split(',').map((value, index) => (index === 0 ? value : value.replace(/^ /, '')));
}

function Chosen(props: { readonly values: readonly string[]; readonly onChange: (values: readonly string[]) => void }) {
  if (props.values.length === 0) return null;
  return (
    <div style={{ marginTop: 7 }}>
      <Chips
        label="Values"
        chosen={props.values.map(value => ({
          key: value,
          label: value,
          onRemove: () => props.onChange(props.values.filter(each => each !== value)),
        }))}
      />
    </div>
  );
}

import { compileSchema, checkSchema, inferSchema } from '@busline/json-schema';
import type { Json } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useId, useMemo, useState, type ReactNode } from 'react';
import { buttonStyles, SchemaTree } from '../../components';
import { CheckIcon, ErrorIcon } from '../../components/icons';
import type { PublicationFormData } from '../form/formData';
import { parseJson, placeOf } from '../form/parseJson';
import { withoutEnvelope } from './withoutEnvelope';
import { RadioChoice, SmallButton, Stack, TextArea, useProblemsAt } from '../inputs';

/** What a person may upload: a schema of a few hundred fields is far below it. */
const MAX_UPLOAD_BYTES = 500_000;

interface Part {
  readonly at: string;
  readonly publication: PublicationFormData;
  readonly onChange: (changes: Partial<PublicationFormData>) => void;
}

/** What the event carries: from an example, of which the schema is made, or from a schema. Both can be edited. */
export function SchemaSource({ at, publication, onChange }: Part) {
  const startFrom = publication.startFrom ?? 'example';
  return (
    <Stack style={{ gap: 12 }}>
      <RadioChoice
        label="What it carries"
        value={startFrom}
        options={[
          { value: 'example', label: 'I have an example event' },
          { value: 'schema', label: 'I have a JSON Schema' },
        ]}
        onChange={next => onChange({ startFrom: next })}
      />
      {startFrom === 'example' ? (
        <FromExample at={at} publication={publication} onChange={onChange} />
      ) : (
        <FromSchema at={at} publication={publication} onChange={onChange} />
      )}
    </Stack>
  );
}

function FromExample({ at, publication, onChange }: Part) {
  const { exampleText = '', schemaText } = publication;
  const example = useMemo(() => parseJson(exampleText), [exampleText]);
  const inferred = useMemo(
    () => (example.kind === 'value' ? JSON.stringify(inferSchema([example.value as never]), null, 2) : undefined),
    [example],
  );
  return (
    <>
      <JsonInput
        label="Example of its data"
        field={`${at}/example`}
        hint="what stands in detail.data; a whole event may be pasted too"
        text={exampleText}
        onChange={text => onChange(withoutEnvelope(text, publication))}
      />
      {inferred !== undefined && schemaText === undefined && (
        <Made
          title="The schema that is made of it"
          schema={JSON.parse(inferred) as Json}
          actions={<SmallButton onClick={() => onChange({ schemaText: inferred })}>Edit this schema</SmallButton>}
        />
      )}
      {schemaText !== undefined && (
        <>
          <SchemaInput at={at} text={schemaText} example={example} onChange={text => onChange({ schemaText: text })} />
          <div>
            <SmallButton onClick={() => onChange({ schemaText: undefined })}>
              Make it from the example again
            </SmallButton>
          </div>
        </>
      )}
    </>
  );
}

function FromSchema({ at, publication, onChange }: Part) {
  const { exampleText = '', schemaText = '' } = publication;
  const example = useMemo(() => parseJson(exampleText), [exampleText]);
  return (
    <>
      <SchemaInput at={at} text={schemaText} example={example} onChange={text => onChange({ schemaText: text })} />
      <JsonInput
        label="An example"
        field={`${at}/example`}
        optional
        hint="those who receive it see it first"
        text={exampleText}
        onChange={text => onChange({ exampleText: text })}
      />
    </>
  );
}

const Verdict = styled('span')({
  display: 'flex',
  gap: 7,
  marginTop: 5,
  fontSize: 13.5,
  lineHeight: '19px',
  '& svg': { flex: 'none', marginTop: 2 },
  '&[data-good=true] svg': { color: 'var(--bl-ok)' },
  '&[data-good=false]': { color: 'var(--bl-error)' },
});

/** A schema with what is wrong with it, and whether the example fits it. */
function SchemaInput(props: {
  readonly at: string;
  readonly text: string;
  readonly example: ReturnType<typeof parseJson>;
  readonly onChange: (text: string) => void;
}) {
  const { at, text, example, onChange } = props;
  const verdict = useMemo(() => schemaVerdict(text, example), [text, example]);
  return (
    <div>
      <JsonInput label="JSON Schema of its data" field={`${at}/schema`} text={text} onChange={onChange} />
      {verdict && (
        <Verdict data-good={verdict.good} role="status">
          {verdict.good ? <CheckIcon /> : <ErrorIcon />}
          <span>{verdict.words}</span>
        </Verdict>
      )}
    </div>
  );
}

export function schemaVerdict(
  text: string,
  example: ReturnType<typeof parseJson>,
): { readonly good: boolean; readonly words: string } | undefined {
  const parsed = parseJson(text);
  if (parsed.kind === 'invalid') return undefined;
  const problems = checkSchema(parsed.value);
  if (problems.length > 0) {
    const [first] = problems;
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    return { good: false, words: `No valid schema: ${first.message}${more}` };
  }
  if (example.kind !== 'value') return { good: true, words: 'A valid schema.' };
  try {
    const result = compileSchema(parsed.value).validate(example.value);
    if (result.valid) return { good: true, words: 'A valid schema, and the example fits it.' };
    const [first] = result.errors;
    return { good: false, words: `The example does not fit: ${first.instancePath || 'the whole'} ${first.message}` };
  } catch (error) {
    return { good: false, words: error instanceof Error ? error.message : 'The schema cannot be used.' };
  }
}

const FileButton = styled('label')({
  ...buttonStyles,
  '&:focus-within': { outline: '2px solid var(--bl-accent)', outlineOffset: 2 },
  '& input': { position: 'absolute', width: 1, height: 1, opacity: 0 },
});

/** JSON that is pasted or uploaded; where it breaks off is said with line and column. */
function JsonInput(props: {
  readonly label: string;
  readonly field: string;
  readonly hint?: ReactNode;
  readonly optional?: boolean;
  readonly text: string;
  readonly onChange: (text: string) => void;
}) {
  const { label, field, hint, optional, text, onChange } = props;
  const [refusal, setRefusal] = useState<string>();
  const id = useId();
  const parsed = useMemo(() => parseJson(text), [text]);
  // Once a person wanted to go on, the input says it itself.
  const isSaid = useProblemsAt(field).length > 0;
  const upload = async (file: File | undefined) => {
    if (!file) return;
    const isTooLarge = file.size > MAX_UPLOAD_BYTES;
    setRefusal(isTooLarge ? `${file.name} is larger than ${MAX_UPLOAD_BYTES / 1000} KB` : undefined);
    if (!isTooLarge) onChange(await file.text());
  };
  return (
    <div>
      <TextArea
        label={label}
        field={field}
        hint={hint}
        optional={optional}
        mono
        rows={Math.min(16, Math.max(6, text.split('\n').length + 1))}
        placeholder="{ }"
        value={text}
        onChange={onChange}
      />
      {text.trim() !== '' && parsed.kind === 'invalid' && !isSaid && (
        <Verdict data-good={false} role="status">
          <ErrorIcon />
          <span>
            {parsed.offset === undefined ? '' : `${placeOf(text, parsed.offset)}: `}
            {parsed.message}
          </span>
        </Verdict>
      )}
      {refusal && (
        <Verdict data-good={false} role="alert">
          <ErrorIcon /> <span>{refusal}</span>
        </Verdict>
      )}
      <div style={{ marginTop: 8 }}>
        <FileButton htmlFor={id}>
          Upload a file
          <span className="bl-sr"> with the {label}</span>
          <input
            id={id}
            type="file"
            accept=".json,application/json"
            onChange={event => void upload(event.target.files?.[0])}
          />
        </FileButton>
      </div>
    </div>
  );
}

const MadeCard = styled('div')({
  border: '1px solid var(--bl-line)',
  borderRadius: 'var(--bl-radius)',
  '& > header': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: 8,
    padding: '8px 10px 8px 14px',
    borderBottom: '1px solid var(--bl-line)',
    fontSize: 14,
    fontWeight: 550,
  },
});

function Made(props: { readonly title: string; readonly schema: Json; readonly actions: ReactNode }) {
  return (
    <MadeCard>
      <header>
        {props.title}
        {props.actions}
      </header>
      <SchemaTree schema={props.schema} plain maxHeight={280} />
    </MadeCard>
  );
}

import type { EventTypeRef } from '@busline/plugin-eventbridge-common';
import { useEffect, useState } from 'react';
import { FieldFrame } from '../form/FieldFrame';
import type { BuslineFieldProps } from '../form/fieldProps';
import type { DeprecationFormData } from '../form/formData';
import { Chips, Columns, ProblemWords, RowLabel, SmallButton, TextArea, TextInput, useProblemsAt } from '../inputs';
import { EventTypePicker, idOf } from '../subscriptions/EventTypePicker';

/** Page "Event type" of the template that deprecates one. */
export function DeprecationField(props: BuslineFieldProps<DeprecationFormData>) {
  const deprecation = props.formData ?? {};
  const { onChange } = props;
  const set = (changes: Partial<DeprecationFormData>) => onChange({ ...deprecation, ...changes });
  useEffect(() => {
    if (!deprecation.since) set({ since: new Date().toISOString().slice(0, 10) });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once: a person may clear it
  }, []);
  return (
    <FieldFrame page="deprecation" kind="deprecate" value={deprecation} field={props}>
      <p className="bl-form-intro">
        Those who receive it are told, and the portal warns whoever wants to subscribe. It goes on being published until
        its last day.
      </p>
      <OneEventType
        label="Event type"
        field="/eventType"
        chosen={deprecation.eventType}
        onChange={eventType => set({ eventType })}
      />
      <Columns>
        <TextInput
          label="Deprecated from"
          field="/since"
          type="date"
          required
          value={deprecation.since ?? ''}
          onChange={since => set({ since })}
        />
        <TextInput
          label="No longer published from"
          field="/sunset"
          type="date"
          optional
          min={deprecation.since}
          value={deprecation.sunset ?? ''}
          onChange={sunset => set({ sunset })}
        />
      </Columns>
      <TextArea
        label="Why"
        field="/reason"
        required
        rows={2}
        hint="for those who receive it: what changed, and what to do"
        value={deprecation.reason ?? ''}
        onChange={reason => set({ reason })}
      />
      <OneEventType
        label="What to receive instead"
        optional
        field="/replacement"
        chosen={deprecation.replacement}
        onChange={replacement => set({ replacement })}
      />
    </FieldFrame>
  );
}

function OneEventType(props: {
  readonly label: string;
  readonly field: string;
  readonly optional?: boolean;
  readonly chosen: EventTypeRef | undefined;
  readonly onChange: (chosen: EventTypeRef | undefined) => void;
}) {
  const { label, field, optional, chosen, onChange } = props;
  const [open, setOpen] = useState(false);
  const problems = useProblemsAt(field);
  const isOpen = open || (!chosen && !optional);
  return (
    <div style={{ display: 'grid', gap: 8, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <RowLabel>
        {label} {optional && <small>optional</small>}
      </RowLabel>
      {chosen && (
        <Chips
          label={label}
          chosen={[
            { key: idOf(chosen), label: chosen.detailType, note: chosen.source, onRemove: () => onChange(undefined) },
          ]}
        />
      )}
      {isOpen ? (
        <EventTypePicker
          label={label}
          field={field}
          single
          chosen={chosen ? [chosen] : []}
          onChange={([next]) => {
            onChange(next);
            setOpen(false);
          }}
        />
      ) : (
        <div>
          <SmallButton data-field={field} onClick={() => setOpen(true)}>
            {chosen ? 'Choose another' : 'Choose an event type'}
          </SmallButton>
        </div>
      )}
      {!isOpen && <ProblemWords problems={problems} />}
    </div>
  );
}

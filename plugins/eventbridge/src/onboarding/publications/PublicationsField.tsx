import type { EventTypeRef } from '@busline/plugin-eventbridge-common';
import { useState } from 'react';
import { ActionButton, EmptyState } from '../../components';
import { EventIcon } from '../../components/icons';
import { FieldFrame } from '../form/FieldFrame';
import type { BuslineFieldProps } from '../form/fieldProps';
import type { PublicationFormData, ServiceFormData } from '../form/formData';
import { useService } from '../service/useServiceChoices';
import { ConfirmButton, ProblemWords, useProblemsAt } from '../inputs';
import { EventTypePicker, idOf } from '../subscriptions/EventTypePicker';
import { ExistingPublication } from './ExistingPublication';
import { NewPublication } from './NewPublication';

/** Page "Events to publish": event types that exist already, and new ones from a schema or an example. */
export function PublicationsField(props: BuslineFieldProps<readonly PublicationFormData[]>) {
  const { formData = [], onChange, formContext } = props;
  return (
    <FieldFrame page="publications" kind="onboard" value={formData} field={props}>
      <Publications
        publications={formData}
        onChange={onChange}
        service={formContext?.formData?.service ?? {}}
        required={props.uiSchema?.['ui:options']?.required ?? false}
      />
    </FieldFrame>
  );
}

function Publications(props: {
  readonly publications: readonly PublicationFormData[];
  readonly onChange: (publications: readonly PublicationFormData[]) => void;
  readonly service: ServiceFormData;
  readonly required: boolean;
}) {
  const { publications, onChange, service, required } = props;
  const [picking, setPicking] = useState(false);
  const known = useService(service.kind === 'new' ? undefined : service.name);
  const sources = [...new Set((known.data?.publishes ?? []).map(({ source }) => source))];
  const problems = useProblemsAt('/publications', false);
  const existing = publications.filter(isExisting);
  const pick = (chosen: readonly EventTypeRef[]) => {
    const kept = publications.filter(each => !isExisting(each) || chosen.some(type => idOf(type) === idOf(each)));
    const added = chosen.filter(type => !existing.some(each => idOf(each) === idOf(type)));
    onChange([...kept, ...added.map(type => ({ kind: 'existing' as const, ...type }))]);
  };
  const set = (index: number, next: PublicationFormData) =>
    onChange(publications.map((each, at) => (at === index ? next : each)));
  return (
    <>
      <p className="bl-form-intro">
        What is added to the events that the service publishes. It may publish what is declared, and nothing else.{' '}
        {!required && 'A service that only receives leaves this page as it is.'}
      </p>
      {publications.length === 0 && !picking && (
        <EmptyState icon={<EventIcon />} title="Nothing to publish yet">
          Choose an event type that exists, or describe a new one by its schema or by an example.
        </EmptyState>
      )}
      {publications.map((publication, index) => {
        const at = `/publications/${index}`;
        const remove = () => onChange(publications.filter((_, each) => each !== index));
        return publication.kind === 'new' ? (
          <NewPublication
            key={index}
            at={at}
            publication={publication}
            sources={sources}
            onChange={next => set(index, next)}
            onRemove={remove}
          />
        ) : (
          <ExistingPublication key={index} at={at} publication={publication} onRemove={remove} />
        );
      })}
      <ProblemWords problems={problems} />
      {picking && (
        <EventTypePicker
          label="Events to publish"
          chosen={existing}
          onChange={pick}
          actions={<ConfirmButton onClick={() => setPicking(false)}>Done choosing</ConfirmButton>}
        />
      )}
      {!picking && (
        <div
          style={{
            display: 'flex',
            flexWrap: 'wrap',
            gap: 8,
            justifyContent: publications.length === 0 ? 'center' : undefined,
          }}
        >
          <ActionButton data-field="/publications" onClick={() => setPicking(true)}>
            Add existing event types
          </ActionButton>
          <ActionButton
            onClick={() => onChange([...publications, { kind: 'new', source: sources[0] ?? '', startFrom: 'example' }])}
          >
            Describe a new event type
          </ActionButton>
        </div>
      )}
    </>
  );
}

function isExisting(publication: PublicationFormData): publication is PublicationFormData & EventTypeRef {
  return publication.kind !== 'new' && publication.source !== undefined && publication.detailType !== undefined;
}

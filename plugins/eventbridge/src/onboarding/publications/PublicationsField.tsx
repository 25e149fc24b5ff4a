import type { EventTypeRef } from '@busline/plugin-eventbridge-common';
import { useState } from 'react';
import { ActionButton, EmptyState } from '../../components';
import { EventIcon } from '../../components/icons';
import { FieldFrame } from '../form/FieldFrame';
import type { BuslineFieldProps } from '../form/fieldProps';
import type { PublicationFormData, ServiceFormData } from '../form/formData';
import { useService } from '../service/useServiceChoices';
import { EventTypePicker } from '../subscriptions/EventTypePicker';
import { ExistingPublication } from './ExistingPublication';
import { NewPublication } from './NewPublication';

/** Page "Events to publish": event types that exist already, and new ones from a schema or an example. */
export function PublicationsField(props: BuslineFieldProps<readonly PublicationFormData[]>) {
  const { formData = [], onChange, formContext } = props;
  return (
    <FieldFrame page="publications" kind="onboard" value={formData} field={props}>
      <Publications publications={formData} onChange={onChange} service={formContext?.formData?.service ?? {}} />
    </FieldFrame>
  );
}

function Publications(props: {
  readonly publications: readonly PublicationFormData[];
  readonly onChange: (publications: readonly PublicationFormData[]) => void;
  readonly service: ServiceFormData;
}) {
  const { publications, onChange, service } = props;
  const [picking, setPicking] = useState(false);
  const [chosen, setChosen] = useState<readonly EventTypeRef[]>([]);
  const known = useService(service.kind === 'new' ? undefined : service.name);
  const sources = [...new Set((known.data?.publishes ?? []).map(({ source }) => source))];
  const isNew = (type: EventTypeRef) =>
    !publications.some(each => each.source === type.source && each.detailType === type.detailType);
  const addChosen = () => {
    onChange([...publications, ...chosen.filter(isNew).map(type => ({ kind: 'existing' as const, ...type }))]);
    setChosen([]);
    setPicking(false);
  };
  const set = (index: number, next: PublicationFormData) =>
    onChange(publications.map((each, at) => (at === index ? next : each)));
  return (
    <>
      <p className="bl-form-intro">
        Which events the service sends. It may send these and no others. A service that only receives leaves this page
        as it is.
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
      {picking && (
        <EventTypePicker
          label="Events to publish"
          chosen={chosen}
          onChange={setChosen}
          actions={
            <>
              <ActionButton data-quiet="" onClick={() => setPicking(false)}>
                Cancel
              </ActionButton>
              <ActionButton disabled={chosen.length === 0} onClick={addChosen}>
                {chosen.length > 1 ? `Publish these ${chosen.length}` : 'Publish it'}
              </ActionButton>
            </>
          }
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
          <ActionButton onClick={() => setPicking(true)}>Add existing event types</ActionButton>
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

import { useState } from 'react';
import { ActionButton, ErrorPanel, SchemaTree } from '../../components';
import { CloseIcon } from '../../components/icons';
import type { ChangeFormData, SubscriptionFormData } from '../form/formData';
import { subscriptionName } from '../form/requestOfForm';
import { Chips, Columns, ItemCard, ProblemWords, SmallButton, TextInput, useProblemsAt } from '../inputs';
import { DeliveryEditor } from './DeliveryEditor';
import { EventTypePicker, idOf } from './EventTypePicker';
import { FilterEditor } from './FilterEditor';
import { TargetEditor } from './TargetEditor';
import { useChosenEventTypes } from './useChosenEventTypes';

/** One subscription of the form. */
export function SubscriptionCard(props: {
  /** JSON pointer of the subscription in the request. */
  readonly at: string;
  readonly subscription: SubscriptionFormData;
  readonly service: string | undefined;
  readonly onChange: (subscription: SubscriptionFormData) => void;
  readonly onRemove: () => void;
}) {
  const { at, subscription, service, onChange, onRemove } = props;
  const change = (changes: Partial<SubscriptionFormData>) => onChange({ ...subscription, ...changes });
  const name = subscriptionName(subscription);
  const title = subscription.eventTypes?.map(({ detailType }) => detailType).join(', ') || 'No event type yet';
  const own = useProblemsAt(at, false);
  return (
    <ItemCard aria-label={`Subscription ${name}`}>
      <header data-field={at} tabIndex={-1}>
        <h3>{title}</h3>
        <ActionButton data-quiet="" onClick={onRemove} aria-label={`Remove subscription ${name}`}>
          <CloseIcon /> Remove
        </ActionButton>
      </header>
      <div className="bl-item-body">
        <ProblemWords problems={own} />
        <EventTypesOf at={at} subscription={subscription} onChange={change} />
        <FilterPart at={at} subscription={subscription} onChange={change} />
        <TargetEditor at={at} subscription={subscription} service={service} onChange={target => change({ target })} />
        <Columns>
          <TextInput
            label="Name of the subscription"
            field={`${at}/name`}
            required
            mono
            hint="its file and its rule are called so"
            value={name}
            onChange={next => change({ name: next })}
          />
          <TextInput
            label="What for"
            field={`${at}/description`}
            optional
            placeholder="what the service does with these events"
            value={subscription.description ?? ''}
            onChange={description => change({ description })}
          />
        </Columns>
        <DeliveryEditor at={at} delivery={subscription.delivery} onChange={delivery => change({ delivery })} />
      </div>
    </ItemCard>
  );
}

interface Part {
  readonly at: string;
  readonly subscription: SubscriptionFormData & Pick<ChangeFormData, 'declaredPattern'>;
  readonly onChange: (changes: Partial<SubscriptionFormData>) => void;
}

function EventTypesOf({ at, subscription, onChange }: Part) {
  const [open, setOpen] = useState<'picker' | 'schema' | undefined>();
  const problems = useProblemsAt(`${at}/eventTypes`);
  const chosen = subscription.eventTypes ?? [];
  const { eventTypes } = useChosenEventTypes(chosen);
  const toggle = (what: 'picker' | 'schema') => setOpen(open === what ? undefined : what);
  return (
    <div style={{ display: 'grid', gap: 8, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Chips
        label="Event types"
        chosen={chosen.map(type => ({
          key: idOf(type),
          label: type.detailType,
          note: type.source,
          onRemove: () => onChange({ eventTypes: chosen.filter(each => idOf(each) !== idOf(type)) }),
        }))}
      />
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
        <SmallButton aria-expanded={open === 'picker'} data-field={`${at}/eventTypes`} onClick={() => toggle('picker')}>
          {open === 'picker' ? 'Done choosing' : 'Choose other event types'}
        </SmallButton>
        {eventTypes.length > 0 && (
          <SmallButton aria-expanded={open === 'schema'} onClick={() => toggle('schema')}>
            {open === 'schema' ? 'Hide the schema' : 'Show the schema'}
          </SmallButton>
        )}
      </div>
      <ProblemWords problems={problems} />
      {open === 'picker' && (
        <EventTypePicker
          label="Event types of this subscription"
          chosen={chosen}
          onChange={next => onChange({ eventTypes: next })}
        />
      )}
      {open === 'schema' &&
        eventTypes.map(type => {
          const newest = type.versions[type.versions.length - 1];
          return (
            <ItemCard key={idOf(type)} aria-label={`Schema of ${type.detailType}`}>
              <header>
                <h3>
                  {type.detailType} <span className="bl-muted">{newest?.version}</span>
                </h3>
              </header>
              {newest && <SchemaTree schema={newest.schema as never} maxHeight={320} />}
            </ItemCard>
          );
        })}
    </div>
  );
}

/** The filter of a subscription over what is known of its event types. */
export function FilterPart({ at, subscription, onChange }: Part) {
  const whole = useChosenEventTypes(subscription.eventTypes ?? []);
  return (
    <>
      {whole.error !== undefined && whole.error !== null && (
        <ErrorPanel title="An event type could not be read" error={whole.error} onRetry={whole.refetch} />
      )}
      <FilterEditor
        at={at}
        subscription={subscription}
        eventTypes={whole.eventTypes}
        isPending={whole.isPending}
        onChange={onChange}
      />
    </>
  );
}

import type { EventTypeRef } from '@busline/plugin-eventbridge-common';
import { useState } from 'react';
import { ActionButton } from '../../components';
import { FieldFrame } from '../form/FieldFrame';
import type { BuslineFieldProps } from '../form/fieldProps';
import type { SubscriptionFormData } from '../form/formData';
import { subscriptionName } from '../form/requestOfForm';
import { ConfirmButton } from '../inputs';
import { EventTypePicker } from './EventTypePicker';
import { SubscriptionCard } from './SubscriptionCard';

/** Page "Events to receive": subscriptions, each with events, filter, target and delivery. */
export function SubscriptionsField(props: BuslineFieldProps<readonly SubscriptionFormData[]>) {
  const { formData = [], onChange, formContext } = props;
  return (
    <FieldFrame page="subscriptions" kind="onboard" value={formData} field={props}>
      <Subscriptions subscriptions={formData} onChange={onChange} service={formContext?.formData?.service?.name} />
    </FieldFrame>
  );
}

function Subscriptions(props: {
  readonly subscriptions: readonly SubscriptionFormData[];
  readonly onChange: (subscriptions: readonly SubscriptionFormData[]) => void;
  readonly service: string | undefined;
}) {
  const { onChange, service } = props;
  const subscriptions = props.subscriptions.filter(({ picking }) => !picking);
  // What is ticked is part of the form: whoever goes on without subscribing to it is told so.
  const chosen = props.subscriptions.find(({ picking }) => picking)?.eventTypes ?? [];
  const setChosen = (eventTypes: readonly EventTypeRef[]) =>
    onChange(eventTypes.length > 0 ? [...subscriptions, { picking: true, eventTypes }] : subscriptions);
  const [adding, setAdding] = useState(chosen.length > 0);
  const isPicking = adding || subscriptions.length === 0;
  const add = (added: readonly SubscriptionFormData[]) => {
    onChange([...subscriptions, ...withOwnNames(added, subscriptions)]);
    setAdding(false);
  };
  const cancel = () => {
    onChange(subscriptions);
    setAdding(false);
  };
  return (
    <>
      <p className="bl-form-intro">
        Which events the service receives, which of them it wants, and where they arrive. A service that only publishes
        leaves this page as it is.
      </p>
      {subscriptions.map((subscription, index) => (
        <SubscriptionCard
          key={index}
          at={`/subscriptions/${index}`}
          subscription={subscription}
          service={service}
          onChange={next => onChange(props.subscriptions.map(each => (each === subscription ? next : each)))}
          onRemove={() => onChange(props.subscriptions.filter(each => each !== subscription))}
        />
      ))}
      {isPicking ? (
        <EventTypePicker
          label="Events to receive"
          field={`/subscriptions/${subscriptions.length}`}
          chosen={chosen}
          onChange={setChosen}
          actions={
            <>
              {adding && (
                <ActionButton data-quiet="" onClick={cancel}>
                  Cancel
                </ActionButton>
              )}
              {chosen.length > 1 && (
                <ActionButton onClick={() => add(chosen.map(type => ({ eventTypes: [type] })))}>
                  A subscription for each
                </ActionButton>
              )}
              <ConfirmButton disabled={chosen.length === 0} onClick={() => add([{ eventTypes: chosen }])}>
                {chosen.length > 1 ? `One subscription for all ${chosen.length}` : 'Subscribe to it'}
              </ConfirmButton>
            </>
          }
        />
      ) : (
        <div>
          <ActionButton onClick={() => setAdding(true)}>Add a subscription</ActionButton>
        </div>
      )}
    </>
  );
}

/** Two subscriptions to one event type need two names. */
function withOwnNames(added: readonly SubscriptionFormData[], existing: readonly SubscriptionFormData[]) {
  const taken = new Set(existing.map(subscriptionName));
  return added.map(subscription => {
    const name = subscriptionName(subscription);
    let own = name;
    for (let number = 2; taken.has(own); number += 1) own = `${name}-${number}`;
    taken.add(own);
    return own === name ? subscription : { ...subscription, name: own };
  });
}

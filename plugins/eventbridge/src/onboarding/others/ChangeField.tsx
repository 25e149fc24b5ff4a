import { useEffect } from 'react';
import { useSubscription, useSubscriptionPages } from '../../api';
import { ErrorPanel, FilterWords, SkeletonText } from '../../components';
import { FieldFrame } from '../form/FieldFrame';
import type { BuslineFieldProps } from '../form/fieldProps';
import type { ChangeFormData } from '../form/formData';
import { CheckChoice, ItemCard, RadioChoice, TextInput } from '../inputs';
import { DeliveryEditor } from '../subscriptions/DeliveryEditor';
import { FilterPart } from '../subscriptions/SubscriptionCard';
import { TargetEditor } from '../subscriptions/TargetEditor';
import { startingFrom } from './startingFrom';
import { SubscriptionChoice } from './SubscriptionChoice';

type Parts = NonNullable<ChangeFormData['parts']>;

const PARTS: readonly { readonly value: Parts[number]; readonly label: string }[] = [
  { value: 'filter', label: 'Which events it takes' },
  { value: 'target', label: 'Where they arrive' },
  { value: 'delivery', label: 'What happens when delivery fails' },
  { value: 'description', label: 'What it is for' },
  { value: 'enabled', label: 'Whether it is on' },
];

/** Page "Subscription" of the template that changes one: what it is now, and what is to change. */
export function ChangeField(props: BuslineFieldProps<ChangeFormData>) {
  const change = props.formData ?? {};
  return (
    <FieldFrame page="change" kind="change-subscription" value={change} field={props}>
      <SubscriptionChoice change={change} onChange={props.onChange} />
      {change.service && change.subscription && (
        <Changes key={`${change.service}/${change.subscription}`} change={change} onChange={props.onChange} />
      )}
    </FieldFrame>
  );
}

function Changes(props: { readonly change: ChangeFormData; readonly onChange: (change: ChangeFormData) => void }) {
  const { change, onChange } = props;
  const rows = useSubscriptionPages({ service: [change.service!], q: change.subscription, sort: 'name' });
  const row = (rows.data?.pages ?? []).flatMap(page => page.items).find(({ name }) => name === change.subscription);
  const subscription = useSubscription(row?.id);
  const { data } = subscription;
  useEffect(() => {
    if (data && !change.eventTypes) onChange({ ...startingFrom(data), ...change });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- when it is read, and not when it is typed over
  }, [data]);
  const error = rows.error ?? subscription.error;
  if (error) {
    const again = () => (rows.isError ? rows.refetch() : subscription.refetch());
    return <ErrorPanel title="This subscription could not be read" error={error} onRetry={again} />;
  }
  if (rows.isPending || (row && subscription.isPending)) return <SkeletonText lines={5} />;
  if (!data) {
    return (
      <p className="bl-muted" style={{ margin: 0 }}>
        There is no subscription {change.subscription} of {change.service} that you may see.
      </p>
    );
  }
  const parts = change.parts ?? [];
  const set = (changes: Partial<ChangeFormData>) => onChange({ ...change, ...changes });
  return (
    <ItemCard aria-label={`Subscription ${change.subscription}`}>
      <header>
        <h3>{data.eventTypes.map(({ detailType }) => detailType).join(', ') || change.subscription}</h3>
      </header>
      <div className="bl-item-body">
        <p style={{ margin: 0 }}>
          It takes {data.filter.length === 0 ? 'all events' : 'events '}
          {data.filter.length > 0 && <FilterWords filter={data.filter} />}; they arrive in {data.target.name}.
          {!data.enabled && ' It is switched off.'}
        </p>
        <CheckChoice
          label="What is to change"
          options={PARTS}
          chosen={parts}
          onChange={next => set({ parts: next })}
          field="/changes"
        />
        {parts.includes('filter') && <FilterPart at="/changes" subscription={change} onChange={set} />}
        {parts.includes('target') && (
          <TargetEditor
            at="/changes"
            subscription={{ ...change, name: change.subscription }}
            service={change.service}
            onChange={target => set({ target })}
          />
        )}
        {parts.includes('delivery') && (
          <DeliveryEditor at="/changes" delivery={change.delivery} open onChange={delivery => set({ delivery })} />
        )}
        {parts.includes('description') && (
          <TextInput
            label="What for"
            field="/changes/description"
            value={change.description ?? ''}
            onChange={description => set({ description })}
          />
        )}
        {parts.includes('enabled') && (
          <RadioChoice
            label="The subscription is"
            value={change.enabled === false ? 'off' : 'on'}
            options={[
              { value: 'on', label: 'On' },
              { value: 'off', label: 'Off: what is published meanwhile does not arrive later either' },
            ]}
            onChange={next => set({ enabled: next === 'on' })}
          />
        )}
      </div>
    </ItemCard>
  );
}

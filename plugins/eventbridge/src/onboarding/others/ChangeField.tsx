import type { SubscriptionDetail } from '@busline/plugin-eventbridge-common';
import { useEffect } from 'react';
import { useSubscription, useSubscriptionPages } from '../../api';
import { ErrorPanel, FilterWords, SkeletonText } from '../../components';
import { FieldFrame } from '../form/FieldFrame';
import type { BuslineFieldProps } from '../form/fieldProps';
import type { ChangeFormData } from '../form/formData';
import { CheckChoice, ItemCard, RadioChoice, SearchInput, TextInput } from '../inputs';
import { DeliveryEditor } from '../subscriptions/DeliveryEditor';
import { FilterPart } from '../subscriptions/SubscriptionCard';
import { TargetEditor } from '../subscriptions/TargetEditor';

type Parts = NonNullable<ChangeFormData['parts']>;

const PARTS: readonly { readonly value: Parts[number]; readonly label: string }[] = [
  { value: 'filter', label: 'Which events it takes' },
  { value: 'target', label: 'Where they arrive' },
  { value: 'delivery', label: 'Attempts and dead-letter queue' },
  { value: 'description', label: 'What it is for' },
  { value: 'enabled', label: 'Switch it on or off' },
];

/** Page "Subscription" of the template that changes one: what it is now, and what is to change. */
export function ChangeField(props: BuslineFieldProps<ChangeFormData>) {
  const change = props.formData ?? {};
  return (
    <FieldFrame page="change" kind="change-subscription" value={change} field={props}>
      <Choice change={change} onChange={props.onChange} />
      {change.service && change.subscription && <Changes change={change} onChange={props.onChange} />}
    </FieldFrame>
  );
}

interface Part {
  readonly change: ChangeFormData;
  readonly onChange: (change: ChangeFormData) => void;
}

/** Subscriptions are declared once for all environments: one entry each. */
function Choice({ change, onChange }: Part) {
  const pages = useSubscriptionPages({ q: change.service ? undefined : '', sort: 'service' });
  const rows = (pages.data?.pages ?? []).flatMap(page => page.items);
  const options = new Map(
    rows
      .filter(row => row.standing !== 'observed-only')
      .map(row => [
        `${row.service.name}/${row.name}`,
        {
          value: `${row.service.name}/${row.name}`,
          label: `${row.service.title}: ${row.name}`,
          note: row.eventTypes.map(({ detailType }) => detailType).join(', '),
        },
      ]),
  );
  const value = change.service && change.subscription ? `${change.service}/${change.subscription}` : '';
  const choose = (chosen: string) => {
    const at = chosen.indexOf('/');
    onChange(at < 0 ? {} : { service: chosen.slice(0, at), subscription: chosen.slice(at + 1) });
  };
  if (pages.isError) {
    return (
      <ErrorPanel title="The subscriptions could not be read" error={pages.error} onRetry={() => pages.refetch()} />
    );
  }
  return (
    <SearchInput
      label="Subscription"
      field="/subscription"
      required
      placeholder="Search by service or name"
      value={value}
      options={[...options.values()]}
      loading={pages.isPending}
      onChange={choose}
    />
  );
}

function Changes({ change, onChange }: Part) {
  const rows = useSubscriptionPages({ service: [change.service!], sort: 'name' });
  const row = (rows.data?.pages ?? []).flatMap(page => page.items).find(({ name }) => name === change.subscription);
  const subscription = useSubscription(row?.id);
  useEffect(() => {
    if (subscription.data && !change.eventTypes) onChange({ ...startingFrom(subscription.data), ...change });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- when it is read, and not when it is typed over
  }, [subscription.data]);
  if (rows.isPending || (row && subscription.isPending)) return <SkeletonText lines={5} />;
  const error = rows.error ?? subscription.error;
  if (error)
    return (
      <ErrorPanel title="This subscription could not be read" error={error} onRetry={() => subscription.refetch()} />
    );
  if (!subscription.data) {
    return <p className="bl-muted">There is no subscription of this name that you may see.</p>;
  }
  const parts = change.parts ?? [];
  const set = (changes: Partial<ChangeFormData>) => onChange({ ...change, ...changes });
  return (
    <ItemCard aria-label="What is to change">
      <header>
        <h4>{subscription.data.eventTypes.map(({ detailType }) => detailType).join(', ') || change.subscription}</h4>
      </header>
      <div className="bl-item-body">
        <p style={{ margin: 0 }}>
          Now it takes <FilterWords filter={subscription.data.filter} />, into {subscription.data.target.name}.
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
            label="The rule is"
            value={change.enabled === false ? 'off' : 'on'}
            options={[
              { value: 'on', label: 'On' },
              { value: 'off', label: 'Off: events of this time are not kept' },
            ]}
            onChange={next => set({ enabled: next === 'on' })}
          />
        )}
      </div>
    </ItemCard>
  );
}

/** The form begins with what is declared. */
function startingFrom(subscription: SubscriptionDetail): Partial<ChangeFormData> {
  const { description, eventTypes, pattern, target, delivery, enabled } = subscription;
  const made = target.type === 'sqs' || target.type === 'lambda' || target.type === 'step-functions';
  return {
    description,
    eventTypes,
    filterBy: 'pattern',
    patternText: JSON.stringify(pattern, null, 2),
    target: made
      ? { type: target.type as 'sqs' | 'lambda' | 'step-functions', name: target.name }
      : { type: 'arn', arn: target.arn ?? '' },
    delivery: {
      maximumEventAgeSeconds: delivery.maximumEventAgeSeconds,
      maximumRetryAttempts: delivery.maximumRetryAttempts,
    },
    enabled,
  };
}

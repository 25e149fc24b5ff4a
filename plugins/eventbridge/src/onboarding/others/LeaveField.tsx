import type { EventTypeRef } from '@busline/plugin-eventbridge-common';
import { useServices } from '../../api';
import { ErrorPanel, SkeletonText } from '../../components';
import { FieldFrame } from '../form/FieldFrame';
import type { BuslineFieldProps } from '../form/fieldProps';
import type { LeaveFormData } from '../form/formData';
import { CheckChoice, ProblemWords, RadioChoice, SearchInput, Stack, useProblemsAt } from '../inputs';
import { idOf } from '../subscriptions/EventTypePicker';
import { useService } from '../service/useServiceChoices';

/** Page "What is taken away" of the template that leaves the bus. */
export function LeaveField(props: BuslineFieldProps<LeaveFormData>) {
  const leave = props.formData ?? {};
  return (
    <FieldFrame page="leave" kind="leave" value={leave} field={props}>
      <p className="bl-form-intro">
        What is taken away here is removed from the event repository and from AWS. Queues with messages in them are kept
        until they are empty and somebody deletes them.
      </p>
      <ServiceChoice leave={leave} onChange={props.onChange} />
      {leave.service && <What leave={leave} onChange={props.onChange} />}
    </FieldFrame>
  );
}

interface Part {
  readonly leave: LeaveFormData;
  readonly onChange: (leave: LeaveFormData) => void;
}

function ServiceChoice({ leave, onChange }: Part) {
  const services = useServices();
  if (services.isError) {
    return (
      <ErrorPanel title="The services could not be read" error={services.error} onRetry={() => services.refetch()} />
    );
  }
  return (
    <SearchInput
      label="Service"
      field="/service"
      required
      placeholder="Search by name"
      value={leave.service ?? ''}
      options={(services.data ?? []).map(({ name, title }) => ({
        value: name,
        label: title === name ? name : `${title} (${name})`,
      }))}
      loading={services.isPending}
      onChange={service => onChange({ service })}
    />
  );
}

function What({ leave, onChange }: Part) {
  const service = useService(leave.service);
  const problems = [...useProblemsAt('', false), ...useProblemsAt('/everything')];
  if (service.isPending) return <SkeletonText lines={4} />;
  if (service.isError)
    return (
      <ErrorPanel title="This service could not be read" error={service.error} onRetry={() => service.refetch()} />
    );
  const { publishes, subscriptions } = service.data;
  const names = [...new Set(subscriptions.map(({ name }) => name))];
  const set = (changes: Partial<LeaveFormData>) => onChange({ ...leave, ...changes });
  const refOf = (id: string): EventTypeRef | undefined => {
    const found = publishes.find(type => idOf(type) === id);
    return found && { source: found.source, detailType: found.detailType };
  };
  return (
    <Stack>
      <RadioChoice
        label="What is taken away"
        field="/everything"
        value={leave.everything ? 'everything' : 'some'}
        options={[
          { value: 'some', label: 'Some subscriptions or event types' },
          { value: 'everything', label: 'The service, with everything that it receives and publishes' },
        ]}
        onChange={next => set(next === 'everything' ? { everything: true } : { everything: undefined })}
      />
      {!leave.everything && names.length > 0 && (
        <CheckChoice
          label="Subscriptions"
          field="/subscriptions"
          options={names.map(value => ({ value, label: value }))}
          chosen={leave.subscriptions ?? []}
          onChange={next => set({ subscriptions: next })}
        />
      )}
      {!leave.everything && publishes.length > 0 && (
        <CheckChoice
          label="Event types that it publishes"
          field="/publications"
          options={publishes.map(type => ({ value: idOf(type), label: type.detailType, note: type.source }))}
          chosen={(leave.publications ?? []).map(idOf)}
          onChange={next => set({ publications: next.flatMap(id => refOf(id) ?? []) })}
        />
      )}
      {names.length === 0 && publishes.length === 0 && !leave.everything && (
        <p className="bl-muted" style={{ margin: 0 }}>
          It receives and publishes nothing. It can still be removed as a whole.
        </p>
      )}
      <ProblemWords problems={problems} />
    </Stack>
  );
}

import { useEffect } from 'react';
import { useAccounts, useMe, useServices } from '../../api';
import { ErrorPanel } from '../../components';
import { FieldFrame } from '../form/FieldFrame';
import type { BuslineFieldProps } from '../form/fieldProps';
import type { FormData, ServiceFormData } from '../form/formData';
import { Columns, RadioChoice, SearchInput, SelectInput, Stack } from '../inputs';
import { NewService } from './NewService';
import { accountOptions, environmentsOf, placeOf, regionsOf } from './places';
import { useService } from './useServiceChoices';

/** Page "Service": which one it is about, or the facts of a new one, and where it runs. */
export function ServiceField(props: BuslineFieldProps<ServiceFormData>) {
  const kind = props.uiSchema?.['ui:options']?.kind ?? 'onboard';
  return (
    <FieldFrame page="service" kind={kind} value={props.formData} field={props}>
      <Asked form={props.formContext?.formData} />
      <ServicePage service={props.formData ?? {}} onChange={props.onChange} />
    </FieldFrame>
  );
}

/** What somebody came for, from the page of an event type. */
function Asked({ form }: { readonly form?: FormData }) {
  const received = form?.subscriptions?.flatMap(({ eventTypes = [] }) => eventTypes) ?? [];
  const sent = form?.publications ?? [];
  const [first, ...others] = received.length > 0 ? received : sent;
  if (!first?.detailType) return null;
  return (
    <p style={{ margin: '0 0 18px' }}>
      Which service {received.length > 0 ? 'is to receive' : 'is to publish'} <strong>{first.detailType}</strong>
      {others.length > 0 && ` and ${others.length} more`}?
    </p>
  );
}

function ServicePage(props: {
  readonly service: ServiceFormData;
  readonly onChange: (service: ServiceFormData) => void;
}) {
  const { service, onChange } = props;
  const change = (changes: Partial<ServiceFormData>) => onChange({ ...service, ...changes });
  return (
    <Stack>
      <RadioChoice
        label="Is the service on the bus already?"
        value={service.kind ?? 'existing'}
        options={[
          { value: 'existing', label: 'Yes, it is declared' },
          { value: 'new', label: 'No, it is new' },
        ]}
        onChange={kind => onChange({ kind, ...(kind === 'existing' ? {} : { environment: service.environment }) })}
      />
      {service.kind === 'new' ? (
        <NewService service={service} onChange={change} />
      ) : (
        <ExistingService service={service} onChange={change} />
      )}
      <Place service={service} onChange={change} />
    </Stack>
  );
}

interface Part {
  readonly service: ServiceFormData;
  readonly onChange: (changes: Partial<ServiceFormData>) => void;
}

function ExistingService({ service, onChange }: Part) {
  const services = useServices();
  const mine = useMe().data?.ownershipEntityRefs.map(ref => ref.toLowerCase()) ?? [];
  const isMine = (owner: string) => mine.includes(owner.toLowerCase());
  if (services.isError) {
    return (
      <ErrorPanel
        title="The services could not be read"
        error={services.error}
        onRetry={() => services.refetch()}
        retrying={services.isFetching}
      />
    );
  }
  // Nearly everybody comes for a service of their own.
  const [own, others] = [true, false].map(wanted =>
    (services.data ?? []).filter(each => isMine(each.owner) === wanted),
  );
  const options = [...own, ...others].map(({ name, title, owner }) => ({
    value: name,
    label: title === name ? name : `${title} (${name})`,
    note: `owned by ${owner.replace(/^group:(default\/)?/, '')}${isMine(owner) ? ', yours' : ''}`,
  }));
  return (
    <SearchInput
      label="Service"
      field="/service/name"
      required
      placeholder={services.isPending ? 'Reading the services…' : 'Search by name'}
      value={service.name ?? ''}
      options={options}
      loading={services.isPending}
      onChange={name =>
        onChange({ kind: 'existing', name, environment: undefined, account: undefined, region: undefined })
      }
    />
  );
}

/** Environment, account and Region; a service that is known brings its own. */
function Place({ service, onChange }: Part) {
  const accounts = useAccounts();
  const known = useService(service.kind === 'new' ? undefined : service.name);
  const all = accounts.data ?? [];
  const { data } = known;
  useEffect(() => {
    if (!data || data.name !== service.name || service.account) return;
    const place = placeOf(data, service.environment);
    if (place) onChange(place);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- when the service is read, and not when it is typed over
  }, [data]);
  const environments = environmentsOf(all, data);
  const setEnvironment = (environment: string) =>
    onChange({ environment, account: undefined, region: undefined, ...(data && placeIn(data, environment)) });
  const setAccount = (account: string) =>
    onChange({ account, region: service.region ?? regionsOf(all, data, account)[0] });
  return (
    <Columns>
      <SelectInput
        label="Environment"
        field="/environment"
        required
        value={service.environment ?? ''}
        options={environments.map(value => ({ value, label: value }))}
        onChange={setEnvironment}
      />
      <SearchInput
        label="AWS account"
        field="/account"
        required
        placeholder={accounts.isPending ? 'Reading the accounts…' : 'Search by name or number'}
        hint={data && service.account && placeHint(data, service)}
        value={service.account ?? ''}
        options={accountOptions(all, data, service.environment)}
        loading={accounts.isPending}
        onChange={setAccount}
      />
      <SelectInput
        label="Region"
        field="/region"
        required
        value={service.region ?? ''}
        options={regionsOf(all, data, service.account).map(value => ({ value, label: value }))}
        onChange={region => onChange({ region })}
      />
    </Columns>
  );
}

function placeIn(service: NonNullable<ReturnType<typeof useService>['data']>, environment: string) {
  return service.environments.some(each => each.environment === environment)
    ? placeOf(service, environment)
    : undefined;
}

function placeHint(
  service: NonNullable<ReturnType<typeof useService>['data']>,
  chosen: ServiceFormData,
): string | undefined {
  const own = service.environments.find(each => each.environment === chosen.environment);
  return own?.account.name === chosen.account ? `where ${service.title} runs` : undefined;
}

import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { useState } from 'react';
import type { ServiceFormData } from '../form/formData';
import { Columns, SearchInput, Stack, TextArea, TextInput } from '../inputs';
import { serviceOfComponent } from './serviceOfComponent';
import { useCatalogEntities } from './useServiceChoices';

interface Part {
  readonly service: ServiceFormData;
  readonly onChange: (changes: Partial<ServiceFormData>) => void;
}

/** The facts of a service that is not on the bus yet; a component of the catalog fills most of them in. */
export function NewService({ service, onChange }: Part) {
  return (
    <Stack>
      <ComponentInput service={service} onChange={onChange} />
      <Columns>
        <TextInput
          label="Name"
          field="/service/name"
          required
          mono
          hint="lower-case letters, digits and hyphens; its files and stacks are called so"
          value={service.name ?? ''}
          onChange={name => onChange({ name })}
        />
        <TextInput
          label="Title"
          field="/service/title"
          hint="what people read"
          optional
          placeholder={service.name}
          value={service.title ?? ''}
          onChange={title => onChange({ title })}
        />
      </Columns>
      <TextArea
        label="What it does"
        field="/service/description"
        rows={2}
        value={service.description ?? ''}
        onChange={description => onChange({ description })}
      />
      <Columns>
        <EntityInput
          label="Owner"
          field="/service/owner"
          kinds={['group', 'user']}
          hint="the team that answers for it"
          required
          value={service.owner ?? ''}
          onChange={owner => onChange({ owner })}
        />
        <EntityInput
          label="System"
          field="/service/system"
          kinds={['system']}
          optional
          value={service.system ?? ''}
          onChange={system => onChange({ system })}
        />
      </Columns>
      <TextInput
        label="Repository"
        field="/service/repository"
        required
        mono
        type="url"
        placeholder="https://github.com/key/my-service"
        hint="its client and its stack come as a pull request there"
        value={service.repository ?? ''}
        onChange={repository => onChange({ repository })}
      />
    </Stack>
  );
}

const labelOf = (entity: Entity) => {
  const profile = entity.spec?.profile as { displayName?: unknown } | undefined;
  const title = typeof profile?.displayName === 'string' ? profile.displayName : entity.metadata.title;
  return title && title !== entity.metadata.name ? `${title} (${entity.metadata.name})` : entity.metadata.name;
};

function ComponentInput({ service, onChange }: Part) {
  const [text, setText] = useState('');
  const found = useCatalogEntities(['component'], text);
  const entities = found.data ?? [];
  const choose = (ref: string) => {
    const entity = entities.find(each => stringifyEntityRef(each) === ref);
    if (entity) onChange(serviceOfComponent(entity));
    else onChange({ component: undefined });
  };
  return (
    <SearchInput
      label="Component in the catalog"
      field="/service/component"
      optional
      placeholder="Search by name"
      hint="fills in the rest as far as the catalog knows it"
      value={service.component ?? ''}
      options={entities.map(entity => ({
        value: stringifyEntityRef(entity),
        label: labelOf(entity),
        note: entity.metadata.description,
      }))}
      onSearch={setText}
      loading={found.isFetching}
      onChange={choose}
    />
  );
}

function EntityInput(props: {
  readonly label: string;
  readonly field: string;
  readonly kinds: readonly string[];
  readonly value: string;
  readonly onChange: (ref: string) => void;
  readonly hint?: string;
  readonly optional?: boolean;
  readonly required?: boolean;
}) {
  const { label, field, kinds, value, onChange, hint, optional, required } = props;
  const [text, setText] = useState('');
  const found = useCatalogEntities(kinds, text);
  return (
    <SearchInput
      label={label}
      field={field}
      hint={hint}
      optional={optional}
      required={required}
      free
      placeholder="Search by name"
      value={value}
      options={(found.data ?? []).map(entity => ({
        value: kinds.length > 1 ? stringifyEntityRef(entity) : entity.metadata.name,
        label: labelOf(entity),
        note: entity.metadata.description,
      }))}
      onSearch={setText}
      loading={found.isFetching}
      onChange={onChange}
    />
  );
}

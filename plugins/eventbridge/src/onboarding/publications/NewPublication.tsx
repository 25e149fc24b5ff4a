import type { Classification } from '@busline/plugin-eventbridge-common';
import { ActionButton } from '../../components';
import { CloseIcon } from '../../components/icons';
import type { PublicationFormData } from '../form/formData';
import {
  Columns,
  ItemCard,
  ProblemWords,
  SearchInput,
  SelectInput,
  TextArea,
  TextInput,
  useProblemsAt,
} from '../inputs';
import { useEventTypeFacets } from '../../api';
import { SchemaSource } from './SchemaSource';

const CLASSIFICATIONS: Readonly<Record<Classification, { readonly label: string; readonly hint: string }>> = {
  public: { label: 'Public', hint: 'anybody may know it' },
  internal: { label: 'Internal', hint: 'everybody in the organisation may read it' },
  confidential: { label: 'Confidential', hint: 'for those who need it' },
  restricted: { label: 'Restricted', hint: 'its owner approves each subscriber' },
};

/** An event type that does not exist yet. */
export function NewPublication(props: {
  readonly at: string;
  readonly publication: PublicationFormData;
  /** Sources under which the service publishes already. */
  readonly sources: readonly string[];
  readonly onChange: (publication: PublicationFormData) => void;
  readonly onRemove: () => void;
}) {
  const { at, publication, sources, onChange, onRemove } = props;
  const change = (changes: Partial<PublicationFormData>) => onChange({ ...publication, ...changes });
  const own = useProblemsAt(at, false);
  const facets = useEventTypeFacets({});
  const classification = publication.classification ?? 'internal';
  const domains = facets.data?.facets.domain ?? [];
  const name = publication.detailType?.trim() || 'A new event type';
  return (
    <ItemCard aria-label={name}>
      <header data-field={at} tabIndex={-1}>
        <h3>{name}</h3>
        <ActionButton data-quiet="" onClick={onRemove} aria-label={`Remove ${name}`}>
          <CloseIcon /> Remove
        </ActionButton>
      </header>
      <div className="bl-item-body">
        <ProblemWords problems={own} />
        <Columns>
          <SearchInput
            label="Source"
            field={`${at}/source`}
            required
            free
            placeholder="com.key.my-service"
            hint="the sender’s name on every event; by custom the organisation’s domain turned round, then the service"
            value={publication.source ?? ''}
            options={sources.map(value => ({ value, label: value, note: 'the service publishes under it' }))}
            onChange={source => change({ source })}
          />
          <TextInput
            label="Detail-type"
            field={`${at}/detailType`}
            required
            placeholder="Parcel Delivered"
            hint="what happened, in the past tense"
            value={publication.detailType ?? ''}
            onChange={detailType => change({ detailType })}
          />
        </Columns>
        <TextArea
          label="When it is sent, and what it means"
          field={`${at}/description`}
          required
          rows={2}
          hint="the first sentence stands in lists"
          value={publication.description ?? ''}
          onChange={description => change({ description })}
        />
        <Columns>
          <TextInput
            label="Title"
            field={`${at}/title`}
            optional
            placeholder={publication.detailType}
            value={publication.title ?? ''}
            onChange={title => change({ title })}
          />
          <SearchInput
            label="Domain"
            field={`${at}/domain`}
            optional
            placeholder="Search by name"
            value={publication.domain ?? ''}
            options={domains.map(({ value, label }) => ({ value, label }))}
            onChange={domain => change({ domain: domain || undefined })}
          />
          <SelectInput
            label="Classification"
            field={`${at}/classification`}
            hint={CLASSIFICATIONS[classification].hint}
            value={classification}
            options={Object.entries(CLASSIFICATIONS).map(([value, { label }]) => ({ value, label }))}
            onChange={next => change({ classification: next as Classification })}
          />
        </Columns>
        <SchemaSource at={at} publication={publication} onChange={change} />
      </div>
    </ItemCard>
  );
}

import { useDeferredValue, useState } from 'react';
import { useSubscriptionPages } from '../../api';
import { ErrorPanel } from '../../components';
import type { ChangeFormData } from '../form/formData';
import { SearchInput, type SearchOption } from '../inputs';

/** Which subscription is to change: what is typed is searched on the server, and the list comes page by page. */
export function SubscriptionChoice(props: {
  readonly change: ChangeFormData;
  readonly onChange: (change: ChangeFormData) => void;
}) {
  const { change, onChange } = props;
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  const pages = useSubscriptionPages({ ...(q && { q }), sort: 'service' });
  // Declared once for all environments: an entry for each, and none for what runs without being declared.
  const options = new Map<string, SearchOption>();
  let hidden = 0;
  for (const row of (pages.data?.pages ?? []).flatMap(page => page.items)) {
    const value = `${row.service.name}/${row.name}`;
    if (row.standing === 'observed-only' || options.has(value)) hidden += 1;
    else {
      options.set(value, {
        value,
        label: `${row.service.title}: ${row.name}`,
        note: row.eventTypes.map(({ detailType }) => detailType).join(', '),
      });
    }
  }
  const value = change.service && change.subscription ? `${change.service}/${change.subscription}` : '';
  const choose = (chosen: string) => {
    const at = chosen.indexOf('/');
    onChange(at < 0 ? {} : { service: chosen.slice(0, at), subscription: chosen.slice(at + 1) });
  };
  if (pages.isError) {
    return (
      <ErrorPanel
        title="The subscriptions could not be read"
        error={pages.error}
        onRetry={() => pages.refetch()}
        retrying={pages.isFetching}
      />
    );
  }
  const total = pages.data?.pages[0]?.totalItems ?? 0;
  return (
    <SearchInput
      label="Subscription"
      field="/subscription"
      required
      placeholder="Search by service, name or event type"
      value={value}
      options={[...options.values()]}
      total={pages.hasNextPage ? total - hidden : options.size}
      loading={pages.isFetching}
      onSearch={setText}
      onEnd={() => pages.hasNextPage && !pages.isFetchingNextPage && pages.fetchNextPage()}
      onChange={choose}
    />
  );
}

import { styled } from '@mui/material/styles';
import { useBusMetrics } from '../../api';
import { ErrorPanel, RelativeTime, SkeletonText, TinyLine, useIsPhone } from '../../components';

const Root = styled('dl')({
  display: 'grid',
  gridTemplateColumns: 'max-content minmax(0, 1fr)',
  gap: '10px 20px',
  alignItems: 'center',
  margin: 0,
  fontSize: 14,
  '& dt': { lineHeight: '20px', color: 'var(--bl-muted)' },
  '& dd': { display: 'flex', alignItems: 'center', margin: 0, minWidth: 0 },
  '& + p': { margin: '12px 0 0', fontSize: 13, color: 'var(--bl-muted)' },
});

/** What passed over the bus. Hours of which CloudWatch says nothing stay unknown. */
export function BusMetrics(props: { readonly arn: string }) {
  const metrics = useBusMetrics(props.arn);
  const phone = useIsPhone();
  if (metrics.isPending) return <SkeletonText lines={3} />;
  if (metrics.isError) {
    return (
      <ErrorPanel
        title="The numbers could not be read"
        error={metrics.error}
        onRetry={() => metrics.refetch()}
        retrying={metrics.isFetching}
      />
    );
  }
  const { matched, failed, deadLettered, until } = metrics.data;
  const rows = [
    { title: 'Matched', points: matched, what: 'events matched by a rule' },
    { title: 'Failed', points: failed, what: 'deliveries failed' },
    {
      title: 'Dead letters',
      points: deadLettered,
      what: 'events sent to a dead-letter queue',
    },
  ];
  return (
    <>
      <Root>
        {rows.map(({ title, points, what }) => (
          <div key={title} style={{ display: 'contents' }}>
            <dt>{title}</dt>
            <dd>
              <TinyLine points={points} until={until} what={what} width={phone ? 96 : 180} />
            </dd>
          </div>
        ))}
      </Root>
      <p>
        From CloudWatch, an hour a point, up to <RelativeTime time={until} />.
      </p>
    </>
  );
}

import { usePermission } from '@backstage/plugin-permission-react';
import { sourceRefreshPermission } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useFollowedSources } from '../../api';
import { Card, EmptyState, ErrorPanel, ListHead, PageFrame, Skeleton, useUrlState } from '../../components';
import { QuestionIcon } from '../../components/icons';
import { SourceCard } from './SourceCard';

const List = styled('div')({ display: 'grid', gap: 16, maxWidth: 1080 });

/** `/events/sources`: where everything comes from, how fresh it is, and what is wrong in it. */
export function SourcesPage() {
  const sources = useFollowedSources();
  const { allowed: mayRefresh } = usePermission({
    permission: sourceRefreshPermission,
  });
  const [open, setOpen] = useUrlState('problems');
  return (
    <PageFrame title="Sources">
      <ListHead>
        <h1>Sources</h1>
        <span className="bl-total">Where the portal reads what it shows, and how fresh that is</span>
      </ListHead>
      <List aria-busy={sources.isPending || undefined}>
        {sources.isPending && [0, 1].map(card => <CardSkeleton key={card} />)}
        {sources.isError && (
          <ErrorPanel
            title={sources.data ? 'The state of the sources could not be renewed' : 'The sources could not be read'}
            error={sources.error}
            onRetry={() => sources.refetch()}
            retrying={sources.isFetching}
          />
        )}
        {sources.data?.length === 0 && (
          <Card>
            <EmptyState icon={<QuestionIcon />} title="No source is configured">
              Add an event repository or an AWS account to the configuration under <code>eventbridge.sources</code>.
            </EmptyState>
          </Card>
        )}
        {sources.data?.map(source => (
          <SourceCard
            key={source.id}
            source={source}
            mayRefresh={mayRefresh}
            open={open === source.id}
            onToggle={() =>
              setOpen(open === source.id ? undefined : source.id, {
                replace: true,
              })
            }
          />
        ))}
      </List>
    </PageFrame>
  );
}

function CardSkeleton() {
  return (
    <Card aria-hidden="true" style={{ display: 'grid', gap: 14, padding: '20px 22px', minHeight: 132 }}>
      <Skeleton width={220} height={18} />
      <Skeleton width="52%" />
      <Skeleton width="36%" />
    </Card>
  );
}

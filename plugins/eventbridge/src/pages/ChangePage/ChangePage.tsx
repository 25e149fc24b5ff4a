import type { ChangeRequestDetail } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { memo } from 'react';
import { Link, useParams } from 'react-router-dom';
import { useChange, useChangePlan } from '../../api';
import {
  Card,
  EmptyState,
  ErrorPanel,
  isErrorNamed,
  PageFrame,
  PlanView,
  Skeleton,
  SkeletonText,
  type PlanPart,
} from '../../components';
import { SearchIcon } from '../../components/icons';
import { useLinks } from '../../links';
import { ChangeHeader, ChangeHeaderSkeleton } from './ChangeHeader';
import { ChangeHistory } from './ChangeHistory';
import { Deployment, SeenOnAws } from './Deployment';
import { FirstEvent } from './FirstEvent';
import { PullRequests } from './PullRequests';
import { Section } from './Section';
import { WhereItStands } from './WhereItStands';

const Root = styled('article')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 28,
  '& .bl-progress': {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: 26,
  },
  // Side by side where there is room; nothing at all before the first merge.
  '& .bl-on-aws': {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 380px), 1fr))',
    alignItems: 'start',
    gap: '26px 14px',
    '&:empty': { display: 'none' },
  },
  // On a wide screen what moves stands beside the plan, so that neither pushes the other away.
  '@media (min-width: 1560px)': {
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 440px)',
    gridTemplateRows: 'auto auto 1fr',
    gap: '28px 36px',
    '& > .bl-head-part': { gridColumn: '1 / -1' },
    '& > .bl-plan': { gridColumn: 1, gridRow: '2 / 4' },
    '& > .bl-progress': { gridColumn: 2, gridRow: 2 },
    '& > .bl-history': { gridColumn: 2, gridRow: 3 },
  },
});

/** The stations tell the order, as it really goes. */
const OMITTED: readonly PlanPart[] = ['order'];
/** The page is renewed every two seconds while something moves; the plan is not. */
const QuietPlan = memo(PlanView);

/** `/events/changes/:id`: where a change request stands, what it waits for, its plan and its history. */
export function ChangePage() {
  const { id = '' } = useParams();
  const change = useChange(id);
  return (
    <PageFrame title={change.data?.title ?? 'Change request'}>
      {change.isPending && <Loading />}
      {change.isError && !change.data && <Failed id={id} query={change} />}
      {change.isError && change.data && (
        <div style={{ marginBottom: 18 }}>
          <ErrorPanel
            title="What is shown may be old: it could not be read again"
            error={change.error}
            onRetry={() => change.refetch()}
            retrying={change.isFetching}
          />
        </div>
      )}
      {change.data && <Loaded key={id} change={change.data} />}
    </PageFrame>
  );
}

function Loaded(props: { readonly change: ChangeRequestDetail }) {
  const { change } = props;
  return (
    <Root>
      <div className="bl-head-part">
        <ChangeHeader change={change} />
        <WhereItStands change={change} />
      </div>
      <div className="bl-progress">
        <PullRequests change={change} />
        <div className="bl-on-aws">
          <Deployment change={change} />
          <SeenOnAws change={change} />
        </div>
        <FirstEvent change={change} />
      </div>
      <div className="bl-plan">
        <Section title="Plan" note="what was read before the form was sent, and what the pull requests say">
          <ChangePlan change={change} />
        </Section>
      </div>
      <div className="bl-history">
        <ChangeHistory history={change.history} />
      </div>
    </Root>
  );
}

/** Fails alone: where it stands is known without the plan. */
function ChangePlan(props: { readonly change: ChangeRequestDetail }) {
  const plan = useChangePlan(props.change);
  if (plan.data) return <QuietPlan plan={plan.data.plan} level={3} omit={OMITTED} />;
  if (plan.isError) {
    return (
      <ErrorPanel
        title="The plan could not be read"
        error={plan.error}
        onRetry={() => plan.refetch()}
        retrying={plan.isFetching}
      />
    );
  }
  return (
    <div role="status" aria-label="The plan is being read" style={{ maxWidth: 820 }}>
      <SkeletonText lines={6} />
    </div>
  );
}

function Failed(props: { readonly id: string; readonly query: ReturnType<typeof useChange> }) {
  const { id, query } = props;
  const links = useLinks();
  if (isErrorNamed(query.error, 'NotFoundError') || isErrorNamed(query.error, 'InputError')) {
    return (
      <Card>
        <EmptyState
          icon={<SearchIcon />}
          title="There is no such change request"
          action={<Link to={links.changes()}>All change requests</Link>}
        >
          None has the id <span className="bl-mono">{id}</span>, or you may not see it.
        </EmptyState>
      </Card>
    );
  }
  return (
    <ErrorPanel
      title="The change request could not be read"
      error={query.error}
      onRetry={() => query.refetch()}
      retrying={query.isFetching}
    />
  );
}

function Loading() {
  return (
    <div role="status" aria-label="The change request is being read">
      <ChangeHeaderSkeleton />
      <Card style={{ display: 'grid', gap: 22, padding: '20px 22px' }}>
        <div style={{ display: 'flex', gap: 24 }}>
          {['opened', 'approved', 'merged', 'deployed', 'live'].map(station => (
            <Skeleton key={station} height={24} />
          ))}
        </div>
        <Skeleton width="46%" height={18} />
      </Card>
      <div style={{ marginTop: 30, maxWidth: 820 }}>
        <SkeletonText lines={6} />
      </div>
    </div>
  );
}

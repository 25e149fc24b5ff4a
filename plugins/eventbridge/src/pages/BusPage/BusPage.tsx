import type { BusDetail } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router-dom';
import { useBus } from '../../api';
import {
  ActionButton,
  Card,
  DifferenceTable,
  EmptyState,
  ErrorPanel,
  isErrorNamed,
  PageFrame,
  PHONE,
  QuotaMeter,
  SkeletonText,
  StaleBanner,
} from '../../components';
import { BusIcon } from '../../components/icons';
import { useLinks } from '../../links';
import { BusHeader, BusHeaderSkeleton } from './BusHeader';
import { BusMetrics } from './BusMetrics';
import { BusPermissions } from './BusPermissions';
import { BusRules } from './BusRules';

const Sections = styled('div')({ display: 'grid', gap: 20 });

const Columns = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
  gap: 20,
  '@media (max-width: 1099.95px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
});

const Block = styled(Card)({
  padding: '18px 22px 22px',
  '& > h2': {
    margin: '0 0 12px',
    fontSize: 16,
    lineHeight: '24px',
    fontWeight: 650,
    letterSpacing: -0.1,
  },
  '& > p': { margin: '0 0 12px' },
  '& table': {
    borderCollapse: 'collapse',
    tableLayout: 'fixed',
    width: '100%',
    fontSize: 14,
  },
  '& th': {
    textAlign: 'left',
    fontWeight: 500,
    color: 'var(--bl-muted)',
    fontSize: 13,
  },
  '& th, & td': {
    padding: '6px 16px 6px 0',
    verticalAlign: 'top',
    overflowWrap: 'anywhere',
  },
  '& tbody tr': { borderTop: '1px solid var(--bl-line)' },
  [PHONE]: { padding: '14px 16px 18px' },
});

const Meters = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))',
  gap: '16px 32px',
});

/** `/events/buses/:arn`: who may do what on one bus, its rules, how full it is, and what passed in the last 24 hours. */
export function BusPage() {
  const { arn = '' } = useParams();
  const bus = useBus(arn);
  const name = bus.data?.name ?? arn.slice(arn.lastIndexOf('/') + 1);
  return (
    <PageFrame title={name || 'Bus'}>
      <StaleBanner />
      {bus.isPending && (
        <Sections aria-busy="true">
          <BusHeaderSkeleton />
          <Section title="Quotas">
            <SkeletonText lines={3} />
          </Section>
          <Section title="Rules">
            <SkeletonText lines={6} />
          </Section>
        </Sections>
      )}
      {bus.isError && !bus.data && (
        <NotThere arn={arn} error={bus.error} retry={() => bus.refetch()} retrying={bus.isFetching} />
      )}
      {bus.data && <BusSections bus={bus.data} />}
    </PageFrame>
  );
}

function BusSections(props: { readonly bus: BusDetail }) {
  const { bus } = props;
  return (
    <Sections>
      <BusHeader bus={bus} />
      {bus.differences.length > 0 && (
        <Section title="Declared and observed differ">
          <DifferenceTable differences={bus.differences} />
        </Section>
      )}
      <Columns>
        <Section title="Quotas">
          {bus.quotas.length > 0 ? (
            <Meters>
              {bus.quotas.map(quota => (
                <QuotaMeter key={quota.name} quota={quota} />
              ))}
            </Meters>
          ) : (
            <p className="bl-muted">Unknown: AWS has not been read for this bus.</p>
          )}
        </Section>
        <Section title="Last 24 hours">
          <BusMetrics arn={bus.arn} />
        </Section>
      </Columns>
      <Section title="Who may do what">
        <BusPermissions bus={bus} />
      </Section>
      <BusRules bus={bus} />
    </Sections>
  );
}

function Section(props: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Block>
      <h2>{props.title}</h2>
      {props.children}
    </Block>
  );
}

function NotThere(props: {
  readonly arn: string;
  readonly error: unknown;
  readonly retry: () => void;
  readonly retrying: boolean;
}) {
  const links = useLinks();
  if (!isErrorNamed(props.error, 'NotFoundError')) {
    return (
      <ErrorPanel
        title="The bus could not be read"
        error={props.error}
        onRetry={props.retry}
        retrying={props.retrying}
      />
    );
  }
  return (
    <Card>
      <EmptyState
        icon={<BusIcon />}
        title="No such bus"
        action={
          <ActionButton as={Link} {...{ to: links.buses() }}>
            All buses
          </ActionButton>
        }
      >
        {props.arn} is neither declared nor observed, or it is not yours to see.
      </EmptyState>
    </Card>
  );
}

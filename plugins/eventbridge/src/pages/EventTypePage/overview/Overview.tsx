import type { EventTypeDetail } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { About } from './About';
import { ExampleSection } from './ExampleSection';
import { FlowSection } from './FlowSection';
import { HistorySection } from './HistorySection';
import { Meaning } from './Meaning';
import { UsageSection } from './UsageSection';

const Layout = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) 250px',
  gap: '0 48px',
  alignItems: 'start',
  '@media (max-width: 1180px)': { gridTemplateColumns: 'minmax(0, 1fr)', '& > aside': { order: 1 } },
});

/** The event type as a document: what it means, who sends and receives it, what it looks like, how to use it, its history. */
export function Overview(props: { readonly eventType: EventTypeDetail }) {
  const { eventType } = props;
  return (
    <Layout>
      <div style={{ minWidth: 0 }}>
        <Meaning eventType={eventType} />
        <FlowSection eventType={eventType} />
        <ExampleSection eventType={eventType} />
        <UsageSection eventType={eventType} />
        <HistorySection eventType={eventType} />
      </div>
      <About eventType={eventType} />
    </Layout>
  );
}

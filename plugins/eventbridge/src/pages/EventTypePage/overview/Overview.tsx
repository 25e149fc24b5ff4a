import type { EventTypeDetail } from '@busline/plugin-eventbridge-common';
import { About } from './About';
import { ExampleSection } from './ExampleSection';
import { FlowSection } from './FlowSection';
import { HistorySection } from './HistorySection';
import { Meaning } from './Meaning';
import { UsageSection } from './UsageSection';

/** The event type as a document: what it means, who sends and receives it, what it looks like, how to use it, its history. */
export function Overview(props: { readonly eventType: EventTypeDetail }) {
  const { eventType } = props;
  return (
    <>
      <Meaning eventType={eventType} />
      <FlowSection eventType={eventType} />
      <ExampleSection eventType={eventType} />
      <UsageSection eventType={eventType} />
      <HistorySection eventType={eventType} />
      <About eventType={eventType} />
    </>
  );
}

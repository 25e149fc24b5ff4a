import type { EventTypeDetail, Json, SubscriptionSummary } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { exampleEventText, useSchemaVersion } from '../../../api';
import {
  Card,
  CopyButton,
  EmptyState,
  ErrorPanel,
  JsonView,
  Receivers,
  SchemaTree,
  Select,
  SkeletonText,
  useUrlState,
} from '../../../components';
import { useLinks } from '../../../links';
import { Section } from '../Section';

/** Both panes scroll by themselves from here on, so that they stay side by side. */
const PANE_HEIGHT = 520;

const Panes = styled(Card)({
  display: 'grid',
  gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
  overflow: 'hidden',
  '& > * + *': { borderLeft: '1px solid var(--bl-line)' },
  '& h3': {
    margin: 0,
    fontSize: 13,
    fontWeight: 500,
    color: 'var(--bl-muted)',
  },
  '& .bl-pane-link': { marginLeft: 'auto' },
  '& .bl-pane-head': {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: 8,
    minHeight: 40,
    padding: '2px 8px 2px 16px',
    borderBottom: '1px solid var(--bl-line)',
    fontSize: 13,
  },
  '@media (max-width: 860px)': {
    gridTemplateColumns: 'minmax(0, 1fr)',
    '& > * + *': { borderLeft: 0, borderTop: '1px solid var(--bl-line)' },
  },
});

/** What it looks like: an example beside the schema; pointing at one marks the other. */
export function ExampleSection(props: { readonly eventType: EventTypeDetail }) {
  const { eventType } = props;
  const version = useSchemaVersion(eventType, eventType.version);
  if (!eventType.version) {
    return (
      <Section title="What it looks like">
        <Card>
          <EmptyState title="No schema is declared">
            It was observed on AWS only. Declare it in an event repository to say what it carries.
          </EmptyState>
        </Card>
      </Section>
    );
  }
  if (version.isPending) {
    return (
      <Section title="What it looks like">
        <Panes>
          {[0, 1].map(pane => (
            <div key={pane} style={{ padding: 18, minHeight: 320 }}>
              <SkeletonText lines={9} />
            </div>
          ))}
        </Panes>
      </Section>
    );
  }
  if (version.isError) {
    return (
      <Section title="What it looks like">
        <ErrorPanel
          title={`Version ${eventType.version} could not be read`}
          error={version.error}
          onRetry={() => version.refetch()}
          retrying={version.isFetching}
        />
      </Section>
    );
  }
  return <ExampleAndSchema eventType={eventType} schema={version.data.schema} examples={version.data.examples} />;
}

function ExampleAndSchema(props: {
  readonly eventType: EventTypeDetail;
  readonly schema: Json;
  readonly examples: readonly { readonly name: string; readonly value: Json }[];
}) {
  const { eventType, schema, examples } = props;
  const links = useLinks();
  const [name, setName] = useUrlState('example');
  const [marked, setMarked] = useState<string>();
  const example = examples.find(known => known.name === name) ?? examples[0];
  const { source, detailType, version } = eventType;
  const toTry = (exampleName: string) => ({ source, detailType, version, example: exampleName });
  return (
    <Section
      title="What it looks like"
      tools={
        examples.length > 1 && (
          <Select
            label="Example"
            value={example.name}
            options={examples.map(known => ({
              value: known.name,
              label: wordsOf(known.name),
            }))}
            onChange={value =>
              setName(value === examples[0].name ? undefined : value, {
                replace: true,
              })
            }
          />
        )
      }
    >
      <Panes>
        <div>
          <div className="bl-pane-head">
            <h3>Example</h3>
            {example && (
              <Link to={links.patterns({ example: toTry(example.name) })} className="bl-pane-link">
                Try a pattern
              </Link>
            )}
            {example && <CopyButton text={JSON.stringify(example.value, null, 2)} what="the example" labelled />}
          </div>
          {example ? (
            <JsonView
              value={example.value}
              label={`Example ${wordsOf(example.name)}`}
              marked={marked}
              onMark={setMarked}
              maxHeight={PANE_HEIGHT}
            />
          ) : (
            <EmptyState title="No example yet">
              An example file beside the schema shows what the event looks like when it is real.
            </EmptyState>
          )}
        </div>
        <div>
          <div className="bl-pane-head">
            <h3>Schema {eventType.version}</h3>
            <Link to={links.eventType(eventType, 'schema')} style={{ paddingRight: 8 }}>
              Explore the schema
            </Link>
          </div>
          <SchemaTree schema={schema} plain marked={marked} onMark={setMarked} maxHeight={PANE_HEIGHT} />
        </div>
      </Panes>
      {example && (
        <WhoReceives
          event={exampleEventText(eventType, version, example.value)}
          whyHref={({ id }) => links.patterns({ subscription: id, example: toTry(example.name) })}
          tryHref={links.patterns({ example: toTry(example.name) })}
        />
      )}
    </Section>
  );
}

const WhoReceivesCard = styled(Card)({
  marginTop: 12,
  '& summary': { padding: '11px 16px', fontWeight: 600, cursor: 'pointer', borderRadius: 'var(--bl-radius)' },
  '& details[open] summary': { borderBottom: '1px solid var(--bl-line)', borderRadius: 0 },
  '& details > p': { margin: 0, padding: '11px 16px', borderTop: '1px solid var(--bl-line)', fontSize: 14 },
});

/** Which subscriptions take the example. The portal is asked once somebody wants to know. */
function WhoReceives(props: {
  readonly event: string;
  readonly whyHref: (subscription: SubscriptionSummary) => string;
  readonly tryHref: string;
}) {
  const { event, whyHref, tryHref } = props;
  const [open, setOpen] = useState(false);
  return (
    <WhoReceivesCard>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>Who receives this example</summary>
        {open && <Receivers event={event} whyHref={whyHref} />}
        <p>
          <Link to={tryHref}>Change the event, or paste one</Link>
        </p>
      </details>
    </WhoReceivesCard>
  );
}

/** `a-guest-by-pin.json` reads as `a guest by pin`. */
export function wordsOf(name: string): string {
  return name.replace(/\.json$/, '').replace(/[-_]+/g, ' ');
}

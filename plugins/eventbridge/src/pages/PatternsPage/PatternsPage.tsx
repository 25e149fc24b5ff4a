import type { ClauseExplanation } from '@busline/event-pattern';
import type { SubscriptionSummary } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { Link, useLocation } from 'react-router-dom';
import { useExampleEvent, useSubscription } from '../../api';
import {
  ActionButton,
  Card,
  CopyButton,
  PageFrame,
  Receivers,
  reasonOf,
  Select,
  SkeletonText,
  StaleBanner,
} from '../../components';
import { prettyJson, type JsonEditorHandle } from '../../components/JsonEditor';
import { useLinks } from '../../links';
import { patternFor, type Playground } from '../../playground/playgroundAddress';
import { MAX_ADDRESS } from '../../playground/sharing';
import { ExamplePicker } from './ExamplePicker';
import { Explained } from './Explained';
import { chosenMarks, clauseSigns, errorMarks, placeOfClause, placesOf, placesOfField } from './marks';
import { Pane } from './Pane';
import { outcomeOf, readEvent, readPattern } from './reading';
import { usePlayground, type AddressState } from './usePlayground';
import { Verdict } from './Verdict';

const Head = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'flex-end',
  justifyContent: 'space-between',
  gap: '8px 24px',
  marginBottom: 18,
  '& h1': { margin: 0, fontSize: 24, lineHeight: '32px', fontWeight: 650, letterSpacing: -0.4 },
  '& p': { margin: '2px 0 0', maxWidth: 760, fontSize: 14.5, color: 'var(--bl-muted)' },
  '& .bl-share': { display: 'flex', alignItems: 'center', gap: 8, fontSize: 13.5, color: 'var(--bl-muted)' },
  '& [data-tone=warn]': { color: 'var(--bl-warn)' },
});

/** The answer stands beneath the pattern, and between the two panes where there is room. */
const Grid = styled('div')({
  display: 'grid',
  gap: 18,
  alignItems: 'start',
  gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
  gridTemplateAreas: '"pattern event" "result receivers"',
  gridTemplateRows: 'auto 1fr',
  '& > *': { minWidth: 0 },
  '& > .bl-pattern': { gridArea: 'pattern' },
  '& > .bl-result': { gridArea: 'result' },
  '& > .bl-event': { gridArea: 'event' },
  '& > .bl-receivers': { gridArea: 'receivers' },
  '& > .bl-pattern, & > .bl-event': { alignSelf: 'stretch' },
  '@media (min-width: 1700px)': {
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 0.9fr) minmax(0, 1fr)',
    gridTemplateAreas: '"pattern result event" "receivers receivers receivers"',
    '& > .bl-result': { alignSelf: 'stretch' },
  },
  '@media (max-width: 899.95px)': {
    gridTemplateColumns: 'minmax(0, 1fr)',
    gridTemplateAreas: '"pattern" "result" "event" "receivers"',
    gridTemplateRows: 'none',
  },
});

const Panel = styled(Card)({
  '& > h2': {
    margin: 0,
    padding: '12px 16px',
    borderBottom: '1px solid var(--bl-line)',
    fontSize: 15,
    lineHeight: '24px',
    fontWeight: 650,
  },
  '& > p': { margin: 0, padding: '14px 16px', fontSize: 14, color: 'var(--bl-muted)' },
});

/** `/events/patterns`: a pattern and an event side by side, why they match or not, and who would receive the event. */
export function PatternsPage() {
  const { state, address, change } = usePlayground();
  return (
    <PageFrame title="Try a pattern">
      <StaleBanner />
      <Head>
        <div>
          <h1>Try a pattern</h1>
          <p>
            Whether an event matches a pattern, clause by clause. Both stay in your browser; only to find who would
            receive the event it is sent to the portal, which does not keep it.
          </p>
        </div>
        <Share address={address} />
      </Head>
      {state ? (
        <Loaded state={state} change={change} />
      ) : (
        <Card style={{ padding: 24, minHeight: 400 }}>
          <SkeletonText lines={8} />
        </Card>
      )}
    </PageFrame>
  );
}

function Share(props: { readonly address: AddressState }) {
  const { address } = props;
  const { pathname, search, hash } = useLocation();
  const isEmpty = search === '' && hash === '';
  return (
    <div className="bl-share" role="status">
      {address.kind === 'too-long' && (
        <span data-tone="warn">
          Too long to share by its address: {address.length.toLocaleString('en')} of {MAX_ADDRESS.toLocaleString('en')}{' '}
          characters. Copy pattern and event instead.
        </span>
      )}
      {address.kind === 'broken' && (
        <span data-tone="warn">The address that you followed is cut off: a part of it could not be read.</span>
      )}
      {address.kind === 'current' && !isEmpty && (
        <>
          Share what you see
          <CopyButton text={`${window.location.origin}${pathname}${search}${hash}`} what="a link to this" labelled />
        </>
      )}
    </div>
  );
}

function Loaded(props: { readonly state: Playground; readonly change: (changes: Partial<Playground>) => void }) {
  const { state, change } = props;
  const subscription = useSubscription(state.pattern.kind === 'subscription' ? state.pattern.id : undefined);
  const example = useExampleEvent(state.event.kind === 'example' ? state.event.ref : undefined);
  const patternOfSubscription = subscription.data ? prettyJson(subscription.data.pattern) : '';
  const patternText = state.pattern.kind === 'text' ? state.pattern.text : patternOfSubscription;
  const eventText = state.event.kind === 'text' ? state.event.text : example.data?.text ?? '';

  const shownPattern = useDeferredValue(patternText);
  const shownEvent = useDeferredValue(eventText);
  const pattern = useMemo(() => readPattern(shownPattern), [shownPattern]);
  const event = useMemo(() => readEvent(shownEvent), [shownEvent]);
  const becomes = event.kind === 'valid' ? event.value.becomes : undefined;
  const outcome = useMemo(() => outcomeOf(pattern, event), [pattern, event]);
  const patternPlaces = useMemo(() => placesOf(shownPattern, pattern), [shownPattern, pattern]);
  const eventPlaces = useMemo(() => placesOf(shownEvent, event), [shownEvent, event]);
  const [marked, setMarked] = useState<ClauseExplanation>();
  const patternMarks = useMemo(
    () => [...errorMarks(shownPattern, pattern), ...chosenMarks(marked ? [placeOfClause(marked, patternPlaces)] : [])],
    [shownPattern, pattern, marked, patternPlaces],
  );
  const eventMarks = useMemo(
    () => [...errorMarks(shownEvent, event), ...chosenMarks(marked ? placesOfField(marked, eventPlaces) : [])],
    [shownEvent, event, marked, eventPlaces],
  );
  const signs = useMemo(
    () => (outcome.kind === 'explained' ? clauseSigns(outcome.explanation, patternPlaces, shownPattern) : undefined),
    [outcome, patternPlaces, shownPattern],
  );
  const patternEditor = useRef<JsonEditorHandle>(null);
  const eventEditor = useRef<JsonEditorHandle>(null);
  const links = useLinks();

  const showClause = (clause: ClauseExplanation) => {
    const place = placeOfClause(clause, patternPlaces);
    if (place) patternEditor.current?.select(place.from, place.to);
  };
  const tryPatternOf = ({ id }: SubscriptionSummary) => {
    change({ pattern: { kind: 'subscription', id } });
    patternEditor.current?.select(0, 0);
  };

  return (
    <Grid>
      <Pane
        className="bl-pattern"
        title="Pattern"
        text={patternText}
        onChange={text => change({ pattern: { kind: 'text', text } })}
        reading={pattern}
        marks={patternMarks}
        signs={signs}
        editor={patternEditor}
        onShow={offset => patternEditor.current?.select(offset, offset + 1)}
        placeholder={'{\n  "source": ["com.example.orders"],\n  "detail": { "total": [{ "numeric": [">", 100] }] }\n}'}
        note={state.pattern.kind === 'subscription' && <PatternNote subscription={subscription} />}
      />
      <Panel className="bl-result" aria-label="Result">
        <Verdict outcome={outcome} pattern={pattern} event={event} />
        {outcome.kind === 'explained' && (
          <Explained explanation={outcome.explanation} marked={marked} onMark={setMarked} onShow={showClause} />
        )}
        {outcome.kind !== 'explained' && (
          <p>Every clause of the pattern: satisfied or not, what it wants, what the event has, and what comes near.</p>
        )}
      </Panel>
      <Pane
        className="bl-event"
        title="Event"
        text={eventText}
        onChange={text => change({ event: { kind: 'text', text } })}
        reading={event}
        marks={eventMarks}
        editor={eventEditor}
        onShow={offset => eventEditor.current?.select(offset, offset + 1)}
        placeholder="Paste an event, as a target or a dead-letter queue has it"
        tools={
          <ExamplePicker
            onPick={ref =>
              change({
                event: { kind: 'example', ref },
                ...(patternText.trim() === '' && { pattern: { kind: 'text', text: patternFor(ref) } }),
              })
            }
          />
        }
        note={
          state.event.kind === 'example' ? (
            <EventNote example={example} onChoose={ref => change({ event: { kind: 'example', ref } })} />
          ) : (
            becomes !== undefined && (
              <>
                <span>It is an entry for PutEvents; patterns see the event that the bus makes of it.</span>
                <ActionButton onClick={() => change({ event: { kind: 'text', text: becomes } })}>
                  Show that event
                </ActionButton>
              </>
            )
          )
        }
      />
      <Panel className="bl-receivers" aria-labelledby="bl-receivers-title">
        <h2 id="bl-receivers-title">Who would receive this event</h2>
        {event.kind === 'valid' && event.value.eventType ? (
          <Receivers
            event={event.value.text}
            whyHref={row => links.patterns({ subscription: row.id })}
            onWhy={tryPatternOf}
          />
        ) : (
          <p>
            {event.kind === 'valid'
              ? 'It has no text at “source” or “detail-type”, which every event on a bus has.'
              : 'Of all subscriptions on the platform, those whose pattern takes the event.'}
          </p>
        )}
      </Panel>
    </Grid>
  );
}

function PatternNote(props: { readonly subscription: ReturnType<typeof useSubscription> }) {
  const { data, isError, error } = props.subscription;
  const links = useLinks();
  if (isError) return <span>The subscription could not be read: {reasonOf(error)}</span>;
  if (!data) return <span>Reading the subscription…</span>;
  return (
    <span>
      Of <Link to={links.subscription(data.id)}>{data.name}</Link> of {data.service.title}, {data.environment}
    </span>
  );
}

function EventNote(props: {
  readonly example: ReturnType<typeof useExampleEvent>;
  readonly onChoose: (ref: {
    readonly source: string;
    readonly detailType: string;
    readonly version?: string;
    readonly example?: string;
  }) => void;
}) {
  const { data, isError, error } = props.example;
  const links = useLinks();
  if (isError) return <span>The example could not be read: {reasonOf(error)}</span>;
  if (!data) return <span>Reading the example…</span>;
  const { eventType, version, example, examples } = data;
  const { source, detailType } = eventType;
  return (
    <>
      {examples.length > 1 && (
        <Select
          label="Example"
          value={example!}
          options={examples.map(name => ({ value: name, label: exampleWords(name) }))}
          onChange={name => props.onChoose({ source, detailType, version, example: name })}
        />
      )}
      <span>
        {examples.length === 1 && `Example ${exampleWords(example!)} `}
        {examples.length === 0 && 'No example is committed '}
        of <Link to={links.eventType(eventType)}>{detailType}</Link> {version}
      </span>
    </>
  );
}

/** `a-guest-by-pin.json` reads as `a guest by pin`. */
function exampleWords(name: string): string {
  return name.replace(/\.json$/, '').replace(/[-_]+/g, ' ');
}

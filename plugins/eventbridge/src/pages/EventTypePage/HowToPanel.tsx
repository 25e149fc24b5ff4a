import type { EventTypeDetail } from '@busline/plugin-eventbridge-common';
import Drawer from '@mui/material/Drawer';
import { styled } from '@mui/material/styles';
import { useCallback, useId } from 'react';
import { ActionButton, CodeBlock, nameOfRef, useUrlState } from '../../components';
import { CloseIcon } from '../../components/icons';
import { nextVersions, subscriptionYaml, slugOf } from './howTo';

type HowTo = 'subscribe' | 'publish';

/** Which of the two panels is open, kept in the URL. */
export function useHowTo(): readonly [HowTo | undefined, (how: HowTo | undefined) => void] {
  const [how, setHow] = useUrlState('how');
  const set = useCallback((value: HowTo | undefined) => setHow(value), [setHow]);
  return [how === 'subscribe' || how === 'publish' ? how : undefined, set];
}

const Root = styled('div')({
  padding: '22px 26px 40px',
  color: 'var(--bl-text)',
  fontSize: 15,
  lineHeight: '23px',
  '& *': { boxSizing: 'border-box' },
  '& .bl-how-head': {
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'flex-start',
    gap: 12,
  },
  '& h2': {
    margin: '0 0 4px',
    fontSize: 20,
    lineHeight: '28px',
    fontWeight: 650,
    letterSpacing: -0.3,
    overflowWrap: 'anywhere',
  },
  '& .bl-muted': { color: 'var(--bl-muted)' },
  '& ol': {
    display: 'grid',
    gap: 20,
    margin: '20px 0 0',
    padding: 0,
    listStyle: 'none',
    counterReset: 'step',
  },
  '& ol > li': {
    position: 'relative',
    paddingLeft: 36,
    minWidth: 0,
    counterIncrement: 'step',
  },
  '& ol > li::before': {
    content: 'counter(step)',
    position: 'absolute',
    left: 0,
    top: 0,
    display: 'grid',
    placeItems: 'center',
    width: 24,
    height: 24,
    borderRadius: '50%',
    background: 'var(--bl-accent-soft)',
    color: 'var(--bl-accent)',
    fontSize: 13,
    fontWeight: 600,
  },
  '& p': { margin: '0 0 8px' },
  '& code': {
    fontFamily: 'var(--bl-mono)',
    fontSize: '0.92em',
    overflowWrap: 'anywhere',
  },
  '& :focus-visible': {
    outline: '2px solid var(--bl-accent)',
    outlineOffset: 2,
  },
});

/** How to subscribe, or how to publish a new version: what to put where in the event repository. */
export function HowToPanel(props: { readonly eventType: EventTypeDetail }) {
  const { eventType } = props;
  const [how, setHow] = useHowTo();
  const titleId = useId();
  return (
    <Drawer
      anchor="right"
      open={how !== undefined}
      onClose={() => setHow(undefined)}
      PaperProps={{
        role: 'dialog',
        'aria-modal': true,
        'aria-labelledby': titleId,
        sx: { width: 620, maxWidth: '100vw', backgroundImage: 'none' },
      }}
    >
      <Root>
        <div className="bl-how-head">
          <div>
            <h2 id={titleId}>{how === 'publish' ? 'Publish a new version' : `Subscribe to ${eventType.detailType}`}</h2>
            <div className="bl-muted">
              {how === 'publish'
                ? `Of ${eventType.detailType}, by a pull request to the event repository.`
                : 'By a pull request to the event repository; merging it is the approval.'}
            </div>
          </div>
          <ActionButton data-quiet="" aria-label="Close" onClick={() => setHow(undefined)}>
            <CloseIcon />
          </ActionButton>
        </div>
        {how === 'subscribe' && <Subscribe eventType={eventType} />}
        {how === 'publish' && <Publish eventType={eventType} />}
      </Root>
    </Drawer>
  );
}

function Subscribe(props: { readonly eventType: EventTypeDetail }) {
  const { eventType } = props;
  const file = `${slugOf(eventType.detailType)}.yaml`;
  return (
    <ol>
      <li>
        <p>
          Add a file to <code>subscriptions/&lt;your service&gt;/</code> in the event repository
          {eventType.origin && ` “${eventType.origin}”`}. The service must be declared in <code>services/</code>.
        </p>
        <CodeBlock
          text={subscriptionYaml(eventType)}
          language="yaml"
          title={<code>subscriptions/your-service/{file}</code>}
          what="the subscription file"
        />
      </li>
      <li>
        <p>
          Narrow the pattern to what you read: fields below <code>detail</code> filter before anything is delivered.
          Choose the target and the environments.
        </p>
      </li>
      <li>
        <p>Check it before you push; every problem is named with file and line.</p>
        <CodeBlock text="npx busline check ." language="shell" title="In the event repository" what="the command" />
      </li>
      <li>
        <p>
          Open the pull request.{' '}
          {eventType.classification === 'restricted'
            ? `This event type is restricted: ${nameOfRef(eventType.owner)} must approve it.`
            : eventType.owner !== 'unknown' &&
              `${nameOfRef(eventType.owner)} owns this event type and sees who receives it.`}
        </p>
      </li>
    </ol>
  );
}

function Publish(props: { readonly eventType: EventTypeDetail }) {
  const { eventType } = props;
  const folder =
    eventType.declaredAt?.file.replace(/\/[^/]*$/, '') ?? `events/${eventType.source}/${slugOf(eventType.detailType)}`;
  const next = nextVersions(eventType.version);
  return (
    <ol>
      <li>
        <p>Choose the number by what the change does to those who receive it.</p>
        <p>
          <code>{next.minor}</code> adds what nobody must know: an optional field, a description.
          <br />
          <code>{next.major}</code> removes, renames or tightens. Both versions are then sent side by side until
          everybody has moved.
        </p>
      </li>
      <li>
        <p>Copy the folder of the version before it and change the schema. A released version itself never changes.</p>
        <CodeBlock
          text={copyCommand(folder, eventType.version, next.minor)}
          language="shell"
          title="In the event repository"
          what="the command"
        />
      </li>
      <li>
        <p>
          Name it in <code>{folder}/event.yaml</code>, and say in a sentence what is new.
        </p>
        <CodeBlock
          text={`versions:\n  ${next.minor}: { released: ${new Date()
            .toISOString()
            .slice(0, 10)}, notes: "What is new" }\n`}
          language="yaml"
          title={<code>{folder}/event.yaml</code>}
          what="the lines for event.yaml"
        />
      </li>
      <li>
        <p>Check it, then open the pull request.</p>
        <CodeBlock text="npx busline check ." language="shell" title="In the event repository" what="the command" />
      </li>
    </ol>
  );
}

function copyCommand(folder: string, version: string | undefined, next: string): string {
  const quoted = (path: string) => (/^[\w./-]+$/.test(path) ? path : `'${path.replace(/'/g, `'\\''`)}'`);
  return version
    ? `cp -r ${quoted(`${folder}/${version}`)} ${quoted(`${folder}/${next}`)}`
    : `mkdir -p ${quoted(`${folder}/${next}/examples`)}`;
}

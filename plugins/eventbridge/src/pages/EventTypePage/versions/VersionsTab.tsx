import type { EventTypeDetail } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import { Card, EmptyState, ErrorPanel, RelativeTime, Select, Tag, useUrlState } from '../../../components';
import { useLinks } from '../../../links';
import { useEventTypeEvolution } from '../../../api';
import { Section } from '../Section';
import { Affected } from './Affected';
import { Comparison } from './Comparison';
import { OutcomeTag, StepWords } from './outcome';

const Timeline = styled('ol')({
  margin: '0 0 40px',
  padding: 0,
  listStyle: 'none',
  '& li': { position: 'relative', paddingLeft: 30, paddingBottom: 22 },
  '& li::before': {
    content: '""',
    position: 'absolute',
    left: 4,
    top: 7,
    width: 9,
    height: 9,
    borderRadius: '50%',
    border: '2px solid var(--bl-event)',
    background: 'var(--bl-ground)',
  },
  '& li:first-of-type::before': { background: 'var(--bl-event)' },
  '& li:not(:last-child)::after': {
    content: '""',
    position: 'absolute',
    left: 7.5,
    top: 24,
    bottom: -1,
    width: 2,
    background: 'var(--bl-line)',
  },
  '& .bl-version-line': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '3px 12px',
  },
  '& .bl-version': {
    fontFamily: 'var(--bl-mono)',
    fontSize: 15,
    fontWeight: 600,
  },
  '& p': { margin: '2px 0 0', maxWidth: 760, overflowWrap: 'anywhere' },
  '& small': { fontSize: 13, color: 'var(--bl-muted)' },
});

const Choice = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '8px 16px',
});

const count = (number: number, what: string) => `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;

/** Versions as a timeline, newest first, and any two of them compared. */
export function VersionsTab(props: { readonly eventType: EventTypeDetail }) {
  const { eventType } = props;
  const { versions } = eventType;
  const links = useLinks();
  const [from, setFrom] = useUrlState('from');
  const [to, setTo] = useUrlState('to');
  const evolution = useEventTypeEvolution(eventType, versions.length > 1);
  const steps = new Map(evolution.data?.steps.map(step => [step.to, step]));

  if (versions.length === 0) {
    return (
      <Card>
        <EmptyState title="No version is declared">It was observed on AWS only.</EmptyState>
      </Card>
    );
  }
  const newer = to ?? versions[0].version;
  const older = from ?? versions[Math.min(1, versions.length - 1)].version;
  const options = versions.map(({ version }) => ({
    value: version,
    label: version,
  }));
  return (
    <>
      <Timeline aria-label="Versions, newest first">
        {versions.map((version, index) => (
          <li key={version.version}>
            <div className="bl-version-line">
              <Link
                className="bl-version"
                to={`${links.eventType(eventType, 'schema')}?version=${encodeURIComponent(version.version)}`}
              >
                {version.version}
              </Link>
              {index === 0 && <Tag tone="event">newest</Tag>}
              {steps.has(version.version) && <OutcomeTag {...steps.get(version.version)!} />}
              <small>{version.released ? <RelativeTime time={version.released} /> : 'release date unknown'}</small>
            </div>
            {version.notes && <p>{version.notes}</p>}
            <small>
              {count(version.exampleCount, 'example')} · {sizeWords(version.size)} of schema ·{' '}
              {count(version.subscriberCount, 'subscription')}
              {index < versions.length - 1 && (
                <>
                  {' · '}
                  <Link
                    to={`?${new URLSearchParams({
                      from: versions[index + 1].version,
                      to: version.version,
                    })}#comparison`}
                  >
                    what changed
                  </Link>
                </>
              )}
            </small>
            {steps.has(version.version) && (
              <div>
                <StepWords step={steps.get(version.version)!} />
              </div>
            )}
          </li>
        ))}
      </Timeline>
      {evolution.isError && (
        <ErrorPanel
          title="The versions could not be judged"
          error={evolution.error}
          onRetry={() => evolution.refetch()}
          retrying={evolution.isFetching}
        />
      )}
      {versions.length > 1 && (
        <div id="comparison">
          <Section
            title="Compare"
            tools={
              <Choice>
                <Select label="From" value={older} options={options} onChange={setFrom} />
                <Select label="to" value={newer} options={options} onChange={setTo} />
              </Choice>
            }
          >
            <Comparison eventType={eventType} from={older} to={newer} />
          </Section>
          <Section title="Who is hit">
            <Affected eventType={eventType} from={older} to={newer} />
          </Section>
        </div>
      )}
    </>
  );
}

/** Bytes as a person says them. */
export function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

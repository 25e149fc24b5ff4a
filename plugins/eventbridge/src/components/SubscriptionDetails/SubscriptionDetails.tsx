import type { Difference, PermissionInWords, RuleHop, SubscriptionDetail } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import { useSubscription, useSubscriptionMetrics } from '../../api';
import { useLinks } from '../../links';
import { ArnText } from '../ArnText';
import { CodeBlock } from '../CodeBlock';
import { durationWords } from '../duration';
import { ErrorPanel } from '../ErrorPanel';
import { ExternalLink } from '../ExternalLink';
import { prettyJson } from '../JsonEditor/prettyJson';
import { PHONE } from '../PageFrame/Frame';
import { SkeletonText } from '../Skeleton';
import { StandingMark } from '../StandingMark';
import { Tag } from '../Tag';
import { TinyLine } from '../TinyLine';
import { PatternVerdicts } from './PatternVerdicts';

const Root = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
  gap: '24px 36px',
  '& > [data-wide]': { gridColumn: '1 / -1' },
  '& h3': {
    margin: '0 0 8px',
    fontSize: 13,
    fontWeight: 600,
    color: 'var(--bl-muted)',
  },
  '& p': { margin: 0, overflowWrap: 'anywhere' },
  '& dl': {
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    gap: '5px 16px',
    margin: 0,
    fontSize: 14,
  },
  '& dt': { color: 'var(--bl-muted)' },
  '& dd': { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
  '& ol, & ul': {
    display: 'grid',
    gap: 12,
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  '& table': { borderCollapse: 'collapse', width: '100%', fontSize: 14 },
  '& th': {
    textAlign: 'left',
    fontWeight: 500,
    color: 'var(--bl-muted)',
    fontSize: 13,
  },
  '& th, & td': {
    padding: '5px 16px 5px 0',
    verticalAlign: 'top',
    overflowWrap: 'anywhere',
  },
  '& tbody tr': { borderTop: '1px solid var(--bl-line)' },
  [PHONE]: { gridTemplateColumns: 'minmax(0, 1fr)' },
});

/** Everything about one subscription: rule, pattern, policy in words, delivery settings, how declared and observed differ. */
export function SubscriptionDetails(props: { readonly id: string }) {
  const subscription = useSubscription(props.id);
  const links = useLinks();
  if (subscription.isPending) return <SkeletonText lines={6} />;
  if (subscription.isError) {
    return (
      <ErrorPanel
        title="This subscription could not be read"
        error={subscription.error}
        onRetry={() => subscription.refetch()}
        retrying={subscription.isFetching}
      />
    );
  }
  const { data } = subscription;
  return (
    <Root>
      {data.differences.length > 0 && (
        <section data-wide="">
          <h3>Declared and observed differ</h3>
          <DifferenceTable differences={data.differences} />
        </section>
      )}
      {data.description && (
        <section data-wide="">
          <p>{data.description}</p>
        </section>
      )}
      <section>
        <h3>{data.hops.length > 1 ? 'Rules that carry the event' : 'Rule'}</h3>
        <Hops hops={data.hops} />
      </section>
      <section>
        <h3>Delivery</h3>
        <Delivery subscription={data} />
      </section>
      <section>
        <h3>Pattern</h3>
        <CodeBlock
          text={prettyJson(data.pattern)}
          language="json"
          title="EventBridge event pattern"
          what="the event pattern"
          maxHeight={320}
          actions={
            <Link to={links.patterns({ subscription: data.id, example: data.eventTypes[0] })}>
              Why did it (not) match?
            </Link>
          }
        />
      </section>
      <section>
        <h3>Who may do what, so that it arrives</h3>
        <PermissionList permissions={data.permissions} />
      </section>
      <section data-wide="">
        <h3>Which events the pattern takes, by their schemas</h3>
        <PatternVerdicts id={data.id} />
      </section>
      <section data-wide="">
        <h3>Last 24 hours</h3>
        <Metrics id={data.id} />
      </section>
    </Root>
  );
}

/** Field by field, what the event repository says beside what AWS reports. */
export function DifferenceTable(props: { readonly differences: readonly Difference[] }) {
  return (
    <Differences>
      <colgroup>
        <col style={{ width: '22%' }} />
        <col />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Declared</th>
          <th scope="col">Observed</th>
        </tr>
      </thead>
      <tbody>
        {props.differences.map(({ field, declared, observed }) => (
          <tr key={field}>
            <td>{field}</td>
            <td data-side="Declared">
              {declared === undefined ? (
                <span className="bl-muted">not declared</span>
              ) : (
                <DifferenceValue text={declared} />
              )}
            </td>
            <td data-side="Observed">
              {observed === undefined ? (
                <span className="bl-muted">not there</span>
              ) : (
                <DifferenceValue text={observed} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Differences>
  );
}

const Differences = styled('table')({
  tableLayout: 'fixed',
  // Three columns are too narrow to read: what differs stands above its two sides.
  [PHONE]: {
    '&, & tbody, & tr, & td': { display: 'block' },
    '& thead, & colgroup': { display: 'none' },
    '& tr': { padding: '8px 0' },
    '& td': { paddingTop: '2px !important', paddingBottom: '2px !important' },
    '& td:first-of-type': { fontWeight: 600 },
    '& td[data-side]::before': { content: 'attr(data-side) ": "', color: 'var(--bl-muted)' },
  },
});

const Document = styled('pre')({
  margin: 0,
  fontFamily: 'var(--bl-mono)',
  fontSize: 12.5,
  lineHeight: '19px',
  whiteSpace: 'pre-wrap',
  overflowWrap: 'anywhere',
});

/** A pattern or a policy line by line, so that the eye finds what differs; anything else as it is. */
function DifferenceValue(props: { readonly text: string }) {
  const document = documentOf(props.text);
  return document === undefined ? <>{props.text}</> : <Document>{JSON.stringify(document, null, 2)}</Document>;
}

function documentOf(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    // Cut short or no JSON after all.
    return undefined;
  }
}

function Hops(props: { readonly hops: readonly RuleHop[] }) {
  if (props.hops.length === 0) return <p className="bl-muted">No rule is known.</p>;
  return (
    <ol>
      {props.hops.map((hop, index) => (
        <li key={hop.rule.arn}>
          <dl>
            <dt>{props.hops.length > 1 ? `${index + 1}. rule` : 'Rule'}</dt>
            <dd>
              {hop.rule.name} {!hop.rule.enabled && <Tag tone="warn">disabled</Tag>}
              <br />
              <ArnText arn={hop.rule.arn} />
              <br />
              <StandingMark standing={hop.standing} />{' '}
              <ExternalLink href={hop.rule.consoleUrl}>AWS console</ExternalLink>
            </dd>
            <dt>On bus</dt>
            <dd>
              {hop.bus.name}{' '}
              <span className="bl-muted">
                in {hop.bus.account.name}, {hop.bus.region}
              </span>
            </dd>
            {hop.targets.map(target => (
              <HopTarget key={target.id} target={target} />
            ))}
          </dl>
        </li>
      ))}
    </ol>
  );
}

function HopTarget(props: { readonly target: RuleHop['targets'][number] }) {
  const { arn, roleArn, deadLetterArn } = props.target;
  return (
    <>
      <dt>Sends to</dt>
      <dd>
        <ArnText arn={arn} />
      </dd>
      {roleArn && (
        <>
          <dt>As role</dt>
          <dd>
            <ArnText arn={roleArn} />
          </dd>
        </>
      )}
      {deadLetterArn && (
        <>
          <dt>Dead letters</dt>
          <dd>
            <ArnText arn={deadLetterArn} />
          </dd>
        </>
      )}
    </>
  );
}

function Delivery(props: { readonly subscription: SubscriptionDetail }) {
  const { delivery, target, declaredAt } = props.subscription;
  return (
    <dl>
      <dt>Target</dt>
      <dd>
        {target.name}
        {target.arn && (
          <>
            <br />
            <ArnText arn={target.arn} />
          </>
        )}
      </dd>
      <dt>Retried for</dt>
      <dd>
        {durationWords(delivery.maximumEventAgeSeconds)}, at most {delivery.maximumRetryAttempts} times
      </dd>
      <dt>Then</dt>
      <dd>
        {delivery.deadLetterQueue ? (
          <>
            to the dead-letter queue <ArnText arn={delivery.deadLetterQueue} />
          </>
        ) : (
          <Tag tone="warn">lost: no dead-letter queue</Tag>
        )}
      </dd>
      {declaredAt && (
        <>
          <dt>Declared in</dt>
          <dd>
            {declaredAt.url ? (
              <ExternalLink href={declaredAt.url}>
                {declaredAt.file}:{declaredAt.line}
              </ExternalLink>
            ) : (
              <span className="bl-mono">
                {declaredAt.file}:{declaredAt.line}
              </span>
            )}
          </dd>
        </>
      )}
    </dl>
  );
}

const Statement = styled('details')({
  '& summary': { cursor: 'pointer', borderRadius: 5 },
  '& figure': { marginTop: 8 },
});

/** Each grant in words; the policy statement opens beneath. */
export function PermissionList(props: { readonly permissions: readonly PermissionInWords[] }) {
  if (props.permissions.length === 0) return <p className="bl-muted">No policy is known.</p>;
  return (
    <ul>
      {props.permissions.map(({ words, effect, statement }, index) => (
        <li key={index}>
          <Statement>
            <summary>
              {effect === 'Deny' && <Tag tone="error">Denied</Tag>} {words}
            </summary>
            <CodeBlock
              text={JSON.stringify(statement, null, 2)}
              language="json"
              title="Policy statement"
              what="the policy statement"
              maxHeight={300}
            />
          </Statement>
        </li>
      ))}
    </ul>
  );
}

function Metrics(props: { readonly id: string }) {
  const metrics = useSubscriptionMetrics(props.id);
  if (metrics.isPending) return <SkeletonText lines={1} />;
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
  return (
    <dl>
      <dt>Matched</dt>
      <dd>
        <TinyLine points={matched} until={until} what="events matched" width={160} />
      </dd>
      <dt>Failed</dt>
      <dd>
        <TinyLine points={failed} until={until} what="deliveries failed" width={160} />
      </dd>
      <dt>Dead letters</dt>
      <dd>
        <TinyLine points={deadLettered} until={until} what="events sent to the dead-letter queue" width={160} />
      </dd>
    </dl>
  );
}

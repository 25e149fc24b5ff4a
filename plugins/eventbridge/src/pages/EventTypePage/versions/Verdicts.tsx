import type {
  EvolutionDirection,
  EvolutionFinding,
  EvolutionVerdict,
  VersionComparison,
} from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { ActionButton, Backticks, Card, CodeBlock, Tag } from '../../../components';
import { OutcomeTag } from './outcome';

const Head = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '4px 12px',
  padding: '14px 18px',
  '& p': { margin: 0 },
  '& small': { color: 'var(--bl-muted)', fontSize: 13.5 },
});

const Direction = styled('section')({
  borderTop: '1px solid var(--bl-line)',
  padding: '13px 18px 14px',
  '& h3': { display: 'flex', flexWrap: 'wrap', gap: '4px 10px', margin: 0, fontSize: 15, fontWeight: 600 },
  '& p': { margin: '4px 0 0', overflowWrap: 'anywhere' },
  '& p code': {
    fontFamily: 'var(--bl-mono)',
    fontSize: '0.92em',
    padding: '0 4px',
    borderRadius: 4,
    background: 'var(--bl-sunken)',
  },
  '& ol': { margin: '8px 0 0', padding: 0, listStyle: 'none' },
  '& li': { padding: '9px 12px', borderRadius: 'var(--bl-radius)', '&[data-open]': { background: 'var(--bl-sunken)' } },
  '& li + li': { borderTop: '1px solid var(--bl-line)' },
  '& .bl-finding-line': { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 12px', marginTop: 3 },
  '& .bl-finding-line code': { fontFamily: 'var(--bl-mono)', fontSize: 12.5, color: 'var(--bl-muted)' },
  '& figure': { marginTop: 9 },
});

const TONE = { compatible: 'ok', breaking: 'error', unknown: 'warn' } as const;

/** A finding's name in the URL: `backward-0`. */
export const findingKey = (direction: EvolutionDirection, index: number) => `${direction}-${index}`;

export function findingOf(comparison: VersionComparison, key: string | undefined): EvolutionFinding | undefined {
  const match = /^(backward|forward)-(\d+)$/.exec(key ?? '');
  const verdict = match ? comparison[match[1] as EvolutionDirection] : undefined;
  return verdict?.kind === 'breaking' ? verdict.findings[Number(match![2])] : undefined;
}

const SEMVER = {
  none: 'nothing changed',
  patch: 'a patch version',
  minor: 'a minor version',
  major: 'a major version',
} as const;

/** What holds in which direction, and each way in which something breaks with an event that proves it. */
export function Verdicts(props: {
  readonly comparison: VersionComparison;
  /** Key of the finding that is open. */
  readonly open: string | undefined;
  readonly onOpen: (key: string | undefined) => void;
}) {
  const { comparison, open, onOpen } = props;
  const { from, to, mode, origin, asked, outcome, semver, exception } = comparison;
  return (
    <Card style={{ marginBottom: 18 }}>
      <Head>
        <OutcomeTag outcome={outcome} from={from} to={to} />
        <p>The change calls for {SEMVER[semver]}.</p>
        <small>
          {asked.length > 0 ? `${mode} asks for ${asked.join(' and ')}` : `${mode} asks for nothing between these two`}
          {origin === 'default' ? ', as nothing else is said' : `, says the ${origin}`}
        </small>
        {exception && (
          <small>
            Exception by {exception.by} until {exception.until}: {exception.reason}
          </small>
        )}
      </Head>
      {(['backward', 'forward'] as const).map(direction => (
        <DirectionVerdict
          key={direction}
          direction={direction}
          verdict={comparison[direction]}
          words={direction === 'backward' ? `Reading ${to}, events of ${from}` : `Reading ${from}, events of ${to}`}
          open={open}
          onOpen={onOpen}
        />
      ))}
    </Card>
  );
}

function DirectionVerdict(props: {
  readonly direction: EvolutionDirection;
  readonly verdict: EvolutionVerdict;
  readonly words: string;
  readonly open: string | undefined;
  readonly onOpen: (key: string | undefined) => void;
}) {
  const { direction, verdict, words, open, onOpen } = props;
  return (
    <Direction aria-label={`${direction} compatibility`}>
      <h3>
        {words} <Tag tone={TONE[verdict.kind]}>{verdict.kind}</Tag>
      </h3>
      {verdict.kind === 'compatible' && <p>Every event that the one side allows, the other side accepts.</p>}
      {verdict.kind === 'unknown' && <p>{verdict.reason}</p>}
      {verdict.kind === 'breaking' && (
        <ol aria-label={`What breaks ${direction}`}>
          {verdict.findings.map((finding, index) => {
            const key = findingKey(direction, index);
            return (
              <Finding
                key={key}
                finding={finding}
                open={open === key}
                onOpen={() => onOpen(open === key ? undefined : key)}
              />
            );
          })}
        </ol>
      )}
    </Direction>
  );
}

function Finding(props: { readonly finding: EvolutionFinding; readonly open: boolean; readonly onOpen: () => void }) {
  const { finding, open, onOpen } = props;
  return (
    <li data-open={open ? '' : undefined}>
      <p>
        <Backticks text={finding.message} />
      </p>
      <div className="bl-finding-line">
        <ActionButton data-quiet="" aria-expanded={open} onClick={onOpen}>
          {open ? 'Close' : 'Show the place and an event'}
        </ActionButton>
        <code>{finding.rule}</code>
      </div>
      {open && (
        <CodeBlock
          text={JSON.stringify(finding.counterexample, null, 2)}
          language="json"
          title="Allowed by the one side, rejected by the other"
          what="the event"
        />
      )}
    </li>
  );
}

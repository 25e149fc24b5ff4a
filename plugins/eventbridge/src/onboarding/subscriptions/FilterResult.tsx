import type { ExampleTaken } from '@busline/onboarding';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { Backticks } from '../../components';
import { CheckIcon, CloseIcon, WarningIcon } from '../../components/icons';
import { SmallButton } from '../inputs';
import type { FilterPreview } from './preview';

const Root = styled('div')({
  padding: '10px 14px',
  borderRadius: 'var(--bl-radius)',
  background: 'var(--bl-sunken)',
  fontSize: 14,
  lineHeight: '21px',
  '& p': { margin: 0, overflowWrap: 'anywhere' },
  '& code': { fontFamily: 'var(--bl-mono)', fontSize: '0.92em' },
  '& .bl-count': { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 10px' },
  '& .bl-never': { display: 'flex', gap: 8, color: 'var(--bl-warn)', '& svg': { flex: 'none', marginTop: 3 } },
  '& ul': { margin: '4px 0 2px', padding: 0, listStyle: 'none', fontSize: 13.5 },
  '& li': { display: 'flex', gap: 8, alignItems: 'center', '& svg': { flex: 'none' } },
  '& li[data-taken=true] svg': { color: 'var(--bl-ok)' },
  '& li[data-taken=false] svg': { color: 'var(--bl-muted)' },
});

/** What the filter takes, while it is being written: in words, and of the examples that there are. */
export function FilterResult(props: { readonly preview: FilterPreview; readonly isPending: boolean }) {
  const { preview, isPending } = props;
  const [open, setOpen] = useState(false);
  if (preview.kind === 'invalid') return null;
  const { words, examples, never } = preview;
  const taken = examples.filter(each => each.taken).length;
  return (
    <Root>
      <p>
        Receives <Backticks text={words.replaceAll('`detail.', '`')} />
      </p>
      <div className="bl-count" role="status">
        {isPending ? (
          <span className="bl-muted">Reading the examples…</span>
        ) : (
          <CountWords taken={taken} total={examples.length} />
        )}
        {examples.length > 0 && (
          <SmallButton aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide them' : 'Which ones'}
          </SmallButton>
        )}
      </div>
      {never && !isPending && (
        <p className="bl-never">
          <WarningIcon />
          <span>
            As it stands, <Backticks text={never.message} />. {never.wayOut}
          </span>
        </p>
      )}
      {open && <Examples examples={examples} />}
    </Root>
  );
}

function CountWords({ taken, total }: { readonly taken: number; readonly total: number }) {
  if (total === 0) return <span className="bl-muted">There are no examples to try it on.</span>;
  return (
    <span>
      Takes <strong>{taken}</strong> of {total} {total === 1 ? 'example' : 'examples'}.
    </span>
  );
}

function Examples({ examples }: { readonly examples: readonly ExampleTaken[] }) {
  return (
    <ul aria-label="Examples">
      {examples.map(({ detailType, version, example, taken }) => (
        <li key={`${detailType} ${version} ${example}`} data-taken={taken}>
          {taken ? <CheckIcon /> : <CloseIcon />}
          <span>
            <span className="bl-sr">{taken ? 'taken: ' : 'not taken: '}</span>
            {detailType} {version} <span className="bl-muted">{example}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

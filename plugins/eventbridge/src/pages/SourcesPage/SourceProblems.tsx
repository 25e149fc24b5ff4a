import { styled } from '@mui/material/styles';
import { useSourceProblems } from '../../api';
import {
  ActionButton,
  Backticks,
  CopyButton,
  ErrorPanel,
  isErrorNamed,
  PHONE,
  SkeletonText,
  Tag,
} from '../../components';
import { ErrorIcon, LockIcon, WarningIcon } from '../../components/icons';

const Root = styled('div')({
  marginTop: 12,
  borderTop: '1px solid var(--bl-line)',
  '& ul': { margin: 0, padding: 0, listStyle: 'none' },
  '& li': {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr) auto',
    gap: '2px 10px',
    padding: '11px 0',
    fontSize: 14,
    [PHONE]: { gridTemplateColumns: '20px minmax(0, 1fr)' },
  },
  '& li + li': { borderTop: '1px solid var(--bl-line)' },
  '& li > svg': { marginTop: 3 },
  '& li[data-severity=error] > svg': { color: 'var(--bl-error)' },
  '& li[data-severity=warning] > svg': { color: 'var(--bl-warn)' },
  '& .bl-problem-place': {
    display: 'flex',
    alignItems: 'center',
    gap: 2,
    overflowWrap: 'anywhere',
    fontSize: 13,
  },
  '& .bl-problem-message code': {
    fontFamily: 'var(--bl-mono)',
    fontSize: '0.92em',
    padding: '0 3px',
    borderRadius: 4,
    background: 'var(--bl-sunken)',
  },
  '& .bl-problem-message': { gridColumn: '2 / -1', overflowWrap: 'anywhere' },
  '& > p': { margin: '12px 0 0' },
});

/** What is wrong, file by file: `file:line:column message (rule)`. */
export function SourceProblems(props: { readonly id: string }) {
  const pages = useSourceProblems(props.id);
  const problems = pages.data?.pages.flatMap(page => page.items) ?? [];
  const total = pages.data?.pages[0]?.totalItems ?? 0;
  if (pages.isPending) {
    return (
      <Root style={{ paddingTop: 14 }}>
        <SkeletonText lines={4} />
      </Root>
    );
  }
  if (pages.isError && isErrorNamed(pages.error, 'NotAllowedError')) {
    return (
      <Root>
        <p className="bl-muted">
          <LockIcon style={{ verticalAlign: '-0.2em' }} /> What is wrong, file by file, is shown to the platform team.
        </p>
      </Root>
    );
  }
  return (
    <Root>
      <ul aria-label="Problems">
        {problems.map((problem, index) => (
          <li key={index} data-severity={problem.severity}>
            {problem.severity === 'error' ? <ErrorIcon /> : <WarningIcon />}
            <span className="bl-problem-place">
              <span className="bl-mono">
                {problem.file}:{problem.line}:{problem.column}
              </span>
              <CopyButton text={`${problem.file}:${problem.line}:${problem.column}`} what="the place" />
            </span>
            <span>
              <Tag>{problem.rule}</Tag>
            </span>
            <span className="bl-problem-message">
              <span className="bl-sr">{problem.severity === 'error' ? 'Error: ' : 'Warning: '}</span>
              <Backticks text={problem.message} />
            </span>
          </li>
        ))}
      </ul>
      {pages.isError && (
        <ErrorPanel
          title={problems.length > 0 ? 'The rest of the problems could not be read' : 'The problems could not be read'}
          error={pages.error}
          onRetry={() => (problems.length > 0 ? pages.fetchNextPage() : pages.refetch())}
          retrying={pages.isFetching}
        />
      )}
      {!pages.isError && problems.length === 0 && <p className="bl-muted">No problem is left.</p>}
      {pages.hasNextPage && !pages.isError && (
        <p>
          <ActionButton onClick={() => pages.fetchNextPage()} disabled={pages.isFetchingNextPage}>
            {pages.isFetchingNextPage
              ? 'Reading more…'
              : `Show more (${problems.length.toLocaleString('en')} of ${total.toLocaleString('en')})`}
          </ActionButton>
        </p>
      )}
    </Root>
  );
}

import type { FileChange, RepositoryChange } from '@busline/onboarding';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { ActionButton } from '../ActionButton';
import { ExternalLink } from '../ExternalLink';
import { FileDiff, type DiffView } from '../FileDiff';
import { Segments } from '../Segments';

const Root = styled('div')({
  display: 'grid',
  gap: 22,
  '& .bl-repository': { display: 'grid', gap: 8 },
  '& .bl-repository-head': { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: '2px 10px', fontSize: 14 },
  '& .bl-repository-head strong': { fontWeight: 600 },
});

const ROLES = { events: 'Event repository', service: 'Repository of the service' };

/** Every file of every pull request: those that people wrote first, what a tool wrote on request. */
export function PlanFiles(props: { readonly repositories: readonly RepositoryChange[] }) {
  const [view, setView] = useState<DiffView>('unified');
  return (
    <Root>
      <div>
        <Segments
          label="How changes are shown"
          options={[
            { value: 'unified', label: 'One below the other' },
            { value: 'split', label: 'Side by side' },
          ]}
          value={view}
          onChange={setView}
        />
      </div>
      {props.repositories.map(repository => (
        <Repository key={repository.role} repository={repository} view={view} />
      ))}
    </Root>
  );
}

function Repository(props: { readonly repository: RepositoryChange; readonly view: DiffView }) {
  const { role, url, files } = props.repository;
  const [all, setAll] = useState(false);
  const written = files.filter(file => !file.generated);
  const generated = files.filter(file => file.generated);
  return (
    <div className="bl-repository">
      <div className="bl-repository-head">
        <strong>{ROLES[role]}</strong>
        {url && <ExternalLink href={url}>{url.replace(/^https?:\/\//, '')}</ExternalLink>}
        <span className="bl-muted">{filesNote(files)}</span>
      </div>
      {written.map(file => (
        <FileDiff key={file.path} file={file} view={props.view} />
      ))}
      {generated.length > 0 && (
        <div>
          <ActionButton data-quiet="" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Hide' : 'Show'} {generated.length} generated {generated.length === 1 ? 'file' : 'files'}
          </ActionButton>
        </div>
      )}
      {all && generated.map(file => <FileDiff key={file.path} file={file} view={props.view} />)}
    </div>
  );
}

/** `1 file added, 2 changed` */
export function filesNote(files: readonly FileChange[]): string {
  return (['added', 'changed', 'removed'] as const)
    .map(status => ({ status, count: files.filter(file => file.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }, index) =>
      index === 0 ? `${count} ${count === 1 ? 'file' : 'files'} ${status}` : `${count} ${status}`,
    )
    .join(', ');
}

import type { AccountChange, ResourceChange } from '@busline/onboarding';
import { styled } from '@mui/material/styles';
import { AccountName } from '../AccountName';
import { ArnText } from '../ArnText';
import { Card } from '../Card';
import { CodeBlock } from '../CodeBlock';
import { FileDiff } from '../FileDiff';
import { Tag, type TagTone } from '../Tag';
import { PlanText } from './PlanText';

const Root = styled('div')({
  display: 'grid',
  gap: 14,
  '& .bl-account': { padding: '9px 16px', borderBottom: '1px solid var(--bl-line)', fontSize: 14, fontWeight: 550 },
  '& ul': { margin: 0, padding: 0, listStyle: 'none' },
  '& li': { padding: '9px 16px', fontSize: 14, lineHeight: '20px', overflowWrap: 'anywhere' },
  '& li + li': { borderTop: '1px solid var(--bl-line)' },
  '& .bl-resource': { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '2px 8px' },
  '& .bl-resource strong': { fontWeight: 550 },
  '& p': { margin: '1px 0 0', color: 'var(--bl-muted)' },
  '& details': { marginTop: 4 },
  '& summary': { cursor: 'pointer', color: 'var(--bl-muted)', fontSize: 13 },
});

const TONES: Readonly<Record<ResourceChange['status'], TagTone>> = { added: 'ok', changed: 'plain', removed: 'error' };

/** What comes, changes and goes on AWS, account by account. */
export function PlanResources(props: { readonly accounts: readonly AccountChange[] }) {
  return (
    <Root>
      {props.accounts.map(account => (
        <Card key={`${account.accountId} ${account.region} ${account.environment}`}>
          <div className="bl-account">
            <AccountName
              account={{ id: account.accountId, name: account.account ?? account.accountId }}
              region={account.region}
            />{' '}
            <Tag>{account.environment}</Tag>
          </div>
          <ul>
            {account.resources.map((resource, index) => (
              <li key={`${resource.arn} ${index}`}>
                <Resource resource={resource} />
              </li>
            ))}
          </ul>
        </Card>
      ))}
    </Root>
  );
}

function Resource(props: { readonly resource: ResourceChange }) {
  const { status, type, name, arn, words, fields, madeByTeam, pattern } = props.resource;
  return (
    <>
      <div className="bl-resource">
        <Tag tone={TONES[status]}>{status}</Tag>
        <span className="bl-muted">{type}</span>
        <strong>{name}</strong>
        {arn && <ArnText arn={arn} />}
        {madeByTeam && <Tag tone="warn">made by your team</Tag>}
      </div>
      <p>
        <PlanText text={words} />
      </p>
      {fields.map(field => (
        <Field key={field.field} {...field} />
      ))}
      {pattern && (
        <details>
          <summary>Event pattern of {name}</summary>
          <CodeBlock text={pretty(pattern)} language="json" what={`the event pattern of ${name}`} maxHeight={320} />
        </details>
      )}
    </>
  );
}

/** Longer values are documents; they are opened on request, before and after. */
const SHORT_VALUE = 90;

function Field({ field, before, after }: ResourceChange['fields'][number]) {
  const isShort = (before?.length ?? 0) + (after?.length ?? 0) <= SHORT_VALUE;
  if (isShort) {
    return (
      <p>
        <code>{field}</code>: {before ?? 'not set'} → {after ?? 'not set'}
      </p>
    );
  }
  return (
    <details>
      <summary>
        <code>{field}</code> before and after
      </summary>
      <FileDiff
        open
        file={{
          path: `${field}.json`,
          ...(before !== undefined && { before: pretty(before) }),
          ...(after !== undefined && { after: pretty(after) }),
        }}
      />
    </details>
  );
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}

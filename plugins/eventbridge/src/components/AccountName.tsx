import type { AccountRef } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';

const Root = styled('span')({
  '& .bl-account-id': {
    fontFamily: 'var(--bl-mono)',
    fontSize: '0.9em',
    whiteSpace: 'nowrap',
    color: 'var(--bl-muted)',
  },
});

/** An account by its name, with the id beside or behind it. */
export function AccountName(props: {
  readonly account: AccountRef;
  readonly region?: string;
  readonly short?: boolean;
}) {
  const { id, name, title } = props.account;
  const named = name !== id;
  const shownId = props.short ? `${id.slice(0, 4)}…` : id;
  return (
    <Root title={[title, id, props.region].filter(Boolean).join(' · ')}>
      {named && <span>{name} </span>}
      <span className="bl-account-id">{named ? shownId : id}</span>
      {props.region && <span> · {props.region}</span>}
    </Root>
  );
}

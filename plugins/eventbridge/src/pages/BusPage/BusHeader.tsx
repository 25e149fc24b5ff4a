import type { BusDetail } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import {
  AccountName,
  ArnText,
  buttonStyles,
  isSafeUrl,
  PHONE,
  RoleTag,
  Skeleton,
  StandingMark,
  Tag,
} from '../../components';
import { BusIcon, ExternalIcon } from '../../components/icons';
import { useLinks } from '../../links';
import { busConsoleUrl } from './consoleUrl';

const Root = styled('header')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'flex-start',
  gap: '14px 24px',
  marginBottom: 4,
  '& > div': { flex: '1 1 420px', minWidth: 0 },
  '& nav': { fontSize: 13.5, marginBottom: 6, color: 'var(--bl-muted)' },
  '& nav a': { color: 'inherit', '&:hover': { color: 'var(--bl-accent)' } },
  '& nav i': { margin: '0 6px', fontStyle: 'normal' },
  '& .bl-title': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '6px 12px',
  },
  '& .bl-title > svg': {
    flex: 'none',
    width: 26,
    height: 26,
    color: 'var(--bl-bus)',
  },
  '& h1': {
    margin: 0,
    minWidth: 0,
    fontSize: 26,
    lineHeight: '34px',
    fontWeight: 650,
    letterSpacing: -0.5,
    overflowWrap: 'anywhere',
  },
  '& .bl-facts': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '2px 18px',
    marginTop: 6,
    color: 'var(--bl-muted)',
    fontSize: 14,
  },
  '& p': {
    margin: '10px 0 0',
    maxWidth: 820,
    fontSize: 15,
    lineHeight: '23px',
  },
  [PHONE]: { '& h1': { fontSize: 22, lineHeight: '29px' } },
});

const ConsoleLink = styled('a')({
  ...buttonStyles,
  '&&': { color: 'var(--bl-text)' },
});

/** Name, role, account, standing, and the way into the AWS console. */
export function BusHeader(props: { readonly bus: BusDetail }) {
  const { bus } = props;
  const links = useLinks();
  const consoleUrl = busConsoleUrl(bus);
  return (
    <Root>
      <div>
        <nav aria-label="Above this page">
          <Link to={links.buses()}>Buses</Link>
          <i aria-hidden="true">/</i>
          <AccountName account={bus.account} />
        </nav>
        <div className="bl-title">
          <BusIcon />
          <h1>{bus.name}</h1>
          <RoleTag role={bus.role} />
          <StandingMark standing={bus.standing} />
        </div>
        <div className="bl-facts">
          <span>{bus.region}</span>
          {bus.environment && <Tag>{bus.environment}</Tag>}
          <ArnText arn={bus.arn} length={72} />
        </div>
        {bus.description && <p>{bus.description}</p>}
      </div>
      {consoleUrl && isSafeUrl(consoleUrl) && (
        <ConsoleLink href={consoleUrl} target="_blank" rel="noopener noreferrer">
          AWS console <ExternalIcon />
          <span className="bl-sr"> (opens in a new tab)</span>
        </ConsoleLink>
      )}
    </Root>
  );
}

export function BusHeaderSkeleton() {
  return (
    <Root aria-hidden="true">
      <div style={{ display: 'grid', gap: 14 }}>
        <Skeleton width={150} height={12} />
        <Skeleton width={280} height={26} />
        <Skeleton width="46%" height={12} />
      </div>
    </Root>
  );
}

import { parseEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { styled } from '@mui/material/styles';
import { UserIcon } from './icons';

const Root = styled('span')({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 7,
  minWidth: 0,
  maxWidth: '100%',
  '& .bl-avatar': {
    flex: 'none',
    display: 'inline-grid',
    placeItems: 'center',
    width: 22,
    height: 22,
    borderRadius: '50%',
    fontSize: 10.5,
    fontWeight: 600,
    letterSpacing: 0.2,
    color: 'var(--bl-text)',
  },
});

/** A hue that stays with a name, so that an owner is recognised from page to page. */
function hueOf(name: string): number {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + character.codePointAt(0)!) % 360;
  return hash;
}

function initialsOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(word => word && word.toLowerCase() !== 'team');
  const letters = (words[0]?.[0] ?? '?') + (words[1]?.[0] ?? words[0]?.[1] ?? '');
  return letters.toUpperCase();
}

/** The name in an entity reference, or the text itself where it is none. */
export function nameOfRef(ref: string): string {
  try {
    return parseEntityRef(ref, {
      defaultKind: 'group',
      defaultNamespace: 'default',
    }).name;
  } catch {
    return ref;
  }
}

/** An owner with an avatar, leading to its page in the catalog. `unknown` says so and leads nowhere. */
export function OwnerLink(props: { readonly owner: string; readonly plain?: boolean }) {
  const known = props.owner && props.owner !== 'unknown';
  if (!known) {
    return (
      <Root className="bl-muted">
        <UserIcon /> Owner unknown
      </Root>
    );
  }
  const name = nameOfRef(props.owner);
  const hue = hueOf(name);
  const avatar = (
    <span
      className="bl-avatar"
      aria-hidden="true"
      style={{
        background: `color-mix(in srgb, hsl(${hue} 65% 55%) 32%, var(--bl-surface))`,
      }}
    >
      {initialsOf(name)}
    </span>
  );
  return (
    <Root title={props.owner}>
      {avatar}
      {props.plain ? <span className="bl-ellipsis">{name}</span> : <LinkedName owner={props.owner} name={name} />}
    </Root>
  );
}

function LinkedName(props: { readonly owner: string; readonly name: string }) {
  const entityLink = useEntityRefLink();
  let to: string;
  try {
    to = entityLink(
      parseEntityRef(props.owner, {
        defaultKind: 'group',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    return <span className="bl-ellipsis">{props.name}</span>;
  }
  return (
    <Link to={to} className="bl-ellipsis">
      {props.name}
    </Link>
  );
}

import { parseEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import type { ReactNode } from 'react';

/** A service by its title, leading to its page in the catalog where it has one. */
export function ServiceLink(props: {
  readonly service: {
    readonly name: string;
    readonly title?: string;
    readonly entityRef?: string;
  };
  readonly children?: ReactNode;
}) {
  const { name, title, entityRef } = props.service;
  const words = props.children ?? title ?? name;
  const entityLink = useEntityRefLink();
  if (!entityRef) return <span title={`${name}: no page in the catalog`}>{words}</span>;
  let to: string;
  try {
    to = entityLink(
      parseEntityRef(entityRef, {
        defaultKind: 'component',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    return <span>{words}</span>;
  }
  return <Link to={to}>{words}</Link>;
}

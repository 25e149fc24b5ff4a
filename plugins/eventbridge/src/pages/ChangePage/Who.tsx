import { OwnerLink } from '../../components';

/** Who did or has to do something: an entity of the catalog, or a name on the forge, which leads nowhere. */
export function Who(props: { readonly name: string }) {
  const { name } = props;
  return name.includes(':') ? <OwnerLink owner={name} /> : <strong>{name}</strong>;
}

import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { ServiceFormData } from '../form/formData';

/** What a component of the catalog says about a service that is not on the bus yet. */
export function serviceOfComponent(entity: Entity): ServiceFormData {
  const { metadata, spec = {} } = entity;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    name: metadata.name.toLowerCase(),
    title: metadata.title ?? metadata.name,
    description: metadata.description,
    owner: ownerRef(text(spec.owner), metadata.namespace ?? 'default'),
    system: text(spec.system),
    component: stringifyEntityRef(entity),
    repository: repositoryOf(metadata.annotations ?? {}),
  };
}

function ownerRef(owner: string | undefined, namespace: string): string | undefined {
  if (owner === undefined) return undefined;
  const [kind, name] = owner.includes(':') ? owner.split(':', 2) : ['group', owner];
  return `${kind}:${name.includes('/') ? name : `${namespace}/${name}`}`;
}

function repositoryOf(annotations: Readonly<Record<string, string>>): string | undefined {
  const slug = annotations['github.com/project-slug'];
  if (slug) return `https://github.com/${slug}`;
  const source = annotations['backstage.io/source-location']?.replace(/^url:/, '');
  const found = source && /^(https?:\/\/[^/]+\/[^/]+\/[^/]+?)(?:\.git)?(?:\/.*)?$/.exec(source);
  return found ? found[1] : undefined;
}

import { text, texts } from '../input';
import type { JsonObject, Operation, ServiceRequest } from '../service';
import { allow, readTags, scopeOf, type SchemasContext } from './context';
import { badRequest } from './state';
import type { Tags } from './types';

interface Tagged {
  readonly tags: Tags;
  readonly save: (tags: Tags) => void;
}

/** Tags of registries, schemas and discoverers. */
export function tagOperations(context: SchemasContext): readonly (readonly [string, Operation])[] {
  const { state } = context;

  /** @throws AwsError BadRequestException, NotFoundException */
  function find(input: JsonObject, request: ServiceRequest): Tagged {
    const arn = text(input, 'ResourceArn');
    allow(context, request, arn);
    const scope = scopeOf(request);
    const prefix = `arn:aws:schemas:${scope.region}:${scope.account}:`;
    const [kind, first, second] = arn.startsWith(prefix) ? arn.slice(prefix.length).split('/') : [];
    if (kind === 'registry' && first) {
      const registry = state.registry(scope, first);
      return {
        tags: registry.tags,
        save: tags => state.registries(scope).set(first, { ...registry, tags }),
      };
    }
    if (kind === 'schema' && first && second) {
      const schema = state.schema(scope, first, second);
      return {
        tags: schema.tags,
        save: tags => state.schemas(scope, first).set(second, { ...schema, tags }),
      };
    }
    if (kind === 'discoverer' && first) {
      const discoverer = state.discoverer(scope, first);
      return {
        tags: discoverer.tags,
        save: tags => state.discoverers(scope).set(first, { ...discoverer, tags }),
      };
    }
    throw badRequest(`ResourceArn ${arn} is no ARN of a registry, schema or discoverer of this account and Region.`);
  }

  return [
    ['ListTagsForResource', (input, request) => ({ Tags: find(input, request).tags })],
    [
      'TagResource',
      (input, request) => {
        const { tags, save } = find(input, request);
        save(readTags(context, input.Tags, tags));
      },
    ],
    [
      'UntagResource',
      (input, request) => {
        const { tags, save } = find(input, request);
        const gone = new Set(texts(input, 'TagKeys'));
        save(Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key))));
      },
    ],
  ];
}

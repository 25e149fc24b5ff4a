import { randomUUID } from 'node:crypto';
import { optionalText, text } from '../input';
import { readPolicy } from '../policyInput';
import { AwsError, type JsonObject, type Operation } from '../service';
import { allow, pageBy, readTags, scopeOf, type SchemasContext } from './context';
import { badRequest, conflict, forbidden, notFound, registryArn } from './state';
import { DISCOVERED, type Registry } from './types';

/** "Registry name: a maximum of 64 characters that contain lower case, upper case letters, ., -, _, @" */
const REGISTRY_NAME = /^[.\-_A-Za-z0-9@]{1,64}$/;

export function registryOperations(context: SchemasContext): readonly (readonly [string, Operation])[] {
  const { environment, state } = context;

  const show = (arn: string, registry: Registry) => ({
    Description: registry.description,
    RegistryArn: arn,
    RegistryName: registry.name,
    Tags: registry.tags,
  });

  const createRegistry: Operation = (input, request) => {
    const scope = scopeOf(request);
    const name = text(input, 'RegistryName');
    const arn = registryArn(scope, name);
    allow(context, request, arn);
    if (!REGISTRY_NAME.test(name) || name.toLowerCase().startsWith('aws.')) {
      throw badRequest(
        `Registry name ${name} is not valid: up to 64 letters, digits, '.', '-', '_' and '@', not beginning with 'aws.'.`,
      );
    }
    const registries = state.registries(scope);
    if (registries.has(name)) {
      throw conflict(`Registry with name ${name} already exists.`);
    }
    const own = [...registries.keys()].filter(key => key !== DISCOVERED);
    if (name !== DISCOVERED && own.length >= environment.quotas.registries) {
      throw forbidden(`An account can have ${environment.quotas.registries} registries in a Region.`);
    }
    const registry: Registry = {
      name,
      description: optionalText(input, 'Description'),
      tags: readTags(context, input.Tags),
    };
    registries.set(name, registry);
    return show(arn, registry);
  };

  const updateRegistry: Operation = (input, request) => {
    const scope = scopeOf(request);
    const name = text(input, 'RegistryName');
    allow(context, request, registryArn(scope, name));
    const old = state.registry(scope, name);
    const registry = {
      ...old,
      description: optionalText(input, 'Description') ?? old.description,
    };
    state.registries(scope).set(name, registry);
    return show(registryArn(scope, name), registry);
  };

  const deleteRegistry: Operation = (input, request) => {
    const scope = scopeOf(request);
    const name = text(input, 'RegistryName');
    allow(context, request, registryArn(scope, name));
    state.registry(scope, name);
    if (state.schemas(scope, name).size > 0) {
      throw badRequest(`Registry ${name} still has schemas: delete them before the registry.`);
    }
    state.registries(scope).delete(name);
  };

  const listRegistries: Operation = (input, request) => {
    const scope = scopeOf(request);
    allow(context, request, registryArn(scope, '*'));
    const prefix = optionalText(input, 'RegistryNamePrefix') ?? '';
    // AWS's own registry, aws.events, is not on this server.
    const own = (optionalText(input, 'Scope') ?? 'LOCAL').toUpperCase() !== 'AWS';
    const { items, nextToken } = pageBy(
      [...state.registries(scope).values()].filter(({ name }) => own && name.startsWith(prefix)),
      ({ name }) => name,
      input,
    );
    return {
      Registries: items.map(({ name, tags }) => ({
        RegistryArn: registryArn(scope, name),
        RegistryName: name,
        Tags: tags,
      })),
      NextToken: nextToken,
    };
  };

  /** The registry of the policy operations; without a name, the only one of the account's own. */
  function policyRegistry(input: JsonObject, request: Parameters<Operation>[1]) {
    const scope = scopeOf(request);
    const name = optionalText(input, 'RegistryName');
    if (name === undefined) throw badRequest('RegistryName is missing.');
    allow(context, request, registryArn(scope, name));
    return { scope, registry: state.registry(scope, name) };
  }

  const putResourcePolicy: Operation = (input, request) => {
    const { scope, registry } = policyRegistry(input, request);
    const policy = text(input, 'Policy');
    readPolicy(policy, 'resource', reason => badRequest(`The policy is not valid: ${reason}`));
    const expected = optionalText(input, 'RevisionId');
    if (expected !== undefined && expected !== registry.policy?.revision) {
      throw new AwsError('PreconditionFailedException', 'The RevisionId does not match the current policy.', {
        httpStatus: 412,
      });
    }
    const revision = randomUUID();
    state.registries(scope).set(registry.name, {
      ...registry,
      policy: { text: policy, revision },
    });
    return { Policy: policy, RevisionId: revision };
  };

  const getResourcePolicy: Operation = (input, request) => {
    const { policy } = policyRegistry(input, request).registry;
    if (!policy) throw notFound('The registry has no policy.');
    return { Policy: policy.text, RevisionId: policy.revision };
  };

  const deleteResourcePolicy: Operation = (input, request) => {
    const { scope, registry } = policyRegistry(input, request);
    const { policy, ...others } = registry;
    if (!policy) throw notFound('The registry has no policy.');
    state.registries(scope).set(registry.name, others);
  };

  return [
    ['CreateRegistry', createRegistry],
    ['UpdateRegistry', updateRegistry],
    ['DeleteRegistry', deleteRegistry],
    ['ListRegistries', listRegistries],
    [
      'DescribeRegistry',
      (input, request) => {
        const scope = scopeOf(request);
        const name = text(input, 'RegistryName');
        allow(context, request, registryArn(scope, name));
        return show(registryArn(scope, name), state.registry(scope, name));
      },
    ],
    ['PutResourcePolicy', putResourcePolicy],
    ['GetResourcePolicy', getResourcePolicy],
    ['DeleteResourcePolicy', deleteResourcePolicy],
  ];
}

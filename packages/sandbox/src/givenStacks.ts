import type { JsonObject } from '@busline/event-repository';
import {
  queuePolicyTemplate,
  queueTemplate,
  roleTemplate,
  shortHash,
  type Resource,
  type Stack,
} from '@busline/infrastructure';

type Given = Extract<Resource, { readonly kind: 'queue' | 'role' }>;

/** What no event repository declares and somebody made all the same, as one stack in each account and Region. */
export function givenStacks(resources: readonly Given[]): readonly Stack[] {
  const places = new Map<string, Given[]>();
  for (const resource of resources) {
    const key = `${resource.accountId} ${resource.region}`;
    const others = places.get(key);
    if (others) others.push(resource);
    else places.set(key, [resource]);
  }
  return [...places.values()].map(members => {
    const [{ accountId, region }] = members;
    const template = {
      AWSTemplateFormatVersion: '2010-09-09',
      Description: 'What is there before any event repository',
      Resources: Object.fromEntries(members.flatMap(templateOf)),
    } as unknown as JsonObject;
    return {
      name: `given-${accountId}-${region}`,
      repository: 'sandbox',
      environment: 'given',
      owner: { side: 'platform' },
      accountId,
      region,
      dependsOn: [],
      needs: [],
      template,
    };
  });
}

function templateOf(resource: Given): readonly (readonly [string, JsonObject])[] {
  const id = `${resource.kind === 'role' ? 'Role' : 'Queue'}${shortHash([resource.arn])}`;
  if (resource.kind === 'role') return [[id, roleTemplate(resource)]];
  return [
    [id, queueTemplate(resource)],
    [`${id}Policy`, queuePolicyTemplate(resource, id)],
  ];
}

import { eventTypeId, indexRepository, serviceFile, type Service } from '@busline/event-repository';
import { pointer } from '../request/pointer';
import type { LeaveRequest } from '../request/request';
import { findService } from './changeSubscription';
import { type Draft, type Drafting, DraftFiles } from './draft';
import type { YamlEdit } from './editYaml';
import { editFile } from './service';

/** Takes away files of subscriptions and entries of publications, or all of a service. */
export function draftLeave(drafting: Drafting, request: LeaveRequest): Draft {
  const files = new DraftFiles();
  const draft: Draft = { ...files, service: request.service, subscriptions: [], eventTypes: [], environments: [] };
  const service = findService(drafting, request.service, '/service');
  if (!service) return draft;
  const result = { ...draft, environments: service.environments.map(({ environment }) => environment) };
  if (request.everything) {
    for (const { place } of subscriptionsOf(drafting, service)) files.add(place.file, undefined, '/everything');
    files.add(serviceFile(service.name), undefined, '/everything');
    return { ...result, files: files.files, fields: files.fields };
  }
  removeSubscriptions(drafting, files, service, request);
  removePublications(drafting, files, service, request);
  if (!request.subscriptions?.length && !request.publications?.length) {
    drafting.report({
      field: '',
      rule: 'nothing-asked',
      message: 'choose the subscriptions and publications to end, or everything',
    });
  }
  return { ...result, files: files.files, fields: files.fields };
}

const subscriptionsOf = ({ repository }: Drafting, { name }: Service) =>
  indexRepository(repository).subscriptions.get(name) ?? [];

function removeSubscriptions(drafting: Drafting, files: DraftFiles, service: Service, request: LeaveRequest): void {
  const known = new Map(subscriptionsOf(drafting, service).map(subscription => [subscription.name, subscription]));
  (request.subscriptions ?? []).forEach((name, i) => {
    const subscription = known.get(name);
    const field = pointer('subscriptions', i);
    if (subscription) files.add(subscription.place.file, undefined, field);
    else {
      drafting.report({
        field,
        rule: 'unknown-subscription',
        message: `${service.name} has no subscription ${JSON.stringify(name)}`,
        wayOut: 'It may have been taken away since: take it out of the request.',
      });
    }
  });
}

function removePublications(drafting: Drafting, files: DraftFiles, service: Service, request: LeaveRequest): void {
  const gone = new Set<number>();
  (request.publications ?? []).forEach((publication, i) => {
    const id = eventTypeId(publication);
    const indexes = service.publishes.flatMap((each, at) => (eventTypeId(each) === id ? [at] : []));
    if (indexes.length === 0) {
      drafting.report({
        field: pointer('publications', i),
        rule: 'unknown-publication',
        message: `${service.name} does not publish ${id}`,
        wayOut: 'Take it out of the request.',
      });
    }
    indexes.forEach(index => gone.add(index));
  });
  if (gone.size === 0) return;
  const edits: YamlEdit[] =
    gone.size === service.publishes.length
      ? [{ kind: 'remove', path: ['publishes'] }]
      : [...gone].sort((a, b) => b - a).map(index => ({ kind: 'remove', path: ['publishes', index] }));
  editFile(drafting, files, serviceFile(service.name), edits, '/publications');
}

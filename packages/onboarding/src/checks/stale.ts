import { contentHash, eventTypeId, indexRepository, serviceFile, subscriptionFile } from '@busline/event-repository';
import type { RepositoryState, RequestBasis } from '../context';
import { pointer } from '../request/pointer';
import type { RequestProblem } from '../request/problem';
import type { OnboardingRequest } from '../request/request';

/** Paths in the event repository that a request relies on, by the field that names them. */
function reliedOn(state: RepositoryState, request: OnboardingRequest): ReadonlyMap<string, string> {
  const { eventTypes } = indexRepository(state.read.repository);
  const fields = new Map<string, string>();
  const relyOnType = (type: Parameters<typeof eventTypeId>[0], field: string) => {
    const file = eventTypes.get(eventTypeId(type))?.place.file;
    if (file !== undefined) fields.set(file, field);
  };
  switch (request.kind) {
    case 'onboard':
      if (request.service.kind === 'existing') fields.set(serviceFile(request.service.name), '/service');
      request.subscriptions.forEach(({ eventTypes: types }, i) =>
        types.forEach((type, j) => relyOnType(type, pointer('subscriptions', i, 'eventTypes', j))),
      );
      request.publications.forEach((publication, i) => relyOnType(publication, pointer('publications', i)));
      break;
    case 'change-subscription':
      fields.set(subscriptionFile(request.service, request.subscription), '/subscription');
      break;
    case 'leave':
      fields.set(serviceFile(request.service), '/service');
      break;
    default:
      relyOnType(request.eventType, '/eventType');
      if (request.replacement) relyOnType(request.replacement, '/replacement');
  }
  return fields;
}

/**
 * What a form keeps when a person begins to fill it in, to be sent with the request: whether what the request relies on has
 * changed in between is seen by it.
 */
export function requestBasis(state: RepositoryState, request: OnboardingRequest): RequestBasis {
  const files = [...reliedOn(state, request).keys()].sort().map(path => [path, contentIdOf(state, path)] as const);
  return {
    ...(state.commit === undefined ? {} : { commit: state.commit }),
    files: Object.fromEntries(files),
  };
}

function contentIdOf({ files }: RepositoryState, path: string): string | null {
  const text = files.read(path);
  return text === undefined ? null : contentHash(text);
}

/** Fields of which the declaration is another than the one that the person saw. */
export function staleProblems(
  state: RepositoryState,
  request: OnboardingRequest,
  basis: RequestBasis | undefined,
): readonly RequestProblem[] {
  if (!basis || (basis.commit !== undefined && basis.commit === state.commit)) return [];
  const fields = reliedOn(state, request);
  return Object.entries(basis.files).flatMap(([path, id]) => {
    const now = contentIdOf(state, path);
    if (now === id) return [];
    const addedOrChanged = id === null ? 'was added' : 'was changed';
    const what = now === null ? 'was taken away' : addedOrChanged;
    return [
      {
        field: fields.get(path) ?? '',
        rule: 'stale-form' as const,
        message: `${path} ${what} since the form was opened`,
        wayOut: 'Look at it again, and send the form once more.',
      },
    ];
  });
}

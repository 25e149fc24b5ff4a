import type { OpenRequest } from '../context';
import type { RequestProblem } from '../request/problem';

/** Two requests that are open at once must not touch the same service or the same file: the second to be merged would conflict. */
export function openRequestProblems(
  open: readonly OpenRequest[],
  own: { readonly requestHash: string; readonly service?: string; readonly paths: readonly string[] },
): readonly RequestProblem[] {
  const paths = new Set(own.paths);
  return open
    .filter(({ requestHash }) => requestHash !== own.requestHash)
    .flatMap(other => {
      const isSameService = own.service !== undefined && other.service === own.service;
      const shared = other.files.filter(path => paths.has(path));
      if (!isSameService && shared.length === 0) return [];
      const by = other.requestedBy === undefined ? '' : ` by ${other.requestedBy}`;
      const about = isSameService ? `about ${own.service}` : `that changes ${shared[0]}`;
      return [
        {
          field: isSameService ? '/service' : '',
          rule: 'request-open' as const,
          message: `a request ${about} is open already${by}: ${other.title}${
            other.url === undefined ? '' : ` (${other.url})`
          }`,
          wayOut: 'Wait until it is merged or closed, or add to it, and send the form again.',
        },
      ];
    });
}

import type { RequestProblem } from '@busline/onboarding';
import { valueAtPointer } from './pointers';

/** What to say at a field in which nothing stands: the format that is expected would explain the wrong thing. */
const MISSING: readonly (readonly [field: RegExp, message: string])[] = [
  [/^\/service\/owner$/, 'say which team owns the service'],
  [/^\/service\/repository$/, 'say in which repository its code is'],
  [/^\/environment$/, 'choose an environment'],
  [/^\/account$/, 'choose an AWS account'],
  [/^\/region$/, 'choose a Region'],
  [/^\/subscriptions\/\d+\/name$/, 'give the subscription a name'],
  [/\/target\/name$/, 'say what it is called'],
  [/\/target\/arn$/, 'give its ARN'],
  [/\/delivery\/deadLetterQueue$/, 'give the ARN of the queue'],
  [/\/source$/, 'say under which source it is published'],
  [/\/detailType$/, 'give it a name'],
  [/^\/subscription$/, 'choose a subscription'],
  [/^\/eventType$/, 'choose an event type'],
  [/^\/since$/, 'say from which day on'],
  [/^\/reason$/, 'say why, so that those who receive it know what to do'],
];

/**
 * Problems of shape with their message in other words where the field is empty. The draft is the request as far as it is
 * filled in.
 */
export function saidAsMissing(problems: readonly RequestProblem[], draft: object): readonly RequestProblem[] {
  return problems.flatMap(problem => {
    const value = valueAtPointer(draft, problem.field);
    if (value !== undefined && value !== '') return [problem];
    // The title is the name where nothing is typed: what is missing is the name.
    if (/^\/(service|publications\/\d+)\/title$/.test(problem.field)) return [];
    const message = serviceMissing(problem.field, draft) ?? MISSING.find(([field]) => field.test(problem.field))?.[1];
    return [message === undefined ? problem : { ...problem, message }];
  });
}

function serviceMissing(field: string, draft: object): string | undefined {
  if (field !== '/service/name' && field !== '/service') return undefined;
  return valueAtPointer(draft, '/service/kind') === 'new' ? 'give the service a name' : 'choose a service';
}

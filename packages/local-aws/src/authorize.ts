import type { NamedPolicy, RequestContext } from '@busline/access-policy';
import type { Authorizer } from './environment';
import { AwsError, type Caller } from './service';

export interface Authorization {
  /** `events:PutRule` */
  readonly action: string;
  readonly resource: string;
  /** Defaults to the caller's own account. */
  readonly resourceAccount?: string;
  readonly resourcePolicy?: NamedPolicy;
  readonly context?: RequestContext;
  /** `AccessDeniedException` (the default), or `AccessDenied` where the service says so. */
  readonly errorCode?: string;
  readonly httpStatus?: number;
}

/**
 * Lets the call go on, or denies it in AWS's words, naming the statement that decides or what is missing.
 * @throws AwsError AccessDeniedException
 */
export function authorize(authorizer: Authorizer, caller: Caller, wanted: Authorization): void {
  const { decision, because } = authorizer.decide({
    principal: caller.principal,
    action: wanted.action,
    resource: wanted.resource,
    resourceAccount: wanted.resourceAccount ?? caller.account,
    resourcePolicy: wanted.resourcePolicy,
    context: wanted.context,
  });
  if (decision === 'allow') return;
  throw new AwsError(
    wanted.errorCode ?? 'AccessDeniedException',
    `User: ${caller.arn} is not authorized to perform: ${wanted.action} on resource: ${wanted.resource} ${because}`,
    { httpStatus: wanted.httpStatus },
  );
}

/** Which rule of planning a problem comes from; rules of the event repository keep their own names. */
export type PlanningRule =
  | 'request-shape'
  | 'unknown-service'
  | 'service-exists'
  | 'unknown-account'
  | 'account-mismatch'
  | 'unknown-environment'
  | 'unknown-event-type'
  | 'retired-event-type'
  | 'event-type-exists'
  | 'unknown-major'
  | 'unknown-subscription'
  | 'subscription-exists'
  | 'publication-exists'
  | 'unknown-publication'
  | 'unsafe-name'
  | 'invalid-pattern'
  | 'pattern-never-matches'
  | 'pattern-takes-more'
  | 'missing-description'
  | 'invalid-schema'
  | 'invalid-example'
  | 'invalid-target'
  | 'invalid-date'
  | 'nothing-asked'
  | 'nothing-changes'
  | 'quota-exceeded'
  | 'bus-chain'
  | 'bus-loop'
  | 'event-loop'
  | 'request-open'
  | 'stale-form'
  | 'repository-problem';

/** Something that keeps a request from becoming a plan. */
export interface RequestProblem {
  /** JSON pointer into the request: the form shows the message there. `''` for the request as a whole. */
  readonly field: string;
  readonly message: string;
  /** What to do about it. */
  readonly wayOut?: string;
  /** A `PlanningRule`, or the rule of the event repository that the files would break. */
  readonly rule: PlanningRule | (string & {});
}

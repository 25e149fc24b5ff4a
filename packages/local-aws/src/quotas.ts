/**
 * AWS's default quotas, by the names under which the options raise them.
 * Sources: "Amazon EventBridge quotas", "IAM and AWS STS quotas", "Amazon SQS quotas", "CloudFormation quotas".
 */
export interface Quotas {
  readonly rulesPerBus: number;
  readonly targetsPerRule: number;
  /** Fixed on AWS. */
  readonly wildcardRulesPerBus: number;
  /** Event buses an account and Region. */
  readonly eventBuses: number;
  /** Characters. */
  readonly busPolicySize: number;
  /** Characters. */
  readonly eventPatternSize: number;
  /** IAM roles an account. */
  readonly roles: number;
  /** Bytes of all entries of one PutEvents call. */
  readonly putEventsSize: number;
  readonly putEventsEntries: number;
  readonly tagsPerResource: number;
  /** Schema registries an account and Region. */
  readonly registries: number;
  readonly schemasPerRegistry: number;
  readonly discoverers: number;
  /** Bytes of a template that is part of a request. */
  readonly templateBodySize: number;
  /** Stacks an account and Region. */
  readonly stacks: number;
}

export const defaultQuotas: Quotas = {
  rulesPerBus: 300,
  targetsPerRule: 5,
  wildcardRulesPerBus: 30,
  eventBuses: 100,
  busPolicySize: 10_240,
  eventPatternSize: 2_048,
  roles: 1_000,
  putEventsSize: 1_048_576,
  putEventsEntries: 10,
  tagsPerResource: 50,
  registries: 10,
  schemasPerRegistry: 100,
  discoverers: 200,
  templateBodySize: 51_200,
  stacks: 2_000,
};

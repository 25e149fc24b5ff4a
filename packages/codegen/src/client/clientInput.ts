import type { DescribedBus, DescribedEventType, DescribedVersion } from '../types';

/** What a service's client is made from: plain values, so that a build, a plan and a page can make the same. */
export interface ClientInput {
  /** Name of the service; stands in `metadata.publishedBy`. */
  readonly service: string;
  readonly title: string;
  readonly publishes: readonly ClientEventType[];
  readonly subscribes: readonly ClientSubscription[];
  /** Name of the subscription for which a handler is written as a sample; the first one by default. */
  readonly sample?: string;
  /** The central bus of each environment in which the service runs. */
  readonly buses: readonly (DescribedBus & { readonly environment: string })[];
}

/** An event type with the versions that are sent, or read: of each major the newest. */
export interface ClientEventType extends DescribedEventType {
  readonly versions: readonly DescribedVersion[];
  /** Why it is deprecated, if it is. */
  readonly deprecated?: string;
}

export interface ClientSubscription {
  readonly name: string;
  readonly description: string;
  readonly target: 'sqs' | 'lambda' | 'step-functions' | 'arn';
  readonly eventTypes: readonly ClientEventType[];
}

export interface GeneratedFile {
  /** From the root of the service's repository, with `/`. */
  readonly path: string;
  readonly text: string;
  /**
   * `generated`: made anew whenever the declarations change, its first line says so. `sample`: written once where there is no
   * such file, and a person's from then on.
   */
  readonly kind: 'generated' | 'sample';
}

/** Prices in USD, dated, by Region. */
export interface PriceList {
  /** ISO date on which they were read. */
  readonly date: string;
  /** Where they were read. */
  readonly source: string;
  readonly regions: { readonly [region: string]: RegionPrices };
}

/** Prices of a million units, in USD. */
export interface RegionPrices {
  /** Custom events published, in units of 64 KB. */
  readonly customEvents: number;
  /** Events that one bus sends to another, counted as custom events. */
  readonly busToBus: number;
  /** Events delivered straight to a target in another account. */
  readonly crossAccountDelivery: number;
  /** SQS requests, standard queue. */
  readonly sqsRequests: number;
  /** SQS requests, FIFO queue. */
  readonly sqsFifoRequests: number;
  readonly lambdaRequests: number;
  /** State transitions of a standard workflow. */
  readonly stateTransitions: number;
  /** A CloudWatch alarm (standard resolution), a month; not of a million. */
  readonly alarmMonth: number;
}

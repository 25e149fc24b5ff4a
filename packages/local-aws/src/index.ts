export { createVirtualClock, systemClock, type Clock, type VirtualClock } from './clock';
export { defaultQuotas, type Quotas } from './quotas';
export type { LocalAws, LocalAwsOptions } from './start';

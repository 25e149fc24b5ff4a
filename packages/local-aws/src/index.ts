export { createVirtualClock, systemClock, type Clock, type VirtualClock } from './clock';
export { defaultQuotas, type Quotas } from './quotas';
export { defaultRequestRates, type RequestRates } from './rates';
export { startLocalAws, type LocalAws, type LocalAwsOptions } from './start';

export { DifferenceTable, PermissionList, SubscriptionDetails } from './SubscriptionDetails';

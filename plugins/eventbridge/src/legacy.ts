export {
  BuslineDeprecationFieldExtension,
  BuslineLeaveFieldExtension,
  BuslinePlanFieldExtension,
  BuslinePublicationsFieldExtension,
  BuslineServiceFieldExtension,
  BuslineSubscriptionChangeFieldExtension,
  BuslineSubscriptionsFieldExtension,
  EntityEventsCard,
  EventbridgePage,
  eventbridgePlugin,
  EventTypeSearchResultListItem,
} from './legacyPlugin';
export { eventbridgeApiRef } from './api/apiRef';
export { eventTypeDefinitionWidget } from './apiDocs/definitionWidget';

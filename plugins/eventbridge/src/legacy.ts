export { EventbridgePage, eventbridgePlugin } from './legacyPlugin';
export { eventbridgeApiRef } from './api/apiRef';

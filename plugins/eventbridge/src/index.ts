export { eventbridgePlugin as default } from './plugin';
export { eventbridgeApiRef } from './api/apiRef';
export { eventbridgeApiDocsModule } from './apiDocs/apiDocsModule';

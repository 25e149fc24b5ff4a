export { eventbridgePlugin as default } from './plugin';

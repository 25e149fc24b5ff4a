export { searchModuleEventbridge as default } from './module';
export { EventTypeCollatorFactory, type EventTypeDocument } from './EventTypeCollatorFactory';

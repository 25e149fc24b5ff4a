/**
 * Annotations of the catalog entity of an event type (`kind: API`, `spec.type: eventbridge`). An entity's name is
 * shortened and hashed; these hold the whole names.
 */
export const SOURCE_ANNOTATION = 'busline.dev/source';
export const DETAIL_TYPE_ANNOTATION = 'busline.dev/detail-type';

/** `spec.type` of the catalog entity of an event type. */
export const EVENT_TYPE_ENTITY_TYPE = 'eventbridge';

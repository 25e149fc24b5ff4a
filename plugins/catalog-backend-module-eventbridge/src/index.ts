export { catalogModuleEventbridge as default } from './module';
export { ANNOTATION_CLASSIFICATION, ANNOTATION_DETAIL_TYPE, ANNOTATION_SOURCE, EVENT_TYPE_API_TYPE } from './toEntity';

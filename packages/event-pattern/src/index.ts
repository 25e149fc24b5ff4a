export * from './types';
export { INVALID_PATTERN_PREFIX, InvalidEventError, InvalidEventPatternError } from './errors';
export { compileEventPattern, MAX_PATTERN_CHARACTERS } from './compile';
export { EventMatcher } from './eventMatcher';
export { MAX_ALTERNATIVES } from './alternatives';
export { MAX_WILDCARD_COMPLEXITY } from './wildcard';
export { describePattern, describePatternSentence } from './describe';
export { couldMatchType, sourcesAndDetailTypes } from './eventTypes';

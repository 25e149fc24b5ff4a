export type { DescribedBus, DescribedEventType, DescribedVersion } from './types';
export type { Snippet, SnippetLanguage } from './snippet';
export { publishSnippet, type PublishSnippetOptions } from './publishSnippet';
export { consumeSnippet, type ConsumeSnippetOptions } from './consumeSnippet';
export { toAsyncApi, type AsyncApiEventType, type AsyncApiOptions } from './asyncApi';
export { registrySchemaName, toRegistrySchema } from './openApi3';

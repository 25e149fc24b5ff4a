export type { ClientEventType, ClientInput, ClientSubscription, GeneratedFile } from './client/clientInput';
export { CLIENT_FOLDER, generateClient } from './client/generateClient';
export type { DescribedBus, DescribedEventType, DescribedVersion } from './types';
export type { Snippet, SnippetLanguage } from './snippet';
export { publishSnippet, type PublishSnippetOptions } from './publishSnippet';
export { consumeSnippet, type ConsumeSnippetOptions } from './consumeSnippet';
export { toAsyncApi, type AsyncApiEventType, type AsyncApiOptions } from './asyncApi';
export { registrySchemaName, toRegistrySchema } from './openApi3';

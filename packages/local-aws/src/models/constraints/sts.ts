import { atMost, constraintTable, length, range, text } from '../constraint';

const TAG_CHARACTERS = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]';

/** Service `sts` (2011-06-15): the operations that this server has. */
export const stsConstraints = constraintTable([
  [
    text(20, 2048, '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+'),
    'AssumeRoleRequest.RoleArn',
    'PolicyDescriptorType.arn',
    'ProvidedContext.ProviderArn',
  ],
  [text(2, 64, '[\\w+=,.@-]*'), '*.RoleSessionName', '*.SourceIdentity'],
  [{ min: 1, pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+' }, 'AssumeRoleRequest.Policy'],
  [range(900, 43200), 'AssumeRoleRequest.DurationSeconds'],
  [text(2, 1224, '[\\w+=,.@:\\/-]*'), 'AssumeRoleRequest.ExternalId'],
  [text(9, 256, '[\\w+=/:,.@-]*'), 'AssumeRoleRequest.SerialNumber'],
  [text(6, 6, '[\\d]*'), 'AssumeRoleRequest.TokenCode'],
  [length(1, 5), 'AssumeRoleRequest.ProvidedContexts'],
  [length(4, 2048), 'ProvidedContext.ContextAssertion'],
  [range(0, 4096), 'AssumeRoleRequest.MinimumSessionTokenSize'],
  [atMost(50), 'AssumeRoleRequest.Tags', 'AssumeRoleRequest.TransitiveTagKeys'],
  [text(1, 128, `${TAG_CHARACTERS}+`), 'Tag.Key', 'AssumeRoleRequest.TransitiveTagKeys[]'],
  [text(0, 256, `${TAG_CHARACTERS}*`), 'Tag.Value'],
]);

import { atMost, constraintTable, length, range, text } from '../constraint';

const TAG_CHARACTERS = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]';

/** Service `iam` (2010-05-08): the operations that this server has. */
export const iamConstraints = constraintTable([
  [text(1, 64, '[\\w+=,.@-]+'), '*.RoleName'],
  [text(1, 128, '[\\w+=,.@-]+'), '*.PolicyName'],
  [text(1, 131072, '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+'), '*.PolicyDocument', '*.AssumeRolePolicyDocument'],
  [text(1, 512, '(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)'), '*.Path'],
  [text(1, 512, '\\u002F[\\u0021-\\u007F]*'), '*.PathPrefix'],
  [text(0, 1000, '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*'), '*.Description'],
  [range(3600, 43200), '*.MaxSessionDuration'],
  [length(20, 2048), '*.PermissionsBoundary'],
  [text(1, 320, '[\\u0020-\\u00FF]+'), '*.Marker'],
  [range(1, 1000), '*.MaxItems'],
  [atMost(50), '*.Tags', '*.TagKeys'],
  [text(1, 128, `${TAG_CHARACTERS}+`), 'Tag.Key', '*.TagKeys[]'],
  [text(0, 256, `${TAG_CHARACTERS}*`), 'Tag.Value'],
]);

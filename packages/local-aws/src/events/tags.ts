import { AwsError, type JsonObject } from '../service';
import { objects, text } from '../input';
import type { Tag } from './types';

export function readTags(input: JsonObject): readonly Tag[] {
  const tags = objects(input, 'Tags').map(tag => ({
    Key: text(tag, 'Key'),
    Value: text(tag, 'Value'),
  }));
  const repeated = tags.find((tag, i) => tags.slice(0, i).some(other => other.Key === tag.Key));
  if (repeated) {
    throw new AwsError('ValidationException', `Duplicate tag key found: ${repeated.Key}.`);
  }
  return tags;
}

/**
 * The tags after adding some; a key that is there gets the new value.
 * @throws AwsError LimitExceededException
 */
export function mergeTags(old: readonly Tag[], added: readonly Tag[], limit: number): readonly Tag[] {
  const merged = new Map([...old, ...added].map(tag => [tag.Key, tag]));
  if (merged.size > limit) {
    throw new AwsError(
      'LimitExceededException',
      `The requested resource exceeds the maximum number allowed: ${limit} tags.`,
    );
  }
  return [...merged.values()];
}

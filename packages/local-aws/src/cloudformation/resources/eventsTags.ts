import { objects } from '../../input';
import type { JsonValue } from '../../service';
import { mergedTags, type HandlerContext } from './handler';

/** Makes the tags of a bus or rule those of the template and the stack. */
export async function syncTags(context: HandlerContext, arn: string, own: JsonValue | undefined): Promise<void> {
  const wanted = mergedTags(context, own);
  const there = objects(await context.call('events', 'ListTagsForResource', { ResourceARN: arn }), 'Tags');
  const gone = there.map(tag => String(tag.Key)).filter(key => !wanted.some(tag => tag.Key === key));
  if (gone.length > 0) await context.call('events', 'UntagResource', { ResourceARN: arn, TagKeys: gone });
  const changed = wanted.filter(tag => !there.some(old => old.Key === tag.Key && old.Value === tag.Value));
  if (changed.length > 0) {
    await context.call('events', 'TagResource', { ResourceARN: arn, Tags: changed as unknown as JsonValue });
  }
}

import { AwsError, type JsonObject } from '../service';

const MAX_ENTRIES = 10;
const ENTRY_ID = /^[A-Za-z0-9_-]{1,80}$/;

/**
 * Runs one operation for each entry of a batch. What fails for one entry is told in its place, and the others go on.
 * @throws AwsError where the batch itself is wrong
 */
export function runBatch(entries: readonly JsonObject[], one: (entry: JsonObject) => object | void): object {
  checkEntries(entries.map(entry => String(entry.Id)));
  const successful: object[] = [];
  const failed: object[] = [];
  for (const entry of entries) {
    try {
      successful.push({ Id: entry.Id, ...one(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.push({
        Id: entry.Id,
        SenderFault: true,
        Code: error.code,
        Message: error.message,
      });
    }
  }
  return { Successful: successful, Failed: failed };
}

function checkEntries(ids: readonly string[]): void {
  if (ids.length === 0) {
    throw new AwsError(
      'EmptyBatchRequest',
      'There should be at least one SendMessageBatchRequestEntry in the request.',
    );
  }
  if (ids.length > MAX_ENTRIES) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAX_ENTRIES}. You have sent ${ids.length}.`,
    );
  }
  const wrong = ids.find(id => !ENTRY_ID.test(id));
  if (wrong !== undefined) {
    throw new AwsError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  }
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    throw new AwsError('BatchEntryIdsNotDistinct', `Id ${twice} repeated.`);
  }
}

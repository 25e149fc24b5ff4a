/** A file above this is a mistake; a schema of 5 MB is not. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024;
/** Event repositories of 10,000 event types with 10 subscriptions each have some 150,000 files. */
export const MAX_FILES = 2_000_000;

/** Characters of a summary in a list. */
const MAX_SUMMARY_CHARACTERS = 240;

/** First sentence of a Markdown description as plain text: no mark-up, no HTML, one line. */
export function toSummary(markdown: string): string {
  const paragraph = markdown.trim().split(/\n\s*\n/, 1)[0] ?? '';
  const plain = paragraph
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replace(/^[#>\s]+/gm, '')
    .replace(/(\*\*|__|`|~~)/g, '')
    .replace(/(^|\W)[*_]([^*_]+)[*_](?=\W|$)/g, '$1$2')
    .replace(/\s+/g, ' ')
    .trim();
  const sentence = /^.*?[.!?](?=\s|$)/.exec(plain)?.[0] ?? plain;
  const characters = [...sentence];
  return characters.length > MAX_SUMMARY_CHARACTERS
    ? `${characters.slice(0, MAX_SUMMARY_CHARACTERS - 1).join('')}…`
    : sentence;
}

/** Sorts versions as semver does, as text: each number padded, a pre-release before its release. */
export function toVersionKey(version: string): string {
  const match = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?/.exec(version);
  if (!match) return version;
  const [, major, minor, patch, preRelease] = match;
  const numbers = [major, minor, patch].map(padded).join('.');
  return preRelease === undefined ? `${numbers}~` : `${numbers}-${preRelease.replace(/\d+/g, padded)}`;
}

function padded(digits: string): string {
  return digits.padStart(10, '0');
}

/** Postgres indexes no more than some 2,700 bytes; no name that a person wrote comes near. */
const MAX_KEY_CHARACTERS = 400;

/** How names sort: letters of either case together. */
export function toSortKey(text: string): string {
  return toKey(text.normalize('NFKC').toLowerCase());
}

/** A text as far as an index takes it. */
export function toKey(text: string): string {
  return text.slice(0, MAX_KEY_CHARACTERS);
}

/**
 * How names and texts become the words that the search knows: `Access Granted`, `accessGranted`, `access-granted` and
 * `com.key.access` all give `access`. Both databases get these words, so that a search finds the same on either.
 */

/** Longer words are cut; nobody types them, and an attacker's could fill the index. */
const MAX_WORD_CHARACTERS = 40;
/** Words of one search; more would not narrow it. */
const MAX_QUERY_WORDS = 12;

/** Words of a sentence that say nothing of an event: left out where a search has others. */
const FILLERS = new Set(
  'a an and are as at by do does for from has have how in is it its of on or that the to was what when which who with'.split(
    ' ',
  ),
);

const CAMEL_CASE = /([\p{Ll}\p{N}])(\p{Lu})|(\p{Lu})(\p{Lu}\p{Ll})/gu;
const NOT_A_WORD = /[^\p{L}\p{N}\p{M}]+/u;

/*
 * Almost every text is plain ASCII, for which the same comes out several times faster: a large repository has a million
 * texts with words.
 */
// eslint-disable-next-line no-control-regex
const IS_ASCII = /^[\x00-\x7f]*$/;
const ASCII_WORD = /[A-Za-z0-9]+/g;
const UPPER_CASE = /[A-Z]/;
const HAS_CAMEL_CASE = /[a-z0-9][A-Z]|[A-Z][A-Z][a-z]/;
const LOWER_CASE_WORD = /[a-z0-9]+/g;
const ASCII_CAMEL_CASE = /([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])/g;

/** Words of a text in order, in lower case, camelCase split as well as kept whole. */
export function toWords(text: string): string[] {
  const words: string[] = [];
  if (IS_ASCII.test(text)) {
    if (!HAS_CAMEL_CASE.test(text)) return text.toLowerCase().match(LOWER_CASE_WORD)?.map(shortened) ?? words;
    for (const chunk of text.match(ASCII_WORD) ?? []) {
      if (UPPER_CASE.test(chunk)) addChunk(words, chunk, chunk.replace(ASCII_CAMEL_CASE, '$1$3 $2$4'));
      else words.push(cut(chunk));
    }
    return words;
  }
  for (const chunk of text.normalize('NFKC').split(NOT_A_WORD)) {
    if (chunk !== '') addChunk(words, chunk, chunk.replace(CAMEL_CASE, '$1$3 $2$4'));
  }
  return words;
}

/** Its parts, and where there are several, the whole. */
function addChunk(words: string[], chunk: string, split: string): void {
  const parts = split.split(' ');
  for (const part of parts) words.push(cut(part));
  if (parts.length > 1) words.push(cut(chunk));
}

/** Words of what a person typed; each is the beginning of a word that must occur. */
export function toQueryWords(query: string): string[] {
  const words: string[] = [];
  for (const chunk of query.normalize('NFKC').split(NOT_A_WORD)) {
    if (chunk === '') continue;
    for (const part of chunk.replace(CAMEL_CASE, '$1$3 $2$4').split(' ')) {
      const word = cut(part);
      if (!words.includes(word)) words.push(word);
    }
  }
  const telling = words.filter(word => !FILLERS.has(word));
  return (telling.length > 0 ? telling : words).slice(0, MAX_QUERY_WORDS);
}

function cut(word: string): string {
  return shortened(word.toLowerCase());
}

function shortened(lower: string): string {
  return lower.length > MAX_WORD_CHARACTERS ? [...lower].slice(0, MAX_WORD_CHARACTERS).join('') : lower;
}

const ASCII = /^[\x20-\x7e]*$/;

/** Whether one of the query's words begins a word of the text. */
export function matchesWords(text: string, queryWords: readonly string[]): boolean {
  // Most texts of a list have none of the words anywhere: no need to take them apart.
  if (ASCII.test(text)) {
    const lower = text.toLowerCase();
    if (!queryWords.some(word => lower.includes(word))) return false;
  }
  const words = toWords(text);
  return queryWords.some(queryWord => words.some(word => word.startsWith(queryWord)));
}

/*
 * Texts of people inside Markdown that a forge shows: they must stay what they are, and never become a mention, a link, an
 * issue reference, HTML, or the end of the code that they stand in.
 */

/** Keeps a forge from seeing a mention or a link; nobody sees it. */
const BREAK = '\u200b';

/** A name in backticks, on one line. Backticks inside it are fenced by longer ones. */
export function code(text: string): string {
  const line = oneLine(text);
  if (line === '') return '` `';
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(run => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** A text of a person, on one line, as nothing but text. */
export function prose(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]()#+\-.!|<>~&$^=]/g, char => (/[-.!()+=]/.test(char) ? char : `\\${char}`))
    .replace(/@/g, `@${BREAK}`)
    .replace(/\\#/g, `\\#${BREAK}`)
    .replace(/\b(https?|ftp|mailto|ssh|git)(:)/gi, `$1${BREAK}$2`)
    .replace(/\bwww\./gi, `www${BREAK}.`)
    .replace(/\b(gh-)(\d)/gi, `$1${BREAK}$2`)
    .replace(/^(\s*)([-+=]|\d+[.)])/, `$1${BREAK}$2`);
}

/** Longer texts of people, cut for a sentence. */
export function excerpt(text: string, characters: number = 200): string {
  const line = oneLine(text);
  return line.length <= characters ? line : `${line.slice(0, characters - 1).trimEnd()}…`;
}

/** A block of code that nothing in it can end. */
export function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(run => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n+$/, '')}\n${fence}`;
}

/** A cell of a table. */
export function cell(markdown: string): string {
  return markdown.replace(/\r?\n/g, ' ').replace(/\\?\|/g, '\\|');
}

export function oneLine(text: string): string {
  return text
    .replace(/[\s\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
}

/** `a, b and c` */
export function list(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** `4444-5555-6666`, as the AWS console writes it. */
export function accountId(id: string): string {
  return id.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');
}

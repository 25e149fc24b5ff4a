/**
 * Colours for short pieces of code. A tokenizer per language in a regular expression, since a full highlighter weighs
 * more than all pages together. Every character of the text is kept; what is not recognised stays plain.
 */
export type CodeLanguage = 'json' | 'yaml' | 'typescript' | 'python' | 'java' | 'shell' | 'text';
export type TokenKind = 'key' | 'string' | 'number' | 'keyword' | 'comment';

export interface CodeToken {
  readonly text: string;
  readonly kind?: TokenKind;
}

const KEYWORDS =
  'import|from|export|const|let|var|function|return|async|await|new|type|interface|class|extends|implements|if|else|for|of|in|try|catch|throw|def|with|as|public|private|static|final|void|record|package|true|false|null|undefined|None|True|False';

/** The groups of each expression, in the order of `kinds`. No nested repetition, so that time stays linear. */
const GRAMMARS: Readonly<
  Record<CodeLanguage, { readonly pattern: RegExp; readonly kinds: readonly TokenKind[] } | undefined>
> = {
  json: {
    pattern: /("(?:[^"\\\n]|\\.)*")(?=\s*:)|("(?:[^"\\\n]|\\.)*")|(-?\b\d[\d.eE+-]*)|\b(true|false|null)\b/g,
    kinds: ['key', 'string', 'number', 'keyword'],
  },
  yaml: {
    pattern:
      /(#[^\n]*)|("(?:[^"\\\n]|\\.)*"|'[^'\n]*')|(^[ \t-]*[\w$./@-]+(?=:(?:\s|$)))|\b(true|false|null)\b|((?<=[\s[,])\d[\d.]*(?=[\s,\]]|$))/gm,
    kinds: ['comment', 'string', 'key', 'keyword', 'number'],
  },
  typescript: code('\\/\\/[^\\n]*|\\/\\*[\\s\\S]*?\\*\\/'),
  java: code('\\/\\/[^\\n]*|\\/\\*[\\s\\S]*?\\*\\/'),
  python: code('#[^\\n]*'),
  shell: {
    pattern: /(^[ \t]*#[^\n]*)|("(?:[^"\\]|\\.)*"|'[^']*')/gm,
    kinds: ['comment', 'string'],
  },
  text: undefined,
};

function code(comment: string) {
  return {
    pattern: new RegExp(
      `(${comment})|("(?:[^"\\\\\\n]|\\\\.)*"|'(?:[^'\\\\\\n]|\\\\.)*'|\`(?:[^\`\\\\]|\\\\.)*\`)|\\b(${KEYWORDS})\\b|(\\b\\d[\\d._]*\\b)`,
      'g',
    ),
    kinds: ['comment', 'string', 'keyword', 'number'] as const,
  };
}

export function tokensOf(text: string, language: CodeLanguage): readonly CodeToken[] {
  const grammar = GRAMMARS[language];
  if (!grammar) return [{ text }];
  const tokens: CodeToken[] = [];
  let end = 0;
  for (const match of text.matchAll(grammar.pattern)) {
    if (match.index > end) tokens.push({ text: text.slice(end, match.index) });
    const group = match.slice(1).findIndex(part => part !== undefined);
    tokens.push({ text: match[0], kind: grammar.kinds[group] });
    end = match.index + match[0].length;
  }
  if (end < text.length) tokens.push({ text: text.slice(end) });
  return tokens;
}

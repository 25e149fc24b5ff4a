export type SnippetLanguage = 'typescript' | 'python' | 'cli';

/** Code to copy. */
export interface Snippet {
  /** For syntax colours. */
  readonly language: 'typescript' | 'python' | 'shell';
  /** A name for the file, should it become one. */
  readonly file: string;
  readonly code: string;
}

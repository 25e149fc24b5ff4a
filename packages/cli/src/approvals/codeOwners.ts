/** Where GitHub looks for the file, in its order. */
export const CODEOWNERS_FILES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

interface Line {
  readonly matches: RegExp;
  readonly owners: readonly string[];
}

/** Who owns a path: `@login`, `@organisation/team` or an e-mail address. Empty where nobody does. */
export type OwnersOf = (path: string) => readonly string[];

/**
 * Reads a CODEOWNERS file: the last line that fits a path counts.
 * https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 */
export function parseCodeOwners(text: string): OwnersOf {
  const lines = text.split(/\r?\n/).flatMap((line): readonly Line[] => {
    // A `#` begins a comment, at the end of a line too; in a path it is written `\#`.
    const [pattern, ...owners] = line
      .replace(/(^|\s)#.*$/, '')
      .trim()
      .split(/(?<!\\)\s+/);
    return pattern ? [{ matches: matcherOf(pattern), owners }] : [];
  });
  return path => lines.findLast(({ matches }) => matches.test(path))?.owners ?? [];
}

/** As in .gitignore, without `!` and `[ ]`, which GitHub does not take either. */
function matcherOf(pattern: string): RegExp {
  const isFolder = pattern.endsWith('/');
  const body = pattern.replace(/^\/|\/$/g, '');
  // A slash anywhere but at the end ties the pattern to the root.
  const isTied = pattern.startsWith('/') || body.includes('/');
  const parts = body.split('/').map(part => (part === '**' ? part : part.replace(/\\(.)|[^]/g, toExpression)));
  const inner = parts
    .join('/')
    .replace(/(^|\/)\*\*\//g, '$1(?:.*/)?')
    .replace(/\/\*\*$/, '/.*');
  return new RegExp(`^${isTied ? '' : '(?:.*/)?'}${inner}${below(pattern, isFolder)}$`);
}

/** `docs/*` takes files right in docs; every other pattern takes what lies below, too. */
function below(pattern: string, isFolder: boolean): string {
  if (isFolder) return '/.*';
  return pattern.endsWith('/*') ? '' : '(?:/.*)?';
}

function toExpression(match: string, escaped: string | undefined): string {
  if (escaped !== undefined) return escaped.replace(/\W/g, '\\$&');
  if (match === '*') return '[^/]*';
  if (match === '?') return '[^/]';
  return match.replace(/[.+^${}()|[\]\\]/g, '\\$&');
}

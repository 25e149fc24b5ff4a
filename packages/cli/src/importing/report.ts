import { count, type Output } from '../output';
import type { Written } from './generatedFiles';

/** At most so many file names are listed. */
const MAX_LISTED = 20;

/** Tells what an import did. */
export function reportWritten(
  folder: string,
  what: string,
  { written, unchanged, removed, kept }: Written,
  notes: readonly string[],
  output: Output,
): void {
  for (const note of notes) output.note(`note: ${note}`);
  for (const path of kept.slice(0, MAX_LISTED)) {
    output.note(`note: ${path} was written or edited by a person and is left as it is`);
  }
  if (kept.length > MAX_LISTED) {
    output.note(`note: and ${count(kept.length - MAX_LISTED, 'more file')} likewise`);
  }
  output.out(
    `${what} in ${folder}: ${count(
      written,
      'file',
    )} written, ${unchanged} unchanged, ${removed} removed. Next: busline check ${folder}`,
  );
}

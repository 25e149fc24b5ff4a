/** Keys and indexes from the root of a document to a value. */
export type Pointer = readonly (string | number)[];

/** A place in a text. Lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export const START: Position = { line: 1, column: 1 };

/** Line and column of an offset; a column counts UTF-16 units, as editors do. */
export function positionAt(text: string, offset: number): Position {
  const end = Math.max(0, Math.min(offset, text.length));
  let line = 1;
  let lineStart = 0;
  for (let next = text.indexOf('\n'); next !== -1 && next < end; next = text.indexOf('\n', next + 1)) {
    line += 1;
    lineStart = next + 1;
  }
  return { line, column: end - lineStart + 1 };
}

/** Reads a JSON pointer (RFC 6901), e.g. `/a/0/b~1c`. */
export function parsePointer(pointer: string): string[] {
  return pointer === ''
    ? []
    : pointer
        .replace(/^#?\//, '')
        .split('/')
        .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** The pointer as people write it: `publishes[2].source`. */
export function formatPointer(pointer: Pointer): string {
  return pointer
    .map((part, index) => {
      if (typeof part === 'number' || /^\d+$/.test(part)) return `[${part}]`;
      const plain = /^[A-Za-z_$][\w$-]*$/.test(part);
      if (!plain) return `[${JSON.stringify(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

/*
 * JSON pointers (RFC 6901).
 */

export function escapeKey(key: string): string {
  return key.includes('~') || key.includes('/') ? key.replace(/~/g, '~0').replace(/\//g, '~1') : key;
}

export function unescapeKey(key: string): string {
  return key.includes('~') ? key.replace(/~1/g, '/').replace(/~0/g, '~') : key;
}

/** `/a/b~1c` to `['a', 'b/c']`; a leading `#` is allowed. */
export function parsePointer(pointer: string): readonly string[] {
  const text = pointer.startsWith('#') ? pointer.slice(1) : pointer;
  if (text === '' || text === '/') {
    return text === '' ? [] : [''];
  }
  return (text.startsWith('/') ? text.slice(1) : text).split('/').map(unescapeKey);
}

/**
 * A path that grows by one key at a time and is written out only when it is
 * needed. The first link's key is a pointer as it stands.
 */
export interface PathLink {
  readonly parent: PathLink | undefined;
  readonly key: string | number;
}

export function rootPath(pointer = ''): PathLink {
  return { parent: undefined, key: pointer };
}

export function toPointer(path: PathLink): string {
  const keys: string[] = [];
  let link = path;
  while (link.parent) {
    keys.push(typeof link.key === 'number' ? String(link.key) : escapeKey(link.key));
    link = link.parent;
  }
  keys.push(String(link.key));
  return keys.reverse().join('/');
}

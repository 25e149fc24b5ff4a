import { parseCodeOwners } from './codeOwners';

const owners = (text: string, path: string) => parseCodeOwners(text)(path).join(' ');

describe('parseCodeOwners', () => {
  it.each([
    ['* @a', 'x/y.yaml', '@a'],
    ['* @a\n/events/com.key/ @o/b @c', 'events/com.key/x/event.yaml', '@o/b @c'],
    ['* @a\n/events/com.key/ @b', 'events/com.key2/event.yaml', '@a'],
    ['* @a\n/events/com.key/ @b', 'x/events/com.key/event.yaml', '@a'],
    // The last line counts, and may name nobody.
    ['* @a\n/events/', 'events/x', ''],
    ['/events/ @b\n* @a', 'events/x', '@a'],
    // Without a slash in it, a pattern fits at any depth.
    ['*.json @a', 'events/x/schema.json', '@a'],
    ['events @a', 'x/events/y', '@a'],
    ['events/x @a', 'y/events/x', ''],
    // A file as such, and only what lies right in a folder.
    ['/events/* @a', 'events/x.yaml', '@a'],
    ['/events/* @a', 'events/x/y.yaml', ''],
    ['/* @a', 'x/y.yaml', ''],
    ['/events/** @a', 'events/x/y.yaml', '@a'],
    ['/events/**/event.yaml @a', 'events/event.yaml', '@a'],
    ['/events/**/event.yaml @a', 'events/x/y/event.yaml', '@a'],
    ['/a?c @a', 'abc', '@a'],
    // A dot is a dot.
    ['/events/com.key/ @a', 'events/comxkey/event.yaml', ''],
    ['/a\\ b/ @a', 'a b/c', '@a'],
    ['# * @x\n* @a # the rest', 'x', '@a'],
    ['', 'x', ''],
  ])('%j: who owns %s', (text, path, expected) => {
    expect(owners(text, path)).toBe(expected);
  });
});

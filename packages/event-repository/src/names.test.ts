import { disguise, pathEscape, skeleton, slugOf, sourceFolderOf, visible } from './names';

describe('slugOf', () => {
  it.each([
    ['Access Granted', 'access-granted'],
    ['issues.opened', 'issues-opened'],
    ['S3: Object  Created!', 's3-object-created'],
    ['Café Öffnet', 'cafe-offnet'],
    ['../../etc/passwd', 'etc-passwd'],
    ['アクセス許可', 'type-6d506a64'],
  ])('%s', (detailType, slug) => {
    expect(slugOf(detailType)).toBe(slug);
  });

  it('bounds what becomes a folder', () => {
    expect(slugOf('x'.repeat(256))).toHaveLength(100);
  });
});

describe('sourceFolderOf', () => {
  it.each([
    ['com.key.access', 'com.key.access'],
    ['aws.partner/example.com/123', 'aws.partner-example.com-123'],
    ['..', '-'],
    ['', '-'],
  ])('%j', (source, folder) => {
    expect(sourceFolderOf(source)).toBe(folder);
  });
});

describe('disguise', () => {
  it.each([
    ['Access Granted', undefined],
    ['Доступ', undefined],
    ['アクセス Granted', undefined],
    ['Acc\u0435ss', 'mixes letters of Latin and Cyrillic, which look alike'],
    ['Access\u200b', 'holds an invisible character'],
    ['\u202eyssecca', 'holds a character that changes the direction of text'],
    ['a\u0085b', 'holds a control character'],
    ['cafe\u0301', 'is not in Unicode normal form C'],
    ['Ａccess', 'holds look-alikes of other characters; written plainly it is "Access"'],
  ])('%j', (name, reason) => {
    expect(disguise(name)).toBe(reason);
  });
});

describe('pathEscape', () => {
  it.each([
    ['events/x/event.yaml', undefined],
    ['../x', 'leaves its folder'],
    ['a/../../x', 'leaves its folder'],
    ['/etc/passwd', 'is absolute'],
    ['C:/x', 'is absolute'],
    ['a\0b', 'holds a NUL character'],
    ['a\\b', 'holds a backslash'],
    ['a//b', 'holds an empty segment'],
    ['', 'is empty'],
  ])('%j', (path, reason) => {
    expect(pathEscape(path)).toBe(reason);
  });
});

it('skeleton tells what looks alike', () => {
  expect(skeleton('\u0430\u0441\u0441\u0435\u0455\u0455')).toBe(skeleton('access'));
  expect(skeleton('access')).not.toBe(skeleton('excess'));
});

it('visible shows what would hide', () => {
  expect(visible('a\0b\u202ec\n')).toBe('a\\u0000b\\u202ec\\u000a');
});

import { contentHash } from './text/contentHash';
import type { EventTypeReference } from './types';

/** Characters of a slug; file systems allow 255 bytes, Windows 260 for a whole path. */
export const MAX_SLUG_CHARACTERS = 100;

/** One text that names an event type, for maps and lists: `com.key.access/Access Granted`. */
export function eventTypeId(type: EventTypeReference): string {
  return `${type.source}/${type.detailType}`;
}

/**
 * Folder name of a detail-type: lower case, everything but letters and digits
 * turned to `-`. One without any ASCII letter or digit gets a name made from its hash.
 */
export function slugOf(detailType: string): string {
  const slug = detailType
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG_CHARACTERS)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? `type-${contentHash(detailType).slice(0, 8)}` : slug;
}

/** Folder name of a source: what is no letter, digit, `.`, `_` or `-` becomes `-` (partner sources hold `/`). */
export function sourceFolderOf(source: string): string {
  const folder = source
    .replace(/[^A-Za-z0-9._-]/g, '-')
    .replace(/^\.+/, '-')
    .slice(0, MAX_SLUG_CHARACTERS);
  return folder === '' ? '-' : folder;
}

/** Name of a subscription's rule on AWS, where that is short enough. */
export function ruleNameOf(subscription: {
  readonly service: string;
  readonly name: string;
  readonly rule?: string;
}): string {
  return subscription.rule ?? `${subscription.service}-${subscription.name}`;
}

const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/u;
/** Controls that make text appear in another order than it has (Trojan Source, CVE-2021-42574). */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
/** Scripts with letters that look like Latin ones; a name in several of them is a disguise. */
const CONFUSABLE_SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
];

/** Why a name is not what it looks like, if so; undefined for an honest one. */
export function disguise(name: string): string | undefined {
  // eslint-disable-next-line no-control-regex
  if (/^[\x20-\x7e]*$/.test(name)) return undefined;
  // eslint-disable-next-line no-control-regex
  if (/[\x00-\x1f\x7f-\x9f]/.test(name)) return 'holds a control character';
  if (BIDI.test(name)) return 'holds a character that changes the direction of text';
  if (INVISIBLE.test(name)) return 'holds an invisible character';
  const scripts = CONFUSABLE_SCRIPTS.filter(([, letters]) => letters.test(name));
  if (scripts.length > 1) {
    return `mixes letters of ${scripts.map(([script]) => script).join(' and ')}, which look alike`;
  }
  if (name !== name.normalize('NFC')) return 'is not in Unicode normal form C';
  if (name !== name.normalize('NFKC')) {
    return `holds look-alikes of other characters; written plainly it is ${JSON.stringify(name.normalize('NFKC'))}`;
  }
  return undefined;
}

/** A text with its control, invisible and direction-changing characters written as escapes. */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    char => `\\u${char.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  );
}

/** Why a path would leave the folder that it stands in, if so. */
export function pathEscape(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.includes('\0')) return 'holds a NUL character';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is absolute';
  if (path.includes('\\')) return 'holds a backslash';
  for (const segment of path.split('/')) {
    if (segment === '..') return 'leaves its folder';
    if (segment === '.' || segment === '') return 'holds an empty segment';
  }
  return undefined;
}

const LOOKS_LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...'аa вb гr еe кk мm нh оo рp сc тt уy хx ѕs іi јj һh ԁd ԛq ԝw ӏl'.split(' '),
    ...'αa βb γy εe ηn ιi κk νv οo ρp τt υu χx ωw'.split(' '),
  ].map(pair => [pair[0], pair[1]]),
);

/** What a name looks like: two names with one skeleton can be taken for each other. */
export function skeleton(name: string): string {
  const lower = name.normalize('NFKC').toLowerCase();
  // eslint-disable-next-line no-control-regex
  if (/^[\x20-\x7e]*$/.test(lower)) return lower;
  return [...lower]
    .filter(char => !INVISIBLE.test(char))
    .map(char => LOOKS_LATIN[char] ?? char)
    .join('');
}

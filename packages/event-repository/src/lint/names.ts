/** The words of a field's name, in lower case: `guestEmail`, `guest_email` and `guest-email` are `guest`, `email`. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter(word => word !== '')
    .map(word => word.toLowerCase());
}

export type NameStyle = 'camelCase' | 'snake_case' | 'kebab-case' | 'PascalCase' | 'SCREAMING_CASE';

const STYLES: readonly (readonly [NameStyle, RegExp])[] = [
  ['camelCase', /^[a-z][a-z0-9]*([A-Z][A-Za-z0-9]*)+$/],
  ['snake_case', /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/],
  ['kebab-case', /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/],
  ['PascalCase', /^[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*$/],
  ['SCREAMING_CASE', /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/],
];

/** One word, which is as good in any style. */
const PLAIN = /^[a-z][a-z0-9]*$/;

/** How a name joins its words; undefined for a single word, `other` for what joins them in no known way. */
export function styleOf(name: string): NameStyle | 'other' | undefined {
  if (PLAIN.test(name)) return undefined;
  return STYLES.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other';
}

/** Fields that hold a moment or a day by their last word. */
export function isTimeName(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  return ['timestamp', 'datetime', 'date'].includes(last) || (last === 'at' && words.length > 1);
}

/** Fields that identify something by their last word. */
export const isIdName = (name: string) => /^(id|uuid|guid)$/.test(wordsOf(name).at(-1) ?? '');

const PERSONAL_LAST = new Set(['email', 'phone', 'telephone', 'msisdn', 'surname', 'ssn', 'iban', 'birthday', 'ip']);
const PERSONAL_PAIRS = new Set([
  'first name',
  'last name',
  'given name',
  'given names',
  'family name',
  'full name',
  'maiden name',
  'birth date',
  'of birth',
  'email address',
  'mail address',
  'phone number',
  'telephone number',
  'mobile number',
  'passport number',
  'street address',
  'postal address',
  'home address',
  'ip address',
]);

/** Fields that by their name hold what tells one person from others. */
export function isPersonalName(name: string): boolean {
  const words = wordsOf(name);
  return PERSONAL_LAST.has(words.at(-1) ?? '') || PERSONAL_PAIRS.has(words.slice(-2).join(' '));
}

/*
 * Numbers of patterns and events. EventBridge compares numbers by value when
 * a double holds them exactly as they are written (1, 1.0 and 10e-1 are the
 * same), and by their text when not: 9007199254740993 matches itself only.
 */

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Up to this many characters without an exponent, a double holds the decimal. */
const ALWAYS_EXACT_CHARACTERS = 15;

/** Sign, digits and exponent without superfluous zeros: equal numbers, equal text. */
function normaliseDecimal(text: string): string | undefined {
  const parts = NUMBER.exec(text);
  if (!parts) {
    return undefined;
  }
  const [, sign, whole, fraction = '', exponent = '0'] = parts;
  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') {
    return '0';
  }
  const significant = digits.replace(/0+$/, '');
  const shift = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length);
  return `${sign}${significant}e${shift}`;
}

/** The number as a double, or undefined where a double is not that number. */
export function toComparable(text: string): number | undefined {
  const value = Number(text);
  if (!Number.isFinite(value)) {
    return undefined;
  }
  if (text.length <= ALWAYS_EXACT_CHARACTERS && !text.includes('e') && !text.includes('E')) {
    return value;
  }
  return normaliseDecimal(String(value)) === normaliseDecimal(text) ? value : undefined;
}

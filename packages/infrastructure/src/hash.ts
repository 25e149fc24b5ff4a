/**
 * SHA-256 (FIPS 180-4) of a text, cut to a few letters, for names that must not collide.
 * Written out because this package runs in the browser as well, where the platform's digest is asynchronous.
 */

const ROUND_CONSTANTS = roundConstants();
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const BITS_PER_LETTER = 5;

/** Letters of a name's hash: 50 bits, so that 100,000 names collide with a chance of one in 200,000. */
export const NAME_HASH_LENGTH = 10;

/**
 * @param parts - what makes the thing what it is; `['a', 'bc']` and `['ab', 'c']` differ
 * @param length - letters to return, 1 to 51
 * @returns lower-case letters and digits
 */
export function shortHash(parts: readonly string[], length: number = NAME_HASH_LENGTH): string {
  const digest = sha256(utf8(JSON.stringify(parts)));
  let text = '';
  let bits = 0;
  let pending = 0;
  for (let at = 0; text.length < length; ) {
    if (bits < BITS_PER_LETTER) {
      pending = ((pending << 8) | digest[at++]) & 0xffff;
      bits += 8;
    }
    bits -= BITS_PER_LETTER;
    text += ALPHABET[(pending >> bits) & 31];
  }
  return text;
}

/** @returns the 32 bytes of the digest */
export function sha256(message: Uint8Array): Uint8Array {
  const state = new Uint32Array([
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
  ]);
  const padded = pad(message);
  const schedule = new Uint32Array(64);
  for (let offset = 0; offset < padded.length; offset += 64) {
    compress(state, schedule, padded, offset);
  }
  const digest = new Uint8Array(32);
  state.forEach((word, i) => writeWord(digest, i * 4, word));
  return digest;
}

function pad(message: Uint8Array): Uint8Array {
  const padded = new Uint8Array((((message.length + 8) >> 6) + 1) * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  const bits = message.length * 8;
  writeWord(padded, padded.length - 8, Math.floor(bits / 2 ** 32));
  writeWord(padded, padded.length - 4, bits >>> 0);
  return padded;
}

function compress(state: Uint32Array, w: Uint32Array, block: Uint8Array, offset: number): void {
  for (let i = 0; i < 16; i++) {
    const at = offset + i * 4;
    w[i] = (block[at] << 24) | (block[at + 1] << 16) | (block[at + 2] << 8) | block[at + 3];
  }
  for (let i = 16; i < 64; i++) {
    const s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >>> 3);
    const s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >>> 10);
    w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const t1 = (h + s1 + choice + ROUND_CONSTANTS[i] + w[i]) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + s0 + majority) | 0];
  }
  const worked = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i++) state[i] += worked[i];
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function writeWord(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word >>> 24;
  bytes[at + 1] = word >>> 16;
  bytes[at + 2] = word >>> 8;
  bytes[at + 3] = word;
}

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
function roundConstants(): Uint32Array {
  const constants = new Uint32Array(64);
  let found = 0;
  for (let n = 2; found < 64; n++) {
    let prime = true;
    for (let i = 2; i * i <= n; i++) if (n % i === 0) prime = false;
    if (prime) constants[found++] = (Math.cbrt(n) % 1) * 2 ** 32;
  }
  return constants;
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/**
 * SHA-256 (FIPS 180-4) of a text, cut to a few letters, for names that must not collide.
 * Written out because this package runs in the browser as well, where the platform's digest is asynchronous.
 */

const ROUND_CONSTANTS = roundConstants();
const INITIAL_STATE = new Uint32Array([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);
/** The padding is a bit, zeros up to the next block, and the length: at most this many bytes. */
const MAX_PADDING = 72;

const encoder = new TextEncoder();
const state = new Uint32Array(8);
const w = new Int32Array(64);
let scratch = new Uint8Array(1024);

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
  const digest = digestText(JSON.stringify(parts));
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

function digestText(text: string): Uint8Array {
  // A UTF-16 unit is at most three bytes of UTF-8.
  if (text.length * 3 + MAX_PADDING > scratch.length) return sha256(encoder.encode(text));
  return digestScratch(encoder.encodeInto(text, scratch).written);
}

/** @returns the 32 bytes of the digest */
export function sha256(message: Uint8Array): Uint8Array {
  if (scratch.length < message.length + MAX_PADDING) scratch = new Uint8Array(message.length * 2 + MAX_PADDING);
  scratch.set(message);
  return digestScratch(message.length);
}

/** Digests the first bytes of the scratch buffer: names come by the hundred thousand, and need no buffer each. */
function digestScratch(length: number): Uint8Array {
  const end = pad(length);
  state.set(INITIAL_STATE);
  for (let offset = 0; offset < end; offset += 64) compress(scratch, offset);
  const digest = new Uint8Array(32);
  for (let i = 0; i < 8; i++) writeWord(digest, i * 4, state[i]);
  return digest;
}

/** Writes the padding behind the message and returns where it ends. */
function pad(length: number): number {
  const end = (((length + 8) >> 6) + 1) * 64;
  scratch.fill(0, length, end);
  scratch[length] = 0x80;
  const bits = length * 8;
  writeWord(scratch, end - 8, Math.floor(bits / 2 ** 32));
  writeWord(scratch, end - 4, bits >>> 0);
  return end;
}

/** Sixty-four rounds over one block. Scalars, not arrays, for speed. */
function compress(block: Uint8Array, offset: number): void {
  for (let i = 0; i < 16; i++) {
    const at = offset + i * 4;
    w[i] = (block[at] << 24) | (block[at + 1] << 16) | (block[at + 2] << 8) | block[at + 3];
  }
  for (let i = 16; i < 64; i++) {
    const s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >>> 3);
    const s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >>> 10);
    w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const t1 = (h + s1 + choice + ROUND_CONSTANTS[i] + w[i]) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + s0 + majority) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
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
function roundConstants(): Int32Array {
  const constants = new Int32Array(64);
  let found = 0;
  for (let n = 2; found < 64; n++) {
    let prime = true;
    for (let i = 2; i * i <= n; i++) if (n % i === 0) prime = false;
    if (prime) constants[found++] = Math.floor((Math.cbrt(n) % 1) * 2 ** 32) | 0;
  }
  return constants;
}

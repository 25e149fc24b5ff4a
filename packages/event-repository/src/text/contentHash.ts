const encoder = new TextEncoder();
const scratch = new Uint8Array(64 * 1024);
const words = new Int32Array(80);

/**
 * The id that git gives a file's content: SHA-1 over `blob <bytes>\0` and the
 * bytes (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects). So a list
 * from `git ls-tree -r REF` compares with files without reading the old ones.
 */
export function contentHash(text: string): string {
  const body = encoder.encode(text);
  const header = encoder.encode(`blob ${body.length}\0`);
  const length = header.length + body.length;
  const padded = Math.ceil((length + 9) / 64) * 64;
  const bytes = padded <= scratch.length ? scratch : new Uint8Array(padded);
  bytes.set(header);
  bytes.set(body, header.length);
  bytes.fill(0, length, padded);
  bytes[length] = 0x80;
  const view = new DataView(bytes.buffer, bytes.byteOffset, padded);
  view.setUint32(padded - 8, Math.floor(length / 0x20000000));
  view.setUint32(padded - 4, (length << 3) >>> 0);
  return sha1(view, padded);
}

/** SHA-1 (RFC 3174) of bytes that are padded already. */
function sha1(view: DataView, length: number): string {
  let h0 = 0x67452301;
  let h1 = 0xefcdab89 | 0;
  let h2 = 0x98badcfe | 0;
  let h3 = 0x10325476;
  let h4 = 0xc3d2e1f0 | 0;
  for (let block = 0; block < length; block += 64) {
    expand(view, block);
    let a = h0;
    let b = h1;
    let c = h2;
    let d = h3;
    let e = h4;
    for (let i = 0; i < 80; i += 1) {
      const next = (((a << 5) | (a >>> 27)) + round(i, b, c, d) + e + words[i]) | 0;
      e = d;
      d = c;
      c = (b << 30) | (b >>> 2);
      b = a;
      a = next;
    }
    h0 = (h0 + a) | 0;
    h1 = (h1 + b) | 0;
    h2 = (h2 + c) | 0;
    h3 = (h3 + d) | 0;
    h4 = (h4 + e) | 0;
  }
  return [h0, h1, h2, h3, h4].map(word => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

function expand(view: DataView, block: number): void {
  for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(block + i * 4);
  for (let i = 16; i < 80; i += 1) {
    const word = words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16];
    words[i] = (word << 1) | (word >>> 31);
  }
}

function round(i: number, b: number, c: number, d: number): number {
  if (i < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (i < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (i < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

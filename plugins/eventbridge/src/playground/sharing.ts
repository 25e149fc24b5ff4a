/**
 * Texts in an address. They stand behind its `#`, which browsers do not send: neither a proxy's log nor a server sees a
 * customer's event because somebody opened a link.
 */

/** Longest address that is offered: what chats, mail programs and ticket systems keep whole. */
export const MAX_ADDRESS = 8000;

/** What the first character of a packed text says of the rest. */
const DEFLATED = '1';
const PLAIN = '0';

/** A text as a part of an address, deflated where that is shorter. */
export async function packText(text: string): Promise<string> {
  const plain = PLAIN + encodeURIComponent(wellFormed(text));
  if (typeof CompressionStream === 'undefined') return plain;
  const bytes = await through(new TextEncoder().encode(text), new CompressionStream('deflate-raw'));
  const deflated = DEFLATED + toBase64Url(bytes);
  return deflated.length < plain.length ? deflated : plain;
}

/** The inverse of `packText`; undefined for what never was one, and for what would unpack to more than anybody shares. */
export async function unpackText(packed: string): Promise<string | undefined> {
  try {
    if (packed.startsWith(PLAIN)) return decodeURIComponent(packed.slice(1));
    if (!packed.startsWith(DEFLATED)) return undefined;
    return new TextDecoder().decode(
      await through(fromBase64Url(packed.slice(1)), new DecompressionStream('deflate-raw'), MAX_UNPACKED),
    );
  } catch {
    return undefined;
  }
}

/** Bytes; an event is at most 1 MB. */
const MAX_UNPACKED = 2_000_000;

async function through(
  bytes: Uint8Array,
  stream: { readonly readable: ReadableStream; readonly writable: WritableStream },
  limit: number = Infinity,
): Promise<Uint8Array> {
  const writer = stream.writable.getWriter();
  // What fails here fails where it is read, too.
  writer.write(bytes).catch(() => undefined);
  writer.close().catch(() => undefined);
  const reader = stream.readable.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > limit) {
      await reader.cancel();
      throw new RangeError('too long');
    }
    chunks.push(next.value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), char => char.charCodeAt(0));
}

/** Half a surrogate pair has no address. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

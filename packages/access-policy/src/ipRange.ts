/** Bits of an address, the most significant group first; 4 groups of 8 bits or 8 groups of 16. */
interface Address {
  readonly groups: readonly number[];
  readonly groupBits: 8 | 16;
}

function parseV4(text: string): Address | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  if (!parts.every(p => /^\d{1,3}$/.test(p) && Number(p) <= 255)) {
    return undefined;
  }
  return { groups: parts.map(Number), groupBits: 8 };
}

function parseV6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const read = (half: string) => (half === '' ? [] : half.split(':'));
  const head = read(halves[0]);
  const tail = halves.length === 2 ? read(halves[1]) : [];
  const gap = 8 - head.length - tail.length;
  if (halves.length === 2 ? gap < 1 : gap !== 0) return undefined;
  const all = [...head, ...Array<string>(gap).fill('0'), ...tail];
  if (!all.every(g => /^[0-9a-fA-F]{1,4}$/.test(g))) return undefined;
  return { groups: all.map(g => parseInt(g, 16)), groupBits: 16 };
}

function parseAddress(text: string): Address | undefined {
  return text.includes(':') ? parseV6(text) : parseV4(text);
}

/** True where the address lies in the CIDR range (or equals it, where the range has no length). */
export function ipInRange(address: string, range: string): boolean {
  const [base, length, ...rest] = range.split('/');
  const left = parseAddress(address);
  const right = parseAddress(base);
  if (!left || !right || rest.length > 0) return false;
  if (left.groupBits !== right.groupBits) return false;
  const total = left.groups.length * left.groupBits;
  const bits = length === undefined ? total : Number(length);
  if (!Number.isInteger(bits) || bits < 0 || bits > total) return false;
  return left.groups.every((group, i) => {
    const inGroup = Math.min(Math.max(bits - i * left.groupBits, 0), left.groupBits);
    const shift = left.groupBits - inGroup;
    return group >> shift === right.groups[i] >> shift;
  });
}

/** True where the text is an address or a CIDR range. */
export function isIpRange(text: string): boolean {
  const [base, length] = text.split('/');
  const address = parseAddress(base);
  return address !== undefined && ipInRange(base, length === undefined ? base : text);
}

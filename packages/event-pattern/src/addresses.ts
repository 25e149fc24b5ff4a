/*
 * IP addresses and CIDR blocks, as digits that compare like text. Accepted
 * spellings and error texts are those of EventBridge's own library.
 */
import type { AddressRange } from './types';

/** Thrown by `parseCidr`, worded as EventBridge words it. */
export class AddressError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AddressError';
  }
}

const IPV4 = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/;
const IPV6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;
/** Longer dotted addresses are refused, however their zeros are written. */
export const MAX_IPV4_CHARACTERS = 15;
const IPV6_GROUPS = 8;
/** IPv6 addresses in this block are IPv4 addresses. */
const MAPPED_PREFIX = '00000000000000000000FFFF';

function ipv4Digits(address: string): string | undefined {
  const parts = address.split('.').map(Number);
  if (address.length > MAX_IPV4_CHARACTERS || parts.some(part => part > 255)) {
    return undefined;
  }
  return parts.map(part => part.toString(16).padStart(2, '0')).join('');
}

function groupsOf(text: string): number[] | undefined {
  if (text === '') {
    return [];
  }
  const groups = text.split(':');
  const values = groups.map(group => parseInt(group, 16));
  return groups.some((group, i) => group === '' || values[i] > 0xffff) ? undefined : values;
}

function ipv6Digits(address: string): string | undefined {
  const halves = address.split('::');
  if (halves.length > 2) {
    return undefined;
  }
  const head = groupsOf(halves[0]);
  const tail = halves.length === 2 ? groupsOf(halves[1]) : [];
  if (!head || !tail) {
    return undefined;
  }
  const missing = IPV6_GROUPS - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) {
    return undefined;
  }
  return [...head, ...new Array<number>(missing).fill(0), ...tail]
    .map(group => group.toString(16).padStart(4, '0'))
    .join('');
}

/** Digits of an address, undefined for a text that is none. */
export function addressDigits(address: string): string | undefined {
  if (IPV4.test(address)) {
    return ipv4Digits(address)?.toUpperCase();
  }
  if (!IPV6.test(address)) {
    return undefined;
  }
  const digits = ipv6Digits(address)?.toUpperCase();
  return digits?.startsWith(MAPPED_PREFIX) ? digits.slice(MAPPED_PREFIX.length) : digits;
}

/** Parts between slashes; empty ones at the end do not count. */
function splitAtSlash(text: string): string[] {
  const parts = text.split('/');
  while (parts.length > 0 && parts[parts.length - 1] === '') {
    parts.pop();
  }
  return parts;
}

/**
 * The range of a block such as `10.0.0.0/8` or `2001:db8::/32`.
 * Throws `AddressError` with EventBridge's words.
 */
export function parseCidr(text: string): AddressRange {
  const parts = splitAtSlash(text);
  if (parts.length !== 2) {
    throw new AddressError("Malformed CIDR, one '/' required");
  }
  const [address, mask] = parts;
  const bits = Number(mask);
  if (!/^[+-]?\d+$/.test(mask) || Math.abs(bits) > 0x7fffffff) {
    throw new AddressError('Malformed CIDR, mask bits must be an integer');
  }
  if (bits < 0) {
    throw new AddressError('Malformed CIDR, mask bits must not be negative');
  }
  const digits = addressDigits(address);
  if (digits === undefined) {
    const looksRight = IPV4.test(address) || IPV6.test(address);
    throw new AddressError(`${looksRight ? 'Invalid' : 'Nonstandard'} IP address: ${address}`);
  }
  const width = digits.length * 4;
  if (bits >= width) {
    throw new AddressError(`${width === 32 ? 'IPv4' : 'IPv6'} mask bits must be < ${width}`);
  }
  const free = BigInt(width - bits);
  const first = (BigInt(`0x${digits}`) >> free) << free;
  const last = first | ((1n << free) - 1n);
  const toDigits = (value: bigint) => value.toString(16).toUpperCase().padStart(digits.length, '0');
  return { first: toDigits(first), last: toDigits(last) };
}

/**
 * Whether an address lies in a range. EventBridge compares digit by digit and
 * stops as soon as it is sure, so that an address of the other IP version is
 * judged by the digits that both have.
 */
export function inAddressRange(digits: string, range: AddressRange): boolean {
  const { first, last } = range;
  if (digits.length >= first.length) {
    const head = digits.slice(0, first.length);
    return head >= first && head <= last;
  }
  return digits > first.slice(0, digits.length) && digits < last.slice(0, digits.length);
}

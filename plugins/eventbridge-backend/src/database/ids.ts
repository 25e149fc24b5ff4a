import { hash } from 'node:crypto';

/** 52 bits: whole in a JavaScript number and in a bigint column; two of 100,000 rows collide once in a million databases. */
const ID_HEX_DIGITS = 13;

/** Id of a row, from what identifies it. */
export function rowId(...parts: readonly string[]): number {
  return parseInt(hash('sha256', JSON.stringify(parts), 'hex').slice(0, ID_HEX_DIGITS), 16);
}

/** Hash of what a row holds, to write only rows that changed. */
export function contentHash(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 27);
}

/** Id as the HTTP API shows it. */
export function toPublicId(id: number | string): string {
  return Number(id).toString(36);
}

/** The inverse of `toPublicId`; undefined for what never was one. */
export function fromPublicId(text: string): number | undefined {
  if (!/^[0-9a-z]{1,11}$/.test(text)) return undefined;
  const id = parseInt(text, 36);
  return Number.isSafeInteger(id) && toPublicId(id) === text ? id : undefined;
}

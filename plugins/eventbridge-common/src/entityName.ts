import type { EventTypeRef } from './types';

/** Backstage's limit for entity names. */
const MAX_ENTITY_NAME = 63;
const HASH_CHARACTERS = 8;

/**
 * Name of the catalog entity of an event type: readable, valid in Backstage (letters, digits and `-`, at most 63
 * characters), and different for every source and detail-type because it ends in a hash of both.
 */
export function toEntityName(ref: EventTypeRef): string {
  const slug = `${ref.source}-${ref.detailType}`
    .normalize('NFKD')
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .toLowerCase()
    .slice(0, MAX_ENTITY_NAME - HASH_CHARACTERS - 1)
    .replace(/^-+|-+$/g, '');
  const hash = shortHash(JSON.stringify([ref.source, ref.detailType]));
  return slug === '' ? hash : `${slug}-${hash}`;
}

/** Entity reference of an event type in the catalog. */
export function toEntityRef(ref: EventTypeRef): string {
  return `api:default/${toEntityName(ref)}`;
}

/**
 * cyrb53 (public domain, by bryc), 41 bits of it: the same in the browser and in Node, where `crypto` is only
 * asynchronous. Two of 10,000 names that also share their slug would have to collide.
 */
function shortHash(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  const value = 4294967296 * (2097151 & low) + (high >>> 0);
  return value.toString(36).padStart(HASH_CHARACTERS, '0').slice(-HASH_CHARACTERS);
}

import type { Json, JsonObject } from '../types';

/*
 * Reading values that the published schema has checked already: a value of the
 * wrong type was taken out before, so absent is all that can still happen.
 */

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const NOTHING: JsonObject = Object.freeze({});

export const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : NOTHING);

export const EMPTY: readonly never[] = Object.freeze([]);

export const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : EMPTY);

export const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

export const textsOf = (value: Json | undefined): readonly string[] => {
  const list = listOf(value);
  return list.length === 0 ? EMPTY : (list.filter(item => typeof item === 'string') as string[]);
};

export const numberOf = (value: Json | undefined): number | undefined =>
  typeof value === 'number' ? value : undefined;

/** `access-service` as a title: `Access service`. */
export function titleFrom(name: string): string {
  const words = name.replace(/[-_.]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

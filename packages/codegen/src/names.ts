import type { Json, JsonObject } from '@busline/event-repository';

/** `Access Granted` -> `AccessGranted`; a name that begins with a digit, or has no letter at all, gets an `Event` before. */
export function pascalCase(text: string): string {
  const words = text.normalize('NFKD').match(/[A-Za-z0-9]+/g) ?? [];
  const name = words.map(word => word[0].toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(name) ? name : `Event${name}`;
}

/** `Access Granted` -> `accessGranted` */
export function camelCase(text: string): string {
  const name = pascalCase(text);
  return name[0].toLowerCase() + name.slice(1);
}

/** `Access Granted` -> `access_granted` */
export function snakeCase(text: string): string {
  const words = text.normalize('NFKD').match(/[A-Za-z0-9]+/g) ?? [];
  const name = words.join('_').toLowerCase();
  return /^[a-z]/.test(name) ? name : `event_${name}`;
}

export function asObject(value: Json | undefined): JsonObject | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

import type { CompatibilityException, Json, SchemaSettings } from '../types';
import { isObject, listOf } from './values';

/** `undefined` where the file does not say. */
export function schemaSettingsOf(value: Json | undefined): SchemaSettings | undefined {
  if (!isObject(value)) return undefined;
  const { exceptions: _, ...settings } = value;
  return Object.keys(settings).length > 0 ? (settings as SchemaSettings) : undefined;
}

/** `undefined` where there are none. */
export function exceptionsOf(value: Json | undefined): readonly CompatibilityException[] | undefined {
  const exceptions = isObject(value) ? listOf(value.exceptions) : [];
  return exceptions.length > 0 ? (exceptions as unknown as readonly CompatibilityException[]) : undefined;
}

import type { JsonObject, JsonValue } from '../service';

/** A member's own value: names that every object inherits are not there. */
export function ownMember(input: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(input, name) ? input[name] : undefined;
}

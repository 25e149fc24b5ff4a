import type { JsonObject, JsonValue } from '../service';
import { ownMember } from './ownMember';
import type { Shape } from './shapes';

/** AWS repeats the whole value; past this many characters that helps nobody. */
const MAX_SHOWN = 2_000;

/** A value as AWS's messages print it: texts as they are, lists in brackets, structures as `Tag(key=a, value=b)`. */
export function describeValue(shape: Shape, value: JsonValue): string {
  const shown = print(shape, value);
  return shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN)}...` : shown;
}

function print(shape: Shape, value: JsonValue): string {
  if (value === null) return 'null';
  switch (shape.kind) {
    case 'list':
      return `[${(value as readonly JsonValue[]).map(entry => print(shape.member, entry)).join(', ')}]`;
    case 'map':
      return `{${Object.entries(value as JsonObject)
        .map(([key, entry]) => `${key}=${print(shape.value, entry ?? null)}`)
        .join(', ')}}`;
    case 'structure':
      return `${shape.name}(${shape
        .members()
        .map(
          ({ name, shape: member }) =>
            `${name.charAt(0).toLowerCase()}${name.slice(1)}=${print(
              member,
              ownMember(value as JsonObject, name) ?? null,
            )}`,
        )
        .join(', ')})`;
    default:
      return String(value);
  }
}

import { describeSchema, InvalidSchemaError, type SchemaNode } from '@busline/json-schema';
import type { JsonSchemaDocument } from '../types';

/** Places of a schema that are looked at; of a larger one the reader has understood by then. */
const MAX_NODES = 2_000;
/** Deeper than this nothing is looked at: the rule on depth has spoken long before. */
const MAX_LEVELS = 40;

/** A place of a schema, references followed. */
export interface SchemaPlace {
  readonly node: SchemaNode;
  /** Fields on the way from the root. */
  readonly depth: number;
}

const NOT_DEEPER: ReadonlySet<SchemaNode['kind']> = new Set(['alternative', 'condition', 'root']);

/** The root and every place below it, upper levels first. A schema that is none has no places. */
export function placesOf(schema: JsonSchemaDocument): readonly SchemaPlace[] {
  try {
    const places: SchemaPlace[] = [{ node: describeSchema(schema), depth: 0 }];
    for (let index = 0; index < places.length && places.length < MAX_NODES; index += 1) {
      const { node, depth } = places[index];
      if (depth >= MAX_LEVELS) continue;
      for (const child of node.children()) {
        if (places.length >= MAX_NODES) break;
        places.push({ node: child, depth: depth + Number(!NOT_DEEPER.has(child.kind)) });
      }
    }
    return places;
  } catch (error) {
    // A rule on schemas tells what is wrong with it.
    if (error instanceof InvalidSchemaError) return [];
    throw error;
  }
}

/** Whether a place is a field that an event carries by a name. */
export const isField = ({ node }: SchemaPlace) => node.kind === 'property';

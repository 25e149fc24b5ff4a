/*
 * What stands beneath a node of the tree: properties, items, alternatives,
 * conditions.
 */
import type { SchemaDocument } from './document';
import { isArray, isObject, own, ownArray, ownObject, ownString } from './json';
import { alternativesOf, nullableOf, typesOf } from './typeWords';
import type { Json, JsonObject, SchemaNodeKind } from './types';
import { shown } from './valueKeywords';
import { childOf, viewOf, type Located, type View } from './view';

export interface ChildSpec {
  readonly kind: SchemaNodeKind;
  readonly name: string;
  readonly located: Located;
  readonly required: boolean;
  /** Set for fields of an array's items; the schemas of the item. */
  readonly inItem?: ReadonlySet<JsonObject>;
}

export interface Context {
  readonly document: SchemaDocument;
  /** Whether this is a schema on the way from the root again. */
  isRepetition(view: View): boolean;
}

function requiredNames(view: View): ReadonlySet<Json> {
  return new Set(view.parts.flatMap(({ schema }) => ownArray(schema, 'required') ?? []));
}

function properties(view: View): readonly ChildSpec[] {
  const required = requiredNames(view);
  const specs = new Map<string, ChildSpec>();
  for (const part of view.parts) {
    const map = ownObject(part.schema, 'properties') ?? {};
    for (const name of Object.keys(map)) {
      const located = childOf(part, map[name], 'properties', name);
      const known = specs.get(name);
      specs.set(name, {
        kind: 'property',
        name,
        located: known ? both(known.located, located) : located,
        required: required.has(name),
      });
    }
  }
  return [...specs.values()];
}

/** Two schemas for one property, as one. */
function both(a: Located, b: Located): Located {
  return { ...a, schema: { allOf: [a.schema, b.schema] } };
}

function saysNothing(schema: Json): boolean {
  return typeof schema === 'boolean' || (isObject(schema) && Object.keys(schema).length === 0);
}

function otherProperties(view: View): readonly ChildSpec[] {
  const specs: ChildSpec[] = [];
  for (const part of view.parts) {
    const patterns = ownObject(part.schema, 'patternProperties') ?? {};
    for (const name of Object.keys(patterns)) {
      specs.push({
        kind: 'pattern',
        name,
        located: childOf(part, patterns[name], 'patternProperties', name),
        required: false,
      });
    }
    const others = own(part.schema, 'additionalProperties');
    if (others !== undefined && !saysNothing(others)) {
      specs.push({
        kind: 'additional',
        name: '*',
        located: childOf(part, others, 'additionalProperties'),
        required: false,
      });
    }
  }
  return specs;
}

/** Nothing to say of the item itself, so that its fields may stand for it. */
function isPlainObject(view: View): boolean {
  const types = typesOf(view);
  return (
    !view.never &&
    view.parts.some(({ schema }) => own(schema, 'properties') !== undefined) &&
    (types === undefined || (types.length === 1 && types[0] === 'object')) &&
    alternativesOf(view).length === 0
  );
}

function items(context: Context, view: View): readonly ChildSpec[] {
  const specs: ChildSpec[] = [];
  for (const part of view.parts) {
    const value = own(part.schema, 'items');
    const tuple = ownArray(part.schema, 'prefixItems') ?? (isArray(value) ? value : []);
    const keyword = isArray(value) ? 'items' : 'prefixItems';
    tuple.forEach((each, i) =>
      specs.push({
        kind: 'tuple-item',
        name: `[${i}]`,
        located: childOf(part, each, keyword, i),
        required: false,
      }),
    );
    const rest = isArray(value) ? own(part.schema, 'additionalItems') : value;
    if (rest !== undefined && !saysNothing(rest)) {
      const restKeyword = isArray(value) ? 'additionalItems' : 'items';
      specs.push(...itemSpecs(context, childOf(part, rest, restKeyword)));
    }
  }
  return specs;
}

function itemSpecs(context: Context, located: Located): readonly ChildSpec[] {
  const view = viewOf(context.document, located);
  if (context.isRepetition(view)) {
    return [{ kind: 'item', name: '[]', located, required: false }];
  }
  if (isPlainObject(view)) {
    const inItem = new Set(view.parts.map(({ schema }) => schema));
    return schemaChildren(context, view, 'item').map(spec => ({
      ...spec,
      inItem: spec.inItem ?? inItem,
    }));
  }
  const plain =
    !view.never &&
    view.parts.every(({ schema }) => Object.keys(schema).every(key => key === 'type' || key === 'format'));
  // "array of string" says it all
  return plain && view.unresolved.length === 0 ? [] : [{ kind: 'item', name: '[]', located, required: false }];
}

function alternatives(view: View): readonly ChildSpec[] {
  return alternativesOf(view).flatMap(set => {
    const nullable = nullableOf(set);
    return set.schemas
      .filter(each => !nullable || each === nullable)
      .map((located, i) => ({
        kind: 'alternative' as const,
        name: titleOf(located.schema) ?? `option ${i + 1}`,
        located,
        required: false,
      }));
  });
}

function titleOf(schema: Json): string | undefined {
  if (!isObject(schema)) {
    return undefined;
  }
  const reference = ownString(schema, '$ref');
  return ownString(schema, 'title') ?? reference?.slice(reference.lastIndexOf('/') + 1).replace(/^#/, '');
}

/** "when `kind` is "a"", as far as it is that simple. */
function conditionName(condition: Json | undefined): string {
  const tests = isObject(condition) ? ownObject(condition, 'properties') : undefined;
  const words = Object.entries(tests ?? {}).flatMap(([name, test]) => {
    if (isObject(test) && Object.hasOwn(test, 'const')) {
      return [`\`${name}\` is ${shown(test.const)}`];
    }
    const values = isObject(test) ? ownArray(test, 'enum') : undefined;
    return values ? [`\`${name}\` is ${values.map(shown).join(' or ')}`] : [];
  });
  return words.length > 0 ? `when ${words.join(' and ')}` : 'when a condition holds';
}

function conditions(view: View): readonly ChildSpec[] {
  const specs: ChildSpec[] = [];
  const add = (name: string, located: Located) => {
    if (!saysNothing(located.schema)) {
      specs.push({ kind: 'condition', name, located, required: false });
    }
  };
  for (const part of view.parts) {
    const condition = own(part.schema, 'if');
    const yes = own(part.schema, 'then');
    const no = own(part.schema, 'else');
    if (condition !== undefined && yes !== undefined) {
      add(conditionName(condition), childOf(part, yes, 'then'));
    }
    if (condition !== undefined && no !== undefined) {
      add(`otherwise (not ${conditionName(condition)})`, childOf(part, no, 'else'));
    }
    for (const keyword of ['dependentSchemas', 'dependencies']) {
      const map = ownObject(part.schema, keyword) ?? {};
      for (const name of Object.keys(map).filter(each => !isArray(map[each]))) {
        add(`when \`${name}\` is present`, childOf(part, map[name], keyword, name));
      }
    }
  }
  return specs;
}

/** The children of a view; a nullable's one alternative is opened at once. */
export function schemaChildren(context: Context, view: View, kind: SchemaNodeKind): readonly ChildSpec[] {
  const direct = [...properties(view), ...otherProperties(view), ...items(context, view)];
  const options = alternatives(view);
  const only = direct.length === 0 && options.length === 1 ? viewOf(context.document, options[0].located) : undefined;
  if (only && !context.isRepetition(only)) {
    return schemaChildren(context, only, kind);
  }
  return [...direct, ...options, ...conditions(view)];
}

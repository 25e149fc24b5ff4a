/** Where a value stands in a JSON text. */
export interface JsonPlace {
  /** Keys and indexes from the root. */
  readonly path: readonly (string | number)[];
  /** Where its key begins, or the value itself where it has none. */
  readonly from: number;
  /** Where the value begins. */
  readonly valueFrom: number;
  /** Where the value ends. */
  readonly to: number;
  /** Whether it is a string, a number, `true`, `false` or `null`. */
  readonly isLeaf: boolean;
}

/** Places beyond this are not told: nobody looks at so many. */
const MOST_PLACES = 20_000;

interface Open {
  readonly place: { -readonly [K in keyof JsonPlace]: JsonPlace[K] };
  readonly isArray: boolean;
  index: number;
}

const TOKEN = /"(?:[^"\\]|\\[\s\S])*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * Every value below the root, as it stands in the text: of a key that is given twice, both. The text must be JSON. No
 * recursion: what is pasted may be nested deeply.
 */
export function jsonPlaces(text: string): readonly JsonPlace[] {
  const places: JsonPlace[] = [];
  const open: Open[] = [];
  let key: { readonly name: string; readonly from: number } | undefined;
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    const from = match.index;
    const inside = open[open.length - 1];
    if (token === ',' || token === ':') {
      if (token === ',' && inside?.isArray) inside.index += 1;
    } else if (token === '}' || token === ']') {
      open.pop();
      if (inside) inside.place.to = from + 1;
    } else if (inside && !inside.isArray && key === undefined) {
      key = { name: keyOf(token), from };
    } else {
      if (places.length >= MOST_PLACES) return places;
      const isLeaf = token !== '{' && token !== '[';
      const step = inside && (inside.isArray ? inside.index : key!.name);
      const place: Open['place'] = {
        path: step === undefined ? [] : [...inside!.place.path, step],
        from: key?.from ?? from,
        valueFrom: from,
        to: from + token.length,
        isLeaf,
      };
      if (inside) places.push(place);
      if (!isLeaf) open.push({ place, isArray: token === '[', index: 0 });
      key = undefined;
    }
  }
  return places;
}

function keyOf(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    // No key of JSON after all.
    return token;
  }
}

/** The field that a place is for an event pattern: keys with dots between; elements of an array have its name. */
export function fieldOfPlace({ path }: JsonPlace): string {
  return path.filter(step => typeof step === 'string').join('.');
}

import { slugOf } from '@busline/event-repository';
import { UsageError } from '../../errors';

/** Values that a template may name, by path: `event`, `schema.title`, `package.version`. */
export type Variables = Readonly<Record<string, string | undefined>>;

const FILTERS: Readonly<Record<string, (value: string) => string>> = {
  /** `pull_request-review` as `Pull Request Review` */
  title: value => words(value).map(capital).join(' '),
  /** `pull_request` as `Pull request` */
  sentence: value => capital(words(value).join(' ')),
  words: value => words(value).join(' '),
  lower: value => value.toLowerCase(),
  slug: slugOf,
};

const words = (value: string) => value.split(/[\s._$/-]+/).filter(Boolean);
const capital = (value: string) => value.charAt(0).toUpperCase() + value.slice(1);

const EXPRESSION = /\{\{([^{}]*)\}\}/g;

/**
 * Fills in `{{ name }}` and `{{ name | filter }}`; of several names joined by
 * `or` the first with a value counts. Names without a value give nothing.
 * @throws UsageError for a name or filter that is not known
 */
export function fill(template: string, variables: Variables): string {
  return template.replace(EXPRESSION, (_, expression: string) => {
    const [names, ...filters] = expression.split('|').map(part => part.trim());
    const values = names.split(/\s+or\s+/).map(name => valueOf(name, variables));
    const value = values.find(found => found) ?? '';
    return filters.reduce((text, filter) => apply(filter, text), value);
  });
}

function valueOf(name: string, variables: Variables): string | undefined {
  if (Object.hasOwn(variables, name)) return variables[name];
  throw new UsageError(`The mapping names {{ ${name} }}; there are ${Object.keys(variables).join(', ')}`);
}

function apply(filter: string, text: string): string {
  if (Object.hasOwn(FILTERS, filter)) return FILTERS[filter](text);
  throw new UsageError(`The mapping uses the filter ${filter}; there are ${Object.keys(FILTERS).join(', ')}`);
}

/** A glob in which `*` stands for anything but `/`, and `**` for anything, as a regular expression. */
export function globRegExp(glob: string): RegExp {
  const pattern = glob
    .split(/(\*\*\/?|\*)/)
    .map(part => {
      if (part === '**/') return '(?:.*/)?';
      if (part === '**') return '.*';
      return part === '*' ? '[^/]*' : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${pattern}$`, 's');
}

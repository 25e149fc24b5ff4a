import type { YamlKind } from './schemas';

/** What a file of an event repository is, by its path. */
export type FilePath =
  | { readonly kind: 'busline' | 'accounts' }
  | { readonly kind: 'domain' | 'service'; readonly name: string }
  | {
      readonly kind: 'subscription';
      readonly service: string;
      readonly name: string;
    }
  | { readonly kind: 'event'; readonly folder: string }
  | {
      readonly kind: 'schema';
      readonly folder: string;
      readonly version: string;
    }
  | {
      readonly kind: 'example';
      readonly folder: string;
      readonly version: string;
      readonly name: string;
    }
  /** Looks like a declaration, but nothing reads it. */
  | { readonly kind: 'stray'; readonly hint: string }
  /** Anything else: a README, a workflow, a licence. */
  | { readonly kind: 'other' };

export type FileKind = FilePath['kind'];

export const BUSLINE_FILE = 'busline.yaml';
export const ACCOUNTS_FILE = 'accounts.yaml';

const OTHER: FilePath = { kind: 'other' };
const BUSLINE: FilePath = { kind: 'busline' };
const ACCOUNTS: FilePath = { kind: 'accounts' };
const stray = (hint: string): FilePath => ({ kind: 'stray', hint });

/** Reads a path, `/` between its segments. */
export function classify(path: string): FilePath {
  if (path === BUSLINE_FILE) return BUSLINE;
  if (path === ACCOUNTS_FILE) return ACCOUNTS;
  const segments = path.split('/');
  switch (segments[0]) {
    case 'subscriptions':
      return subscriptionPath(path, segments);
    case 'events':
      return eventPath(path, segments);
    case 'domains':
      return namedPath('domain', path, segments);
    case 'services':
      return namedPath('service', path, segments);
    default:
      return /^(busline|accounts)\.(yml|json)$/.test(path)
        ? stray(`expected ${path.replace(/\.\w+$/, '.yaml')}`)
        : OTHER;
  }
}

const isData = (path: string) => /\.(ya?ml|json)$/i.test(path) && !/(^|\/)\./.test(path);

function namedPath(kind: 'domain' | 'service', path: string, segments: readonly string[]): FilePath {
  if (segments.length === 2 && path.endsWith('.yaml')) {
    return { kind, name: segments[1].slice(0, -'.yaml'.length) };
  }
  return isData(path) ? stray(`expected ${kind}s/<name>.yaml`) : OTHER;
}

function subscriptionPath(path: string, segments: readonly string[]): FilePath {
  if (segments.length === 3 && path.endsWith('.yaml')) {
    return {
      kind: 'subscription',
      service: segments[1],
      name: segments[2].slice(0, -'.yaml'.length),
    };
  }
  return isData(path) ? stray('expected subscriptions/<service>/<name>.yaml') : OTHER;
}

function eventPath(path: string, segments: readonly string[]): FilePath {
  const folder = `${segments[1]}/${segments[2]}`;
  if (segments.length === 4 && segments[3] === 'event.yaml') {
    return { kind: 'event', folder };
  }
  if (segments.length === 5 && segments[4] === 'schema.json') {
    return { kind: 'schema', folder, version: segments[3] };
  }
  if (segments.length === 6 && segments[4] === 'examples' && path.endsWith('.json')) {
    return {
      kind: 'example',
      folder,
      version: segments[3],
      name: segments[5].slice(0, -'.json'.length),
    };
  }
  return isData(path)
    ? stray('expected events/<source>/<slug>/event.yaml, <version>/schema.json or <version>/examples/<name>.json')
    : OTHER;
}

export const isYamlKind = (kind: FileKind): kind is YamlKind =>
  kind !== 'schema' && kind !== 'example' && kind !== 'stray' && kind !== 'other';

export const domainFile = (name: string) => `domains/${name}.yaml`;
export const serviceFile = (name: string) => `services/${name}.yaml`;
export const subscriptionFile = (service: string, name: string) => `subscriptions/${service}/${name}.yaml`;
/** `folder` is `<source folder>/<slug>`. */
export const eventFile = (folder: string) => `events/${folder}/event.yaml`;
export const schemaFile = (folder: string, version: string) => `events/${folder}/${version}/schema.json`;
export const exampleFile = (folder: string, version: string, name: string) =>
  `events/${folder}/${version}/examples/${name}.json`;

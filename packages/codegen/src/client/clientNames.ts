import { pascalCase } from '../names';
import { majorOf } from './majors';
import type { ClientEventType, ClientInput } from './clientInput';

/** An event type with the names that it has in code. */
export interface NamedEventType {
  readonly eventType: ClientEventType;
  /** `AccessGranted` */
  readonly typeName: string;
  /** `accessGranted` */
  readonly valueName: string;
  /** `access-granted`, the name of its module. */
  readonly fileName: string;
  readonly versions: readonly NamedVersion[];
}

export interface NamedVersion {
  readonly major: number;
  readonly version: ClientEventType['versions'][number];
  /** `AccessGrantedV2` */
  readonly typeName: string;
  /** `accessGrantedV2` */
  readonly valueName: string;
}

const keyOf = ({ source, detailType }: { readonly source: string; readonly detailType: string }) =>
  JSON.stringify([source, detailType]);

/** Event types of a client, published or received, each once, with every version that either needs. By key of the type. */
export function nameEventTypes(input: ClientInput): ReadonlyMap<string, NamedEventType> {
  const all = new Map<string, ClientEventType>();
  for (const eventType of [...input.publishes, ...input.subscribes.flatMap(({ eventTypes }) => eventTypes)]) {
    const key = keyOf(eventType);
    const known = all.get(key);
    all.set(key, known ? { ...known, versions: union(known, eventType) } : eventType);
  }
  const taken = new Set<string>();
  const named = new Map<string, NamedEventType>();
  for (const [key, eventType] of all) named.set(key, withNames(eventType, unused(eventType, taken)));
  return named;
}

export function namedOf(names: ReadonlyMap<string, NamedEventType>, eventType: ClientEventType): NamedEventType {
  return names.get(keyOf(eventType))!;
}

/** The versions of a named event type that one of its users has. */
export function versionsOf(named: NamedEventType, eventType: ClientEventType): readonly NamedVersion[] {
  const own = new Set(eventType.versions.map(({ version }) => version));
  return named.versions.filter(({ version }) => own.has(version.version));
}

function union(a: ClientEventType, b: ClientEventType): ClientEventType['versions'] {
  const versions = new Map([...a.versions, ...b.versions].map(version => [version.version, version]));
  return [...versions.values()];
}

/** Two event types of one name are told apart by their sources, then by a number. */
function unused({ source, detailType }: ClientEventType, taken: Set<string>): string {
  const plain = pascalCase(detailType);
  const long = pascalCase(`${source} ${detailType}`);
  let name = [plain, long].find(each => !taken.has(each.toLowerCase()));
  for (let n = 2; name === undefined; n++) if (!taken.has(`${long}${n}`.toLowerCase())) name = `${long}${n}`;
  taken.add(name.toLowerCase());
  return name;
}

function withNames(eventType: ClientEventType, typeName: string): NamedEventType {
  const valueName = typeName[0].toLowerCase() + typeName.slice(1);
  const versions = eventType.versions
    .map((version): NamedVersion => {
      const major = majorOf(version.version);
      return { major, version, typeName: `${typeName}V${major}`, valueName: `${valueName}V${major}` };
    })
    .sort((a, b) => a.major - b.major);
  return { eventType, typeName, valueName, fileName: kebab(typeName), versions };
}

const kebab = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

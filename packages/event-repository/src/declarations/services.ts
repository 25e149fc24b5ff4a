import { yamlLocator } from '../text/yamlText';
import type { Pointer } from '../text/position';
import type { Account, Domain, JsonObject, Place, Publication, Service, ServiceEnvironment } from '../types';
import { schemaSettingsOf } from './schemaSettings';
import { UNKNOWN_OWNER } from './busline';
import { listOf, objectOf, textOf, titleFrom } from './values';

/** The place of a whole file. */
export const placeOfFile = (file: string): Place => ({
  file,
  line: 1,
  column: 1,
});

/**
 * Places inside a file, found when first asked for: nobody asks for most of
 * them, and finding them costs more than reading the file.
 */
function placesIn(file: string, text: string): (pointer: Pointer) => Place {
  let locate: ReturnType<typeof yamlLocator> | undefined;
  return pointer => {
    locate ??= yamlLocator(text);
    return { file, ...locate(pointer, 'key') };
  };
}

export function accountsFrom(file: string, text: string, value: JsonObject): readonly Account[] {
  const placeOf = placesIn(file, text);
  return Object.entries(objectOf(value.accounts)).map(([name, entry]) => {
    const account = objectOf(entry);
    return {
      name,
      id: textOf(account.id) ?? '',
      title: textOf(account.title),
      description: textOf(account.description),
      owner: textOf(account.owner) ?? UNKNOWN_OWNER,
      environment: textOf(account.environment),
      alarmTopic: textOf(account.alarmTopic),
      place: placeOf(['accounts', name]),
    };
  });
}

export function domainFrom(file: string, name: string, value: JsonObject): Domain {
  const schemas = schemaSettingsOf(value.schemas);
  return {
    name,
    title: textOf(value.title) ?? titleFrom(name),
    description: textOf(value.description) ?? '',
    owner: textOf(value.owner) ?? UNKNOWN_OWNER,
    ...(schemas && { schemas }),
    place: placeOfFile(file),
  };
}

export function serviceFrom(file: string, name: string, text: string, value: JsonObject): Service {
  const placeOf = placesIn(file, text);
  return {
    name,
    title: textOf(value.title) ?? titleFrom(name),
    description: textOf(value.description) ?? '',
    owner: textOf(value.owner) ?? UNKNOWN_OWNER,
    domain: textOf(value.domain),
    system: textOf(value.system),
    component: textOf(value.component),
    repository: textOf(value.repository),
    environments: Object.entries(objectOf(value.environments)).map(([environment, entry]) =>
      environmentFrom(environment, objectOf(entry)),
    ),
    publishes: listOf(value.publishes).map((entry, index) =>
      publicationFrom(objectOf(entry), () => placeOf(['publishes', index])),
    ),
    place: placeOfFile(file),
  };
}

function environmentFrom(environment: string, value: JsonObject): ServiceEnvironment {
  return {
    environment,
    account: textOf(value.account) ?? '',
    region: textOf(value.region) ?? '',
    subscriberBus: textOf(value.subscriberBus),
    alarmTopic: textOf(value.alarmTopic),
  };
}

function publicationFrom(value: JsonObject, place: () => Place): Publication {
  return {
    source: textOf(value.source) ?? '',
    detailType: textOf(value.detailType) ?? '',
    majors: listOf(value.majors) as readonly number[],
    get place() {
      return place();
    },
  };
}

import { optionalNumber, optionalObject, optionalText, text } from '../input';
import { page, sortedBy } from '../paging';
import { AwsError, type JsonObject, type Operation } from '../service';
import { allow, placeOf, type EventsContext } from './context';
import { busArn, type BusPlace } from './state';
import { mergeTags, readTags } from './tags';
import { DEFAULT_BUS, type Bus } from './types';

const MAX_PAGE = 100;

export function busOperations(context: EventsContext): readonly (readonly [string, Operation])[] {
  return [
    ['CreateEventBus', createBus(context)],
    ['UpdateEventBus', updateBus(context)],
    ['DescribeEventBus', describeBus(context)],
    ['DeleteEventBus', deleteBus(context)],
    ['ListEventBuses', listBuses(context)],
  ];
}

function createBus(context: EventsContext): Operation {
  const { environment, state } = context;
  return (input, request) => {
    const name = text(input, 'Name');
    if (input.EventSourceName !== undefined || name.includes('/')) {
      throw new AwsError(
        'ValidationException',
        `Event bus name ${name} is not valid: "/" is reserved for partner event buses, which this local ` +
          'server does not have.',
      );
    }
    const place = placeOf(request, name);
    allow(context, request, place, busArn(place));
    if (state.findBus(place)) {
      throw new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
    }
    const buses = state.buses(place);
    // The default bus counts, and may not have been stored yet.
    const others = buses.size - (buses.has(DEFAULT_BUS) ? 1 : 0);
    if (others + 1 >= environment.quotas.eventBuses) {
      throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
    }
    const now = environment.clock.now();
    const bus: Bus = {
      name,
      created: now,
      modified: now,
      ...readSettings(input),
      tags: mergeTags([], readTags(input), environment.quotas.tagsPerResource),
    };
    buses.set(name, bus);
    return { EventBusArn: busArn(place), ...settingsOf(bus) };
  };
}

function updateBus(context: EventsContext): Operation {
  const { environment, state } = context;
  return (input, request) => {
    const place = placeOf(request, optionalText(input, 'Name'));
    allow(context, request, place, busArn(place));
    const given = Object.fromEntries(Object.entries(readSettings(input)).filter(([, v]) => v !== undefined));
    const bus: Bus = {
      ...state.bus(place),
      ...given,
      modified: environment.clock.now(),
    };
    state.buses(place).set(place.bus, bus);
    return { Arn: busArn(place), Name: bus.name, ...settingsOf(bus) };
  };
}

function describeBus(context: EventsContext): Operation {
  return (input, request) => {
    const place = placeOf(request, optionalText(input, 'Name'));
    allow(context, request, place, busArn(place));
    const bus = context.state.bus(place);
    return { ...summaryOf(place, bus), ...settingsOf(bus) };
  };
}

function deleteBus(context: EventsContext): Operation {
  const { state } = context;
  return (input, request) => {
    const place = placeOf(request, text(input, 'Name'));
    allow(context, request, place, busArn(place));
    if (place.bus === DEFAULT_BUS) {
      throw new AwsError('ValidationException', 'Cannot delete event bus default.');
    }
    if (state.rules(place).size > 0) {
      throw new AwsError('ValidationException', "Event bus can't be deleted since it has rules.");
    }
    state.buses(place).delete(place.bus);
  };
}

function listBuses(context: EventsContext): Operation {
  const { state } = context;
  return (input, request) => {
    const place = placeOf(request, undefined);
    allow(context, request, place, busArn({ ...place, bus: '*' }));
    const prefix = optionalText(input, 'NamePrefix') ?? '';
    const stored = state.buses(place);
    const all = stored.has(DEFAULT_BUS) ? [...stored.values()] : [state.bus(place), ...stored.values()];
    const found = page(
      sortedBy(
        all.filter(bus => bus.name.startsWith(prefix)),
        bus => bus.name,
      ),
      bus => bus.name,
      {
        limit: optionalNumber(input, 'Limit') ?? MAX_PAGE,
        token: optionalText(input, 'NextToken'),
      },
    );
    return {
      EventBuses: found.items.map(bus => summaryOf({ ...place, bus: bus.name }, bus)),
      NextToken: found.nextToken,
    };
  };
}

function summaryOf(place: BusPlace, bus: Bus) {
  return {
    Name: bus.name,
    Arn: busArn(place),
    Description: bus.description,
    Policy: bus.policy && JSON.stringify(bus.policy),
    // Seconds since 1970, as the JSON protocols have it.
    CreationTime: bus.created / 1000,
    LastModifiedTime: bus.modified / 1000,
  };
}

function readSettings(input: JsonObject) {
  return {
    description: optionalText(input, 'Description'),
    kmsKeyIdentifier: optionalText(input, 'KmsKeyIdentifier'),
    deadLetterConfig: optionalObject(input, 'DeadLetterConfig'),
    logConfig: optionalObject(input, 'LogConfig'),
  };
}

function settingsOf(bus: Bus) {
  return {
    Description: bus.description,
    KmsKeyIdentifier: bus.kmsKeyIdentifier,
    DeadLetterConfig: bus.deadLetterConfig,
    LogConfig: bus.logConfig,
  };
}

import { parseArn } from '@busline/access-policy';
import { text, texts } from '../input';
import { AwsError, type JsonObject, type Operation, type ServiceRequest } from '../service';
import { allow, type EventsContext } from './context';
import { parseBusArn, type BusPlace } from './state';
import { mergeTags, readTags } from './tags';
import { DEFAULT_BUS, type Tag } from './types';

/** What carries tags: a bus or a rule. */
interface Tagged {
  readonly place: BusPlace;
  readonly tags: readonly Tag[];
  readonly store: (tags: readonly Tag[]) => void;
}

export function tagOperations(context: EventsContext): readonly (readonly [string, Operation])[] {
  const { environment } = context;

  function taggedFor(input: JsonObject, request: ServiceRequest): Tagged {
    const arn = text(input, 'ResourceARN');
    const tagged = findTagged(context, arn);
    allow(context, request, tagged.place, arn);
    return tagged;
  }

  return [
    [
      'TagResource',
      (input, request) => {
        const { tags, store } = taggedFor(input, request);
        store(mergeTags(tags, readTags(input), environment.quotas.tagsPerResource));
      },
    ],
    [
      'UntagResource',
      (input, request) => {
        const { tags, store } = taggedFor(input, request);
        const keys = texts(input, 'TagKeys');
        store(tags.filter(tag => !keys.includes(tag.Key)));
      },
    ],
    ['ListTagsForResource', (input, request) => ({ Tags: taggedFor(input, request).tags })],
  ];
}

function findTagged({ state }: EventsContext, arnText: string): Tagged {
  const busOfArn = parseBusArn(arnText);
  if (busOfArn) {
    const bus = state.bus(busOfArn);
    return {
      place: busOfArn,
      tags: bus.tags,
      store: tags => state.buses(busOfArn).set(busOfArn.bus, { ...bus, tags }),
    };
  }
  const arn = parseArn(arnText);
  const match = arn && /^rule\/(?:(.+)\/)?([^/]+)$/.exec(arn.resource);
  if (!arn || arn.service !== 'events' || !match) {
    throw new AwsError(
      'ValidationException',
      `Parameter ${arnText} is not valid. Reason: Provided Arn is not in correct format.`,
    );
  }
  const place = {
    account: arn.account,
    region: arn.region,
    bus: match[1] ?? DEFAULT_BUS,
  };
  const rule = state.rule(place, match[2]);
  return {
    place,
    tags: rule.tags,
    store: tags => state.rules(place).set(rule.name, { ...rule, tags }),
  };
}

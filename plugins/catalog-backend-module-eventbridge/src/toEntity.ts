import { ANNOTATION_LOCATION, ANNOTATION_ORIGIN_LOCATION, type ApiEntity } from '@backstage/catalog-model';
import { toEntityName, type IndexedEventType } from '@busline/plugin-eventbridge-common';

export const ANNOTATION_SOURCE = 'busline.dev/source';
export const ANNOTATION_DETAIL_TYPE = 'busline.dev/detail-type';
export const ANNOTATION_CLASSIFICATION = 'busline.dev/classification';
/** JSON lists of component references, for the processor that makes relations of them. */
export const ANNOTATION_PUBLISHERS = 'busline.dev/publishers';
export const ANNOTATION_SUBSCRIBERS = 'busline.dev/subscribers';

export const EVENT_TYPE_API_TYPE = 'eventbridge';

/** Backstage takes tags of these characters only, at most 63 of them. */
const NOT_IN_TAGS = /[^a-z0-9+#]+/g;
const MAX_TAG_CHARACTERS = 63;
const NO_OWNER = 'unknown';

/** An event type as a catalog entity. @param appUrl - base URL of the portal, for the link to the schema */
export function toEntity(eventType: IndexedEventType, appUrl: string, locationKey: string): ApiEntity {
  const { source, detailType } = eventType;
  const page = `${appUrl}/events/types/${encodeURIComponent(source)}/${encodeURIComponent(detailType)}`;
  const location = `${locationKey}:${encodeURIComponent(eventType.origin)}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: {
      name: toEntityName(eventType),
      namespace: 'default',
      title: eventType.title,
      description: eventType.summary,
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        [ANNOTATION_SOURCE]: source,
        [ANNOTATION_DETAIL_TYPE]: detailType,
        [ANNOTATION_CLASSIFICATION]: eventType.classification,
        [ANNOTATION_PUBLISHERS]: JSON.stringify(eventType.publisherRefs),
        [ANNOTATION_SUBSCRIBERS]: JSON.stringify(eventType.subscriberRefs),
      },
      tags: toTags(eventType.tags),
      links: [{ url: page, title: 'Event type', icon: 'docs' }],
    },
    spec: {
      type: EVENT_TYPE_API_TYPE,
      lifecycle: eventType.lifecycle,
      owner: eventType.owner || NO_OWNER,
      ...(eventType.system !== undefined && { system: eventType.system }),
      definition: `Event type ${source} "${detailType}"${
        eventType.version ? `, version ${eventType.version}` : ''
      }. Schema, examples, publishers and subscribers: ${page}`,
    },
  };
}

function toTags(tags: readonly string[]): string[] {
  const valid = tags.map(tag =>
    tag
      .toLowerCase()
      .replace(NOT_IN_TAGS, '-')
      .slice(0, MAX_TAG_CHARACTERS)
      .replace(/^-+|-+$/g, ''),
  );
  return [...new Set(valid)].filter(tag => tag !== '');
}

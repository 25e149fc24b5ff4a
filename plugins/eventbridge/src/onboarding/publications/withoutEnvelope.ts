import type { Json } from '@busline/plugin-eventbridge-common';
import type { PublicationFormData } from '../form/formData';
import { parseJson } from '../form/parseJson';

/**
 * What an example that was typed or pasted changes in the form. Of a whole event, as it was seen on a bus, only the data
 * is kept; source and detail-type fill in what nobody has written yet.
 */
export function withoutEnvelope(text: string, publication: PublicationFormData): Partial<PublicationFormData> {
  const parsed = parseJson(text);
  const event = parsed.kind === 'value' ? objectIn(parsed.value) : undefined;
  const detail = objectIn(event?.detail);
  const detailType = event?.['detail-type'];
  if (event === undefined || detail === undefined || typeof detailType !== 'string') return { exampleText: text };
  const isWrapped = objectIn(detail.metadata) !== undefined && detail.data !== undefined;
  return {
    exampleText: JSON.stringify(isWrapped ? detail.data : detail, null, 2),
    ...(!publication.detailType?.trim() && { detailType }),
    ...(!publication.source?.trim() && typeof event.source === 'string' && { source: event.source }),
  };
}

function objectIn(value: Json | undefined): { readonly [key: string]: Json } | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })
    : undefined;
}

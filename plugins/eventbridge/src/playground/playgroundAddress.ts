import type { EventTypeRef } from '@busline/plugin-eventbridge-common';
import { prettyJson } from '../components/JsonEditor/prettyJson';
import { packText, unpackText } from './sharing';

/** A committed example of an event type; of its current version, and its first one, where these are left out. */
export interface ExampleRef extends EventTypeRef {
  readonly version?: string;
  readonly example?: string;
}

/** Where the pattern comes from: what was typed, or a subscription, as long as nobody changes it. */
export type PatternSide =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'subscription'; readonly id: string };

export type EventSide =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'example'; readonly ref: ExampleRef };

export interface Playground {
  readonly pattern: PatternSide;
  readonly event: EventSide;
}

/** The address of a state of the playground, from `?` on. */
export async function addressOf({ pattern, event }: Playground): Promise<string> {
  const query = new URLSearchParams();
  const hash: string[] = [];
  if (pattern.kind === 'subscription') query.set('subscription', pattern.id);
  else if (pattern.text !== '') hash.push(`pattern=${await packText(pattern.text)}`);
  if (event.kind === 'example') {
    const { source, detailType, version, example } = event.ref;
    query.set('source', source);
    query.set('detailType', detailType);
    if (version) query.set('version', version);
    if (example) query.set('example', example);
  } else if (event.text !== '') hash.push(`event=${await packText(event.text)}`);
  const search = query.toString();
  return `${search && `?${search}`}${hash.length > 0 ? `#${hash.join('&')}` : ''}`;
}

export interface ReadAddress extends Playground {
  /** A part of the address was cut off or changed on its way. */
  readonly isBroken: boolean;
}

/** The inverse of `addressOf`. An example without a pattern comes with the pattern that takes its event type. */
export async function readAddress(search: string, hash: string): Promise<ReadAddress> {
  const query = new URLSearchParams(search);
  const packed = new Map(
    hash
      .replace(/^#/, '')
      .split('&')
      .map(part => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]),
  );
  let isBroken = false;
  const textOf = async (name: string) => {
    const part = packed.get(name);
    const text = part === undefined ? '' : await unpackText(part);
    if (text === undefined) isBroken = true;
    return { kind: 'text', text: text ?? '' } as const;
  };
  const source = query.get('source');
  const detailType = query.get('detailType');
  const id = query.get('subscription');
  const event: EventSide =
    source && detailType && !packed.has('event')
      ? {
          kind: 'example',
          ref: {
            source,
            detailType,
            ...(query.get('version') && { version: query.get('version')! }),
            ...(query.get('example') && { example: query.get('example')! }),
          },
        }
      : await textOf('event');
  let pattern: PatternSide = id && !packed.has('pattern') ? { kind: 'subscription', id } : await textOf('pattern');
  if (pattern.kind === 'text' && !packed.has('pattern') && event.kind === 'example') {
    pattern = { kind: 'text', text: patternFor(event.ref) };
  }
  return { pattern, event, isBroken };
}

/** A pattern that takes every event of a type. */
export function patternFor({ source, detailType }: EventTypeRef): string {
  return prettyJson({ source: [source], 'detail-type': [detailType] });
}

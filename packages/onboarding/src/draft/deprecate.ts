import { didYouMean, eventTypeId } from '@busline/event-repository';
import type { DeprecateRequest } from '../request/request';
import { type Draft, type Drafting, DraftFiles, eventTypesOf } from './draft';
import { editFile } from './service';

/** Marks an event type as deprecated, in its own file. */
export function draftDeprecation(drafting: Drafting, request: DeprecateRequest): Draft {
  const { repository, report } = drafting;
  const files = new DraftFiles();
  const draft: Draft = { ...files, subscriptions: [], eventTypes: [], environments: [] };
  const known = eventTypesOf(repository);
  const id = eventTypeId(request.eventType);
  const eventType = known.get(id);
  checkDates(request, report);
  checkReplacement(drafting, request);
  if (!eventType) {
    report({
      field: '/eventType',
      rule: 'unknown-event-type',
      message: `there is no event type ${JSON.stringify(id)}${didYouMean(id, known.keys())}`,
    });
    return draft;
  }
  if (eventType.lifecycle === 'retired') {
    report({ field: '/eventType', rule: 'retired-event-type', message: `${id} is retired already` });
    return draft;
  }
  const { since, sunset, reason, replacement } = request;
  const deprecation = {
    since,
    ...(sunset === undefined ? {} : { sunset }),
    reason,
    ...(replacement === undefined
      ? {}
      : { replacement: { source: replacement.source, detailType: replacement.detailType } }),
  };
  const path = eventType.place.file;
  editFile(
    drafting,
    files,
    path,
    [
      { kind: 'set', path: ['lifecycle'], value: 'deprecated' },
      { kind: 'set', path: ['deprecation'], value: deprecation },
    ],
    '/eventType',
  );
  if (files.files.get(path) === drafting.state.files.read(path)) {
    report({ field: '', rule: 'nothing-changes', message: `${id} is deprecated as you ask already` });
  }
  return {
    ...draft,
    files: files.files,
    fields: files.fields,
    eventTypes: [{ id, field: '/eventType', isNew: false }],
  };
}

function checkDates({ since, sunset }: DeprecateRequest, report: Drafting['report']): void {
  for (const [field, date] of [
    ['/since', since],
    ['/sunset', sunset],
  ] as const) {
    if (date === undefined || isDate(date)) continue;
    report({ field, rule: 'invalid-date', message: `there is no day ${date}` });
  }
  if (sunset !== undefined && sunset < since) {
    report({
      field: '/sunset',
      rule: 'invalid-date',
      message: `it ends on ${sunset}, before it is deprecated on ${since}`,
      wayOut: 'Choose a later day: subscribers need time to change.',
    });
  }
}

/** `2026-02-30` has the form of a date, and is none. */
function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function checkReplacement({ repository, report }: Drafting, { eventType, replacement }: DeprecateRequest): void {
  if (!replacement) return;
  const known = eventTypesOf(repository);
  const id = eventTypeId(replacement);
  if (id === eventTypeId(eventType)) {
    report({
      field: '/replacement',
      rule: 'unknown-event-type',
      message: 'an event type cannot replace itself',
      wayOut: 'A new major version of the same event type needs no deprecation.',
    });
  } else if (!known.has(id)) {
    report({
      field: '/replacement',
      rule: 'unknown-event-type',
      message: `there is no event type ${JSON.stringify(id)}${didYouMean(id, known.keys())}`,
    });
  }
}

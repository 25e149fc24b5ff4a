import type { RequestProblem } from '@busline/onboarding';

/** The value at a JSON pointer; undefined where there is none. */
export function valueAtPointer(value: unknown, pointer: string): unknown {
  let at = value;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replace(/~1/g, '/').replace(/~0/g, '~');
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

/** Whether `field` is the place itself or lies inside it. */
export function isWithin(field: string, place: string): boolean {
  return place === '' || field === place || field.startsWith(`${place}/`);
}

/** First keys of a request that a page of the form fills in. */
export const PAGE_FIELDS = {
  service: ['/service', '/environment', '/account', '/region'],
  subscriptions: ['/subscriptions'],
  publications: ['/publications'],
  change: ['/service', '/subscription', '/changes'],
  leave: ['/service', '/subscriptions', '/publications', '/everything'],
  deprecation: ['/eventType', '/since', '/sunset', '/reason', '/replacement'],
} as const;

export type PageKey = keyof typeof PAGE_FIELDS;

/** The page among these on which a field stands. */
export function pageOf(field: string, pages: readonly PageKey[]): PageKey | undefined {
  return pages.find(page => PAGE_FIELDS[page].some(place => isWithin(field, place)));
}

/** Problems that concern a page. */
export function problemsOn(page: PageKey, problems: readonly RequestProblem[]): readonly RequestProblem[] {
  return problems.filter(({ field }) => PAGE_FIELDS[page].some(place => isWithin(field, place)));
}

/** Problems whose field still holds what it held when they were found. */
export function stillTrue(
  problems: readonly RequestProblem[],
  planned: unknown,
  now: unknown,
): readonly RequestProblem[] {
  return problems.filter(
    ({ field }) => JSON.stringify(valueAtPointer(planned, field)) === JSON.stringify(valueAtPointer(now, field)),
  );
}

import type { RequestProblem } from '@busline/onboarding';
import type { FormData, FormKind } from './formData';
import { problemsOn, type PageKey } from './pointers';
import { requestOfForm } from './requestOfForm';

/**
 * What is missing or wrong on a page, in itself: without asking the portal.
 *
 * @param required whether something must stand on it, as the template says
 */
export function problemsOfPage(
  page: PageKey,
  kind: FormKind,
  form: FormData,
  required: boolean = false,
): readonly RequestProblem[] {
  const parsed = requestOfForm(kind, form);
  const problems = parsed.kind === 'problems' ? problemsOn(page, parsed.problems) : [];
  return required && page === 'publications' && !form.publications?.length
    ? [NOTHING_PUBLISHED, ...problems]
    : problems;
}

const NOTHING_PUBLISHED: RequestProblem = {
  field: '/publications',
  message: 'choose an event type that exists, or describe a new one',
  rule: 'request-shape',
};

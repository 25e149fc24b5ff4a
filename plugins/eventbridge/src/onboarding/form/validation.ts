import type { FieldOptions } from './fieldProps';
import type { FormData, FormKind } from './formData';
import { problemsOfPage } from './pageProblems';
import type { PageKey } from './pointers';
import { requestOfForm } from './requestOfForm';

interface FieldErrors {
  addError(message: string): void;
}

interface ValidationContext {
  readonly formData?: unknown;
  readonly uiSchema?: object;
}

function optionsIn({ uiSchema }: ValidationContext): FieldOptions {
  return (uiSchema as { readonly 'ui:options'?: FieldOptions } | undefined)?.['ui:options'] ?? {};
}

/** Keeps a person from going on while a page of the form is not filled in. The fields show each message themselves. */
export function pageValidation(page: PageKey) {
  return (_value: unknown, errors: FieldErrors, context: ValidationContext): void => {
    const { kind = KIND_OF_PAGE[page], required } = optionsIn(context);
    const problems = problemsOfPage(page, kind, (context.formData ?? {}) as FormData, required);
    if (problems.length > 0) errors.addError('Something is missing or wrong, as marked below');
  };
}

const KIND_OF_PAGE: Readonly<Record<PageKey, FormKind>> = {
  service: 'onboard',
  subscriptions: 'onboard',
  publications: 'onboard',
  change: 'change-subscription',
  leave: 'leave',
  deprecation: 'deprecate',
};

/** Opens nothing but the plan that is on the screen. */
export function planValidation(value: unknown, errors: FieldErrors, context: ValidationContext): void {
  const form = (context.formData ?? {}) as FormData;
  const plan = (value ?? {}) as NonNullable<FormData['plan']>;
  const { kind = 'onboard' } = optionsIn(context);
  if (plan.problems && plan.problems.length > 0) {
    errors.addError('The plan has problems; each of them leads to its field');
    return;
  }
  const parsed = requestOfForm(kind, form);
  const isCurrent =
    parsed.kind === 'request' &&
    JSON.stringify(parsed.request) === JSON.stringify(plan.request) &&
    Boolean(plan.digest);
  if (!isCurrent) errors.addError('The plan is still being made; it is shown here before anything is opened');
}

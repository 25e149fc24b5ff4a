import { type ReactNode, useMemo } from 'react';
import { Embedded } from '../../components';
import { FormPage, ProblemsProvider } from '../inputs';
import type { BuslineFieldProps } from './fieldProps';
import type { FormData, FormKind } from './formData';
import { problemsOn, stillTrue, type PageKey } from './pointers';
import { draftOfForm, requestOfForm } from './requestOfForm';

/**
 * A page of the form: the portal's look, and the problems of its fields. What is wrong in itself is shown once a person
 * wanted to go on; what planning found, until the field is changed.
 */
export function FieldFrame(props: {
  readonly page: PageKey;
  readonly kind: FormKind;
  /** The field as it is now: the form's own copy may be one change behind. */
  readonly value: object | undefined;
  readonly field: Pick<BuslineFieldProps<unknown>, 'formContext' | 'rawErrors'>;
  readonly children: ReactNode;
}) {
  const { page, kind, value, field, children } = props;
  const { formContext, rawErrors = [] } = field;
  const form: FormData = useMemo(
    () => ({ ...formContext?.formData, ...(value && { [page]: value }) }),
    [formContext, page, value],
  );
  const hasTried = rawErrors.length > 0;
  const problems = useMemo(() => {
    const found = form.plan?.problems ?? [];
    const planned = problemsOn(page, stillTrue(found, form.plan?.request, draftOfForm(kind, form)));
    if (!hasTried) return planned;
    const parsed = requestOfForm(kind, form);
    const shape = parsed.kind === 'problems' ? problemsOn(page, parsed.problems) : [];
    return [...shape, ...planned.filter(({ field: at }) => !shape.some(other => other.field === at))];
  }, [form, kind, page, hasTried]);
  return (
    <Embedded>
      <ProblemsProvider problems={problems}>
        <FormPage>{children}</FormPage>
      </ProblemsProvider>
    </Embedded>
  );
}

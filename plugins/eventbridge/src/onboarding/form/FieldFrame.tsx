import { type ReactNode, useEffect, useMemo } from 'react';
import { Banner } from '../../components';
import { FormGround, ProblemsProvider } from '../inputs';
import type { BuslineFieldProps } from './fieldProps';
import type { FormData, FormKind } from './formData';
import { focusFirst } from './jump';
import { problemsOfPage } from './pageProblems';
import { problemsOn, stillTrue, type PageKey } from './pointers';
import { draftOfForm } from './requestOfForm';

/**
 * A page of the form: the portal's look, and the problems of its fields. What is wrong in itself is shown once a person
 * wanted to go on; what planning found, until the field is changed.
 */
export function FieldFrame(props: {
  readonly page: PageKey;
  readonly kind: FormKind;
  /** The field as it is now: the form's own copy may be one change behind. */
  readonly value: object | undefined;
  readonly field: Pick<BuslineFieldProps<unknown>, 'formContext' | 'rawErrors' | 'uiSchema'>;
  readonly children: ReactNode;
}) {
  const { page, kind, value, field, children } = props;
  const { formContext, rawErrors = [], uiSchema } = field;
  const required = uiSchema?.['ui:options']?.required;
  const form: FormData = useMemo(
    () => ({ ...formContext?.formData, ...(value && { [page]: value }) }),
    [formContext, page, value],
  );
  const hasTried = rawErrors.length > 0;
  const problems = useMemo(() => {
    const found = form.plan?.problems ?? [];
    const planned = problemsOn(page, stillTrue(found, form.plan?.request, draftOfForm(kind, form)));
    if (!hasTried) return planned;
    const shape = problemsOfPage(page, kind, form, required);
    return [...shape, ...planned.filter(({ field: at }) => !shape.some(other => other.field === at))];
  }, [form, kind, page, hasTried, required]);
  useEffect(() => {
    // The scaffolder takes its errors back while it looks again, so that every press leads to the first mark.
    if (hasTried) focusFirst(problems.map(({ field: at }) => at));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for every press, and not while they are being mended
  }, [hasTried]);
  return (
    <FormGround>
      <ProblemsProvider problems={problems}>
        {hasTried && problems.length > 0 && <Marked count={problems.length} />}
        {children}
      </ProblemsProvider>
    </FormGround>
  );
}

function Marked({ count }: { readonly count: number }) {
  const title = count === 1 ? 'One thing is missing or wrong' : `${count} things are missing or wrong`;
  return (
    <div style={{ marginBottom: -18 }}>
      <Banner tone="error" title={title}>
        {count === 1 ? 'It is marked below.' : 'Each is marked below.'}
      </Banner>
    </div>
  );
}

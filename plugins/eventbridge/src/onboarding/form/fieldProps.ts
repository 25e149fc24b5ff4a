import type { FormData, FormKind } from './formData';

/**
 * What the scaffolder gives a custom field, as far as the fields here use it. Written out so that both frontend systems
 * and the tests can give it.
 */
export interface BuslineFieldProps<T> {
  readonly formData?: T;
  readonly onChange: (value: T) => void;
  readonly rawErrors?: readonly string[];
  readonly formContext?: { readonly formData?: FormData };
  readonly uiSchema?: { readonly 'ui:options'?: FieldOptions };
}

export interface FieldOptions {
  /** What the template asks for; by default onboarding. */
  readonly kind?: FormKind;
  /** Keys of the form's pages in their order, so that a problem can lead to its page. */
  readonly pages?: readonly string[];
  /** Whether something must stand on this page: a form for publishing publishes something. */
  readonly required?: boolean;
}

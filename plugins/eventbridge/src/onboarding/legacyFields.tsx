import type { Extension } from '@backstage/core-plugin-api';
import {
  createScaffolderFieldExtension,
  type FieldExtensionComponent,
  type FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { lazy, Suspense, type ComponentType } from 'react';
import { FIELDS } from './fieldTable';
import type { BuslineFieldProps } from './form/fieldProps';

type LegacyField = Extension<FieldExtensionComponent<unknown, {}>>;

/** Custom fields of the software templates by their names, for the old frontend system. */
export const legacyFields: readonly LegacyField[] = FIELDS.map(({ name, load, validation }) => {
  const Field = lazy(async () => ({ default: (await load()) as ComponentType<BuslineFieldProps<unknown>> }));
  const component = (props: FieldExtensionComponentProps<unknown>) => (
    <Suspense fallback={null}>
      <Field {...(props as unknown as BuslineFieldProps<unknown>)} />
    </Suspense>
  );
  return createScaffolderFieldExtension({ name, component, validation });
});

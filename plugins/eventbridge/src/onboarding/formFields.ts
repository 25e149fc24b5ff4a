import { createFormField, FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { FIELDS } from './fieldTable';

type Component = Parameters<typeof createFormField>[0]['component'];

/** Custom fields of the software templates, for the new frontend system; each is fetched when a template uses it. */
export const formFields = FIELDS.map(({ name, id, load, validation }) =>
  FormFieldBlueprint.make({
    name: id,
    params: {
      field: async () => createFormField({ name, component: (await load()) as unknown as Component, validation }),
    },
  }),
);

import { createFormField, FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { pageValidation, planValidation } from './form/validation';

type Component = Parameters<typeof createFormField>[0]['component'];

/** The fields type what the scaffolder leaves open. */
const component = (field: unknown) => field as Component;

/** Page "Service". */
const serviceField = FormFieldBlueprint.make({
  name: 'busline-service',
  params: {
    field: async () => {
      const { ServiceField } = await import('./service/ServiceField');
      return createFormField({ name: 'BuslineService', component: component(ServiceField), validation: pageValidation('service') });
    },
  },
});

/** Page "Events to receive". */
const subscriptionsField = FormFieldBlueprint.make({
  name: 'busline-subscriptions',
  params: {
    field: async () => {
      const { SubscriptionsField } = await import('./subscriptions/SubscriptionsField');
      return createFormField({
        name: 'BuslineSubscriptions',
        component: component(SubscriptionsField),
        validation: pageValidation('subscriptions'),
      });
    },
  },
});

/** Page "Plan". */
const planField = FormFieldBlueprint.make({
  name: 'busline-plan',
  params: {
    field: async () => {
      const { PlanField } = await import('./plan/PlanField');
      return createFormField({ name: 'BuslinePlan', component: component(PlanField), validation: planValidation });
    },
  },
});

/** Custom fields of the software templates, for the new frontend system. */
export const formFields = [serviceField, subscriptionsField, planField];

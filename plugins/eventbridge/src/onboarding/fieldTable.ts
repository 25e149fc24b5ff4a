import type { ComponentType } from 'react';
import type { BuslineFieldProps } from './form/fieldProps';
import { pageValidation, planValidation } from './form/validation';

/** A custom field of the software templates, the same for both frontend systems. */
export interface BuslineField {
  /** `ui:field` of a template. */
  readonly name: string;
  /** Id of the extension in the new frontend system. */
  readonly id: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each field has a value of its own
  readonly load: () => Promise<ComponentType<BuslineFieldProps<any>>>;
  readonly validation: ReturnType<typeof pageValidation>;
}

export const FIELDS: readonly BuslineField[] = [
  {
    name: 'BuslineService',
    id: 'busline-service',
    load: () => import('./service/ServiceField').then(m => m.ServiceField),
    validation: pageValidation('service'),
  },
  {
    name: 'BuslineSubscriptions',
    id: 'busline-subscriptions',
    load: () => import('./subscriptions/SubscriptionsField').then(m => m.SubscriptionsField),
    validation: pageValidation('subscriptions'),
  },
  {
    name: 'BuslinePublications',
    id: 'busline-publications',
    load: () => import('./publications/PublicationsField').then(m => m.PublicationsField),
    validation: pageValidation('publications'),
  },
  {
    name: 'BuslineSubscriptionChange',
    id: 'busline-subscription-change',
    load: () => import('./others/ChangeField').then(m => m.ChangeField),
    validation: pageValidation('change'),
  },
  {
    name: 'BuslineLeave',
    id: 'busline-leave',
    load: () => import('./others/LeaveField').then(m => m.LeaveField),
    validation: pageValidation('leave'),
  },
  {
    name: 'BuslineDeprecation',
    id: 'busline-deprecation',
    load: () => import('./others/DeprecationField').then(m => m.DeprecationField),
    validation: pageValidation('deprecation'),
  },
  {
    name: 'BuslinePlan',
    id: 'busline-plan',
    load: () => import('./plan/PlanField').then(m => m.PlanField),
    validation: planValidation,
  },
];

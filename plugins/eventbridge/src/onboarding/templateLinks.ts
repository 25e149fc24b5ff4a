import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { changeRequestOpenPermission, type EventTypeRef } from '@busline/plugin-eventbridge-common';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { eventbridgeApiRef } from '../api';
import { isErrorNamed } from '../components';
import { createFromTemplateRouteRef } from '../routes';
import type { FormData, ServiceFormData } from './form/formData';

/** Where the templates' forms open, filled in as far as is known. */
export interface TemplateLinks {
  readonly subscribe: (to: { readonly eventType?: EventTypeRef; readonly service?: string }) => string;
  /** For a service that is not on the bus yet, with what is known of it. */
  readonly onboard: (service: ServiceFormData) => string;
  readonly publish: (as: { readonly service?: string }) => string;
  readonly changeSubscription: (of: { readonly service: string; readonly subscription: string }) => string;
  readonly leave: (of: { readonly service: string }) => string;
  readonly deprecate: (eventType: EventTypeRef) => string;
}

/** Addresses of the forms, given the address of a template. The scaffolder reads `formData` from the query. */
export function templateLinks(address: (templateName: string) => string): TemplateLinks {
  const to = (templateName: string, form: FormData) =>
    `${address(templateName)}?${new URLSearchParams({ formData: JSON.stringify(form) })}`;
  const serviceOf = (name: string | undefined) => (name ? { service: { kind: 'existing' as const, name } } : {});
  return {
    subscribe: ({ eventType, service }) =>
      to('onboard-service', {
        ...serviceOf(service),
        ...(eventType && { subscriptions: [{ eventTypes: [only(eventType)] }] }),
      }),
    onboard: service => to('onboard-service', { service: { ...service, kind: 'new' } }),
    publish: ({ service }) => to('publish-event', serviceOf(service)),
    changeSubscription: ({ service, subscription }) => to('change-subscription', { change: { service, subscription } }),
    leave: ({ service }) => to('leave-bus', { leave: { service } }),
    deprecate: eventType => to('deprecate-event', { deprecation: { eventType: only(eventType) } }),
  };
}

const only = ({ source, detailType }: EventTypeRef): EventTypeRef => ({ source, detailType });

/** Whether the portal opens change requests at all; one without a forge answers that there is nothing of the kind. */
function useOpensChanges(enabled: boolean): boolean {
  const api = useApi(eventbridgeApiRef);
  const { data } = useQuery({
    queryKey: ['opens-changes'],
    queryFn: async ({ signal }) => {
      try {
        await api.listChangeRequests({ limit: 1 }, { signal });
        return true;
      } catch (error) {
        if (isErrorNamed(error, 'NotFoundError')) return false;
        throw error;
      }
    },
    enabled,
    staleTime: 10 * 60_000,
  });
  return data ?? false;
}

/**
 * Addresses of the forms that open change requests; undefined where there are no such forms, where the portal opens no
 * change requests, and for whoever may not open any.
 */
export function useTemplateLinks(): TemplateLinks | undefined {
  const address = useRouteRef(createFromTemplateRouteRef);
  const { allowed } = usePermission({ permission: changeRequestOpenPermission });
  const opens = useOpensChanges(allowed && address !== undefined);
  return useMemo(
    () =>
      address && allowed && opens
        ? templateLinks(templateName => address({ namespace: 'default', templateName }))
        : undefined,
    [address, allowed, opens],
  );
}

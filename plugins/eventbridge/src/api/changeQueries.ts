import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import type {
  ChangeRequestAnswer,
  ChangeRequestDetail,
  ChangeRequestQuery,
  ChangeRequestState,
  EventTypeRef,
} from '@busline/plugin-eventbridge-common';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { eventbridgeApiRef } from './apiRef';
import { changeAfter, type ChangeAction } from './changeAfter';

/** A person reads some ten rows at once; a row is small. */
const CHANGES_AT_ONCE = 50;
/** While something moves by itself it is followed this closely; what waits for people, less so. */
const MOVING_MS = 2000;
const WAITING_MS = 10_000;
/** The list, and the number beside its tab. */
const LIST_MS = 20_000;
/** Changes under way that are named on other pages. */
const NAMED_AT_ONCE = 5;

/** States in which the next step is taken by the portal or by a person; the others have ended. */
export const UNDER_WAY: readonly ChangeRequestState[] = ['opening', 'open', 'approved', 'merged', 'deployed', 'failed'];

/** Who is signed in, and the groups that count as them: entity references. */
export function useMe() {
  const identity = useApi(identityApiRef);
  return useQuery({
    queryKey: ['me'],
    queryFn: () => identity.getBackstageIdentity(),
    staleTime: Infinity,
  });
}

/** Change requests, newest first, page by page. */
export function useChangePages(query: ChangeRequestQuery, enabled: boolean = true) {
  const api = useApi(eventbridgeApiRef);
  return useInfiniteQuery({
    queryKey: ['changes', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.listChangeRequests({ ...query, limit: CHANGES_AT_ONCE, ...(pageParam && { cursor: pageParam }) }, { signal }),
    getNextPageParam: page => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: LIST_MS,
    enabled,
  });
}

/** How many wait for whoever is signed in, or for one of their groups. */
export function useWaitingForMe(): number | undefined {
  const api = useApi(eventbridgeApiRef);
  const me = useMe();
  const turnOf = me.data?.ownershipEntityRefs;
  const waiting = useQuery({
    queryKey: ['changes', 'waiting', turnOf],
    queryFn: ({ signal }) => api.listChangeRequests({ turnOf, limit: 1 }, { signal }),
    enabled: turnOf !== undefined && turnOf.length > 0,
    refetchInterval: LIST_MS,
  });
  return waiting.data?.totalItems;
}

/** The newest changes under way of one service, or about one event type. */
export function useChangesUnderWay(of: { readonly service: string } | { readonly eventType: EventTypeRef }) {
  const api = useApi(eventbridgeApiRef);
  const about: ChangeRequestQuery = 'service' in of ? { service: [of.service] } : of.eventType;
  const { service, source, detailType } = about;
  return useQuery({
    queryKey: ['changes', 'under-way', service, source, detailType],
    queryFn: ({ signal }) =>
      api.listChangeRequests(
        {
          state: UNDER_WAY,
          ...(service && { service }),
          ...(source && { source }),
          ...(detailType && { detailType }),
          limit: NAMED_AT_ONCE,
        },
        { signal },
      ),
    refetchInterval: LIST_MS,
  });
}

function followEvery(change: ChangeRequestDetail | undefined): number | false {
  if (!change || change.state === 'live' || change.state === 'closed') return false;
  if (change.state === 'opening' || change.state === 'merged' || change.state === 'deployed') return MOVING_MS;
  const isChecking = change.pullRequests.some(pull => pull.checks.some(({ state }) => state === 'pending'));
  return isChecking ? MOVING_MS : WAITING_MS;
}

/** Queries that a new state of a change request makes no older. */
const KEPT: ReadonlySet<unknown> = new Set(['change', 'change-plan', 'me']);

/** One change request, followed until it has ended. Lists and what it changed are read again when its state does. */
export function useChange(id: string) {
  const api = useApi(eventbridgeApiRef);
  const client = useQueryClient();
  const change = useQuery({
    queryKey: ['change', id],
    queryFn: ({ signal }) => api.getChangeRequest(id, { signal }),
    refetchInterval: query => followEvery(query.state.data),
  });
  const state = change.data?.state;
  const before = useRef(state);
  useEffect(() => {
    if (before.current !== undefined && state !== undefined && before.current !== state) {
      client.invalidateQueries({ predicate: ({ queryKey }) => !KEPT.has(queryKey[0]) });
    }
    before.current = state;
  }, [state, client]);
  return change;
}

/** The plan of a change request: long, and read again only where its digest says that it is another one. */
export function useChangePlan({ id, planDigest }: Pick<ChangeRequestDetail, 'id' | 'planDigest'>) {
  const api = useApi(eventbridgeApiRef);
  return useQuery({
    queryKey: ['change-plan', id, planDigest],
    queryFn: ({ signal }) => api.getChangeRequestPlan(id, { signal }),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
}

/** Approves, asks for changes, merges, closes or tries again. The page shows at once what is on its way. */
export function useChangeAction(id: string) {
  const api = useApi(eventbridgeApiRef);
  const client = useQueryClient();
  const me = useMe();
  const key = ['change', id];
  return useMutation({
    mutationFn: async (action: ChangeAction) => {
      switch (action.kind) {
        case 'approve':
          return api.reviewChangeRequest(id, { verdict: 'approved' });
        case 'ask-for-changes':
          return api.reviewChangeRequest(id, { verdict: 'changes-requested', comment: action.comment });
        case 'merge':
          return api.mergeChangeRequest(id);
        case 'close':
          return api.closeChangeRequest(id);
        case 'retry':
          return api.retryChangeRequest(id);
        default:
          return updated(await api.updateChangeRequest(id));
      }
    },
    onMutate: async action => {
      // An answer to an older question would take back what the person has just done.
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<ChangeRequestDetail>(key);
      if (before) {
        const by = me.data?.userEntityRef;
        client.setQueryData(key, changeAfter(before, action, { at: new Date().toISOString(), ...(by && { by }) }));
      }
      return { before };
    },
    onError: (_error, _action, context) => {
      if (context?.before) client.setQueryData(key, context.before);
    },
    onSuccess: change => client.setQueryData(key, change),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}

/** What keeps a request from being planned again is told at the button, as what a forge refuses is. */
function updated(answer: ChangeRequestAnswer): ChangeRequestDetail {
  if (answer.kind === 'change') return answer.change;
  const words = answer.problems.map(({ message, wayOut }) => (wayOut ? `${message} ${wayOut}` : message));
  throw new Error(words.join(' ') || 'It cannot be planned on what main is now.');
}

/** Services that may be asked for, by name. */
export function useServices() {
  const api = useApi(eventbridgeApiRef);
  return useQuery({
    queryKey: ['services'],
    queryFn: ({ signal }) => api.listServices({ signal }),
    staleTime: 60_000,
  });
}

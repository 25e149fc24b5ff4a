import { useCallback } from 'react';
import { useListUrl, type ListCodec } from '../../components';
import { paramsFromState, stateFromParams, type ListState } from './searchParams';

const codec: ListCodec<ListState> = { read: stateFromParams, write: paramsFromState };

/** The state of the list of event types, kept in its URL; `clear` takes search and facets back and leaves the order. */
export function useListState() {
  const { state, push, typed, setTyped } = useListUrl(codec);
  const clear = useCallback(() => {
    setTyped('');
    push({ q: '', facets: {}, ...(state.sort && { sort: state.sort, order: state.order }) });
  }, [push, setTyped, state.sort, state.order]);
  return { state, push, typed, setTyped, clear };
}

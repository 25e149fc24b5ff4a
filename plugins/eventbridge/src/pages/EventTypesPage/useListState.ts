import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { paramsFromState, stateFromParams, type ListState } from './searchParams';

/** A pause in typing after which the URL, and with it the list, follows: shorter than the eye notices. */
const TYPING_PAUSE_MS = 90;

/**
 * The state of the list, kept in the URL. A chosen facet or order is a step that Back undoes; letters typed into the
 * search are not, or Back would walk through them one by one.
 */
export function useListState() {
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => stateFromParams(params), [params]);

  const push = useCallback((next: ListState) => setParams(paramsFromState(next)), [setParams]);

  const [typed, setTyped] = useState(state.q);
  const written = useRef(state.q);
  // The URL changed by itself (Back, a link): the box follows.
  useEffect(() => {
    if (state.q !== written.current) {
      written.current = state.q;
      setTyped(state.q);
    }
  }, [state.q]);
  useEffect(() => {
    if (typed === written.current) return undefined;
    const timer = setTimeout(() => {
      written.current = typed;
      setParams(before => paramsFromState({ ...stateFromParams(before), q: typed }), { replace: true });
    }, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, setParams]);

  const clear = useCallback(() => {
    written.current = '';
    setTyped('');
    push({
      q: '',
      facets: {},
      ...(state.sort && { sort: state.sort, order: state.order }),
    });
  }, [push, state.sort, state.order]);

  return { state, push, typed, setTyped, clear };
}

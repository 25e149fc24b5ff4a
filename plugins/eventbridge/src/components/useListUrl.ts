import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router-dom';

/** A pause in typing after which the URL, and with it the list, follows: shorter than the eye notices. */
const TYPING_PAUSE_MS = 90;

/** How the state of a list reads as the query of its URL, and back. */
export interface ListCodec<S extends { readonly q: string }> {
  readonly read: (params: URLSearchParams) => S;
  readonly write: (state: S) => URLSearchParams;
}

/**
 * The state of a list, kept in the URL. A filter or an order is a step that Back undoes; letters typed into the search
 * are not, or Back would walk through them one by one. `codec` must stay the same object.
 */
export function useListUrl<S extends { readonly q: string }>(codec: ListCodec<S>) {
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => codec.read(params), [codec, params]);

  const push = useCallback(
    (next: S, options?: { readonly replace?: boolean }) => setParams(codec.write(next), { replace: options?.replace }),
    [codec, setParams],
  );

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
      setParams(before => codec.write({ ...codec.read(before), q: typed }), {
        replace: true,
      });
    }, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, codec, setParams]);

  return { state, push, typed, setTyped };
}

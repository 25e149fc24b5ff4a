import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * One value kept in the URL's query; absent when it is `undefined` or empty. `replace` leaves no step for Back, as
 * befits text that is being typed.
 */
export function useUrlState(
  name: string,
): readonly [string | undefined, (value: string | undefined, options?: { readonly replace?: boolean }) => void] {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (value: string | undefined, options?: { readonly replace?: boolean }) =>
      setParams(
        before => {
          const next = new URLSearchParams(before);
          if (value) next.set(name, value);
          else next.delete(name);
          return next;
        },
        { replace: options?.replace },
      ),
    [name, setParams],
  );
  return [params.get(name) ?? undefined, set];
}

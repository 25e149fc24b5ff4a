import { useSyncExternalStore } from 'react';

/** The same width at which Backstage moves its sidebar to the bottom. */
const PHONE_QUERY = '(max-width: 599.95px)';

function mediaQuery(): MediaQueryList | undefined {
  return typeof window.matchMedia === 'function' ? window.matchMedia(PHONE_QUERY) : undefined;
}

/** Whether the screen is as narrow as a phone's. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(
    onChange => {
      const query = mediaQuery();
      query?.addEventListener?.('change', onChange);
      return () => query?.removeEventListener?.('change', onChange);
    },
    () => mediaQuery()?.matches ?? false,
  );
}

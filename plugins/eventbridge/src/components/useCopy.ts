import { useCallback, useEffect, useState } from 'react';

/** How long a button says that the copy was made. */
const SAY_FOR_MS = 2000;

/** Copies text to the clipboard and tells for a moment how it went. */
export function useCopy(): readonly ['idle' | 'copied' | 'failed', (text: string) => void] {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), SAY_FOR_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = useCallback((text: string) => {
    // Absent on pages served without TLS from another host.
    if (!navigator.clipboard) {
      setState('failed');
      return;
    }
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  }, []);
  return [state, copy];
}

import { useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { addressOf, readAddress, type Playground } from '../../playground/playgroundAddress';
import { MAX_ADDRESS } from '../../playground/sharing';

/** How long nobody types before the address follows. */
const ADDRESS_AFTER_MS = 300;

const NOTHING: Playground = { pattern: { kind: 'text', text: '' }, event: { kind: 'text', text: '' } };

/** Whether the address of the page says what the page shows. */
export type AddressState =
  | { readonly kind: 'current' }
  | { readonly kind: 'too-long'; readonly length: number }
  /** The page was opened by an address of which a part is missing. */
  | { readonly kind: 'broken' };

/** What stands in the two panes. The address follows what is typed, and Back and links change what stands there. */
export function usePlayground() {
  const { pathname, search, hash } = useLocation();
  const navigate = useNavigate();
  const [state, setState] = useState<Playground>();
  const [address, setAddress] = useState<AddressState>({ kind: 'current' });
  const written = useRef<string>();
  const typed = useRef(false);

  useEffect(() => {
    const here = search + hash;
    if (here === written.current) return undefined;
    let isLatest = true;
    readAddress(search, hash).then(({ isBroken, ...read }) => {
      if (!isLatest) return;
      written.current = here;
      typed.current = false;
      setState(read);
      setAddress({ kind: isBroken ? 'broken' : 'current' });
    });
    return () => {
      isLatest = false;
    };
  }, [search, hash]);

  useEffect(() => {
    if (!state || !typed.current) return undefined;
    const timer = setTimeout(async () => {
      const next = await addressOf(state);
      const length = window.location.origin.length + pathname.length + next.length;
      setAddress(length > MAX_ADDRESS ? { kind: 'too-long', length } : { kind: 'current' });
      const shown = length > MAX_ADDRESS ? '' : next;
      if (shown === written.current) return;
      written.current = shown;
      navigate(`${pathname}${shown}`, { replace: true });
    }, ADDRESS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [state, pathname, navigate]);

  const change = (changes: Partial<Playground>) => {
    typed.current = true;
    setState(before => ({ ...(before ?? NOTHING), ...changes }));
  };
  return { state, address, change };
}

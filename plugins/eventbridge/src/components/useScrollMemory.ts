import { useEffect, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router-dom';
import { useScrollElement } from './PageFrame/PageFrame';

/** Where each entry of the browser's history was scrolled to; as long as the tab lives. */
const positions = new Map<string, number>();

/** Back returns to where a person was on the page; any other way starts at its top. */
export function useScrollMemory(page: string, ready: boolean) {
  const scroller = useScrollElement();
  const { key } = useLocation();
  const type = useNavigationType();
  const entry = `${page} ${key}`;
  const restored = useRef('');
  useEffect(() => {
    if (!scroller || !ready || restored.current === entry) return;
    const before = restored.current;
    restored.current = entry;
    if (type === 'POP' && positions.has(entry)) {
      scroller.scrollTop = positions.get(entry)!;
    } else if (before !== '' && type === 'PUSH') {
      scroller.scrollTop = 0;
    }
  }, [scroller, ready, entry, type]);
  useEffect(() => {
    if (!scroller) return undefined;
    const remember = () => positions.set(entry, scroller.scrollTop);
    scroller.addEventListener('scroll', remember, { passive: true });
    return () => scroller.removeEventListener('scroll', remember);
  }, [scroller, entry]);
}

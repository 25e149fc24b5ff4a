import { useEffect, useState } from 'react';
import { useSubscriptionMetrics } from '../api';
import { Skeleton } from './Skeleton';
import { TinyLine } from './TinyLine';

/** A row must stay on the screen this long before its numbers are asked for: scrolling past costs nothing. */
const ASK_AFTER_MS = 300;

/** The last 24 hours of one row. What cannot be read is unknown here; the details say why. */
export function RowNumbers(props: { readonly id: string }) {
  const [stayed, setStayed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setStayed(true), ASK_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  const metrics = useSubscriptionMetrics(props.id, stayed);
  if (metrics.isPending) return <Skeleton width={110} height={14} />;
  if (metrics.isError) {
    return (
      <span className="bl-muted" title={metrics.error.message}>
        unknown
      </span>
    );
  }
  return <TinyLine points={metrics.data.matched} until={metrics.data.until} what="events matched" width={52} />;
}

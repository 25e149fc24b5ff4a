import { useSources } from '../../api';
import { Banner } from '../Banner';
import { RelativeTime } from '../RelativeTime';

/** Says which sources are stale, since when and why; what they last gave is still shown below. */
export function StaleBanner() {
  const sources = useSources();
  const stale = (sources.data ?? []).filter(source => source.state === 'stale');
  if (stale.length === 0) return null;
  return (
    <Banner tone="warn" title={stale.length === 1 ? `${stale[0].title} is stale` : `${stale.length} sources are stale`}>
      {stale.map(source => (
        <div key={source.id}>
          {stale.length > 1 && `${source.title}: `}
          {source.reason ?? 'The last read failed.'}{' '}
          {source.lastReadAt && (
            <>
              Shown is what was read <RelativeTime time={source.lastReadAt} />.
            </>
          )}
        </div>
      ))}
    </Banner>
  );
}

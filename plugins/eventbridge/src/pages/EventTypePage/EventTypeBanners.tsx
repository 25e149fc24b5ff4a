import type { EventTypeDetail } from '@busline/plugin-eventbridge-common';
import { Link } from 'react-router-dom';
import { Banner, nameOfRef, RelativeTime } from '../../components';
import { useLinks } from '../../links';

/** What a person should know before building on this event type: that it ends, that it is guarded, that it is undeclared. */
export function EventTypeBanners(props: { readonly eventType: EventTypeDetail }) {
  const { eventType } = props;
  return (
    <>
      <Deprecation eventType={eventType} />
      {eventType.classification === 'restricted' && (
        <Banner tone="restricted" title="Restricted">
          A subscription needs the approval of its owner
          {eventType.owner !== 'unknown' && `, ${nameOfRef(eventType.owner)}`}.
          {eventType.personalData.length > 0 && (
            <>
              {' '}
              It carries personal data in{' '}
              {eventType.personalData.map((field, index) => (
                <span key={field}>
                  {index > 0 && ', '}
                  <code className="bl-mono">{field}</code>
                </span>
              ))}
              .
            </>
          )}
        </Banner>
      )}
      {eventType.standing === 'observed-only' && (
        <Banner tone="warn" title="Declared nowhere">
          It was seen on AWS, but no event repository declares it: nobody owns it, and no schema is promised.
        </Banner>
      )}
    </>
  );
}

function Deprecation(props: { readonly eventType: EventTypeDetail }) {
  const { deprecation, lifecycle } = props.eventType;
  const links = useLinks();
  if (lifecycle === 'retired') {
    return (
      <Banner tone="error" title="Retired">
        It is no longer sent. {deprecation?.reason}
      </Banner>
    );
  }
  if (!deprecation) return null;
  return (
    <Banner tone="warn" title="Deprecated">
      {deprecation.reason} Since <RelativeTime time={deprecation.since} />
      {deprecation.sunset && (
        <>
          ; the last one is sent on {deprecation.sunset} (
          <RelativeTime time={deprecation.sunset} />)
        </>
      )}
      .
      {deprecation.replacement && (
        <>
          {' '}
          Use <Link to={links.eventType(deprecation.replacement)}>{deprecation.replacement.detailType}</Link> instead.
        </>
      )}
    </Banner>
  );
}

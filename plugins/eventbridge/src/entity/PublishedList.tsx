import type { ServiceDetail } from '@busline/plugin-eventbridge-common';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { ActionButton } from '../components/ActionButton';
import { HealthMark } from '../components/HealthMark';
import { LifecycleTag } from '../components/LifecycleTag';
import { useLinks } from '../links';
import { CardList, SHOWN_AT_FIRST } from './CardList';

/** The event types that a service publishes. */
export function PublishedList(props: { readonly service: ServiceDetail }) {
  const { publishes } = props.service;
  const links = useLinks();
  const [all, setAll] = useState(false);
  if (publishes.length === 0) return <p className="bl-muted">Nothing.</p>;
  const shown = all ? publishes : publishes.slice(0, SHOWN_AT_FIRST);
  return (
    <>
      <CardList>
        {shown.map(type => (
          <li key={`${type.source} ${type.detailType}`}>
            <div className="bl-card-line">
              <Link to={links.eventType(type)} className="bl-ellipsis">
                {type.detailType}
              </Link>
              {(type.lifecycle === 'deprecated' || type.lifecycle === 'retired') && (
                <LifecycleTag lifecycle={type.lifecycle} />
              )}
              <HealthMark health={type.health} />
              {type.version && <span className="bl-mono bl-muted bl-card-end">{type.version}</span>}
            </div>
            <small className="bl-mono">{type.source}</small>
            <small>
              {type.subscriberCount === 0
                ? 'no subscribers'
                : `${type.subscriberCount.toLocaleString('en')} ${
                    type.subscriberCount === 1 ? 'subscriber' : 'subscribers'
                  }`}
            </small>
          </li>
        ))}
      </CardList>
      {publishes.length > SHOWN_AT_FIRST && (
        <ActionButton onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? 'Show fewer' : `Show all ${publishes.length.toLocaleString('en')}`}
        </ActionButton>
      )}
    </>
  );
}

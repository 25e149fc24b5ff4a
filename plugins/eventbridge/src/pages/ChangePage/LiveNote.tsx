import type { ChangeRequestDetail } from '@busline/plugin-eventbridge-common';
import { Link } from 'react-router-dom';
import { durationSentence } from '../../components';
import { useLinks } from '../../links';

/** How long it took, and where to go from here. */
export function LiveNote(props: { readonly change: ChangeRequestDetail }) {
  const { change } = props;
  const links = useLinks();
  const took = change.leadTimeSeconds;
  const { subscriptions, publications } = change;
  const search = (name: string) =>
    new URLSearchParams({ q: name, ...(change.service && { service: change.service }) }).toString();
  return (
    <>
      <p className="bl-waits-for" role="status">
        <strong>Live{took !== undefined && ` ${durationSentence(took)} after the form was sent`}.</strong>
      </p>
      <div className="bl-turn">
        {subscriptions.map(name => (
          <Link key={name} to={links.subscriptions(search(name))}>
            Subscription {name}
          </Link>
        ))}
        {publications.map(ref => (
          <Link key={`${ref.source} ${ref.detailType}`} to={links.eventType(ref)}>
            {ref.detailType}
          </Link>
        ))}
        {change.pullRequests.some(({ role }) => role === 'service') && (
          <a href="#first-event">Clone it and {publications.length > 0 ? 'publish a first event' : 'run its test'}</a>
        )}
      </div>
    </>
  );
}

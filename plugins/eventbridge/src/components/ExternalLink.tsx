import type { ReactNode } from 'react';
import { ExternalIcon } from './icons';

/** Whether a link may be followed: an address from a file that somebody wrote must not run code. */
export function isSafeUrl(href: string): boolean {
  try {
    return ['http:', 'https:', 'mailto:'].includes(new URL(href, window.location.origin).protocol);
  } catch {
    return false;
  }
}

/** A link out of the portal, in a tab of its own. What is no web address is shown as text. */
export function ExternalLink(props: { readonly href: string; readonly children: ReactNode }) {
  if (!isSafeUrl(props.href)) return <span title={props.href}>{props.children}</span>;
  return (
    <a href={props.href} target="_blank" rel="noopener noreferrer">
      {props.children} <ExternalIcon style={{ verticalAlign: '-0.2em' }} />
      <span className="bl-sr"> (opens in a new tab)</span>
    </a>
  );
}

import { Fragment, type ReactNode } from 'react';

/** Text in which names and values stand between backticks, as the API writes its sentences; they are shown as code. */
export function Backticks(props: { readonly text: string }): ReactNode {
  const parts = props.text.split(/`([^`]+)`/);
  return parts.map((part, index) =>
    index % 2 === 1 ? <code key={index}>{part}</code> : <Fragment key={index}>{part}</Fragment>,
  );
}

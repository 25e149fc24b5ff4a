import { Fragment, type ReactNode } from 'react';

/** The Markdown that plans are written in: names between backticks, and what to look at between two stars. */
export function PlanText(props: { readonly text: string }): ReactNode {
  return props.text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part, index) => {
    if (index % 2 === 0) return <Fragment key={index}>{part}</Fragment>;
    if (part.startsWith('`')) return <code key={index}>{part.slice(1, -1)}</code>;
    return (
      <strong key={index}>
        <PlanText text={part.slice(2, -2)} />
      </strong>
    );
  });
}

import { Fragment, type ReactNode } from 'react';

/** Marks every word of a search inside a text, whatever its case. */
export function Highlight(props: { readonly text: string; readonly search?: string }): ReactNode {
  const parts = markedParts(props.text, props.search ?? '');
  return parts.map(({ text, marked }, index) =>
    marked ? <mark key={index}>{text}</mark> : <Fragment key={index}>{text}</Fragment>,
  );
}

/** Cuts a text at what the words of a search match; longer words win where two overlap. */
export function markedParts(
  text: string,
  search: string,
): readonly { readonly text: string; readonly marked: boolean }[] {
  const words = [
    ...new Set(
      search
        .toLowerCase()
        .split(/[\s"]+/)
        .filter(Boolean),
    ),
  ]
    .sort((a, b) => b.length - a.length)
    .map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (words.length === 0) return [{ text, marked: false }];
  return text
    .split(new RegExp(`(${words.join('|')})`, 'gi'))
    .map((part, index) => ({ text: part, marked: index % 2 === 1 }))
    .filter(part => part.text !== '');
}

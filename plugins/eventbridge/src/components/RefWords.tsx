import type { ReactNode } from 'react';
import { PlanText } from './PlanView/PlanText';
import { nameOfRef } from './OwnerLink';

/** As the catalog writes them; a full stop after one ends the sentence. */
const REF = /((?:group|user):[a-z0-9._-]+\/[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)/;

/** A sentence in which entity references are told by their names: `The approval of access`. */
export function RefWords(props: { readonly text: string }): ReactNode {
  return props.text.split(REF).map((part, index) =>
    index % 2 === 1 ? (
      <strong key={index} title={part}>
        {nameOfRef(part)}
      </strong>
    ) : (
      <PlanText key={index} text={part} />
    ),
  );
}

/** The same as plain text, for titles and lists. */
export function refWords(text: string): string {
  return text
    .split(REF)
    .map((part, index) => (index % 2 === 1 ? nameOfRef(part) : part))
    .join('');
}

import type { EventType } from '@busline/event-repository';
import { useMemo } from 'react';
import type { FilterBy, SubscriptionFormData } from '../form/formData';
import { ProblemWords, RadioChoice, Stack, useProblemsAt } from '../inputs';
import { ClauseList } from './ClauseList';
import { FilterResult } from './FilterResult';
import { filterFields } from './fields';
import { PatternEditor } from './PatternEditor';
import { patternText } from './patternText';
import { builtPattern, previewFilter } from './preview';

const WAYS: readonly { readonly value: FilterBy; readonly label: string }[] = [
  { value: 'everything', label: 'All of them' },
  { value: 'fields', label: 'Those with certain values' },
  { value: 'pattern', label: 'By a pattern that I write' },
];

/** Which events of the chosen types are received, with a live answer of what that takes. */
export function FilterEditor(props: {
  readonly at: string;
  readonly subscription: SubscriptionFormData;
  readonly eventTypes: readonly EventType[];
  readonly isPending: boolean;
  readonly onChange: (changes: Partial<SubscriptionFormData>) => void;
}) {
  const { at, subscription, eventTypes, isPending, onChange } = props;
  const way = subscription.filterBy ?? 'everything';
  const fields = useMemo(() => filterFields(eventTypes), [eventTypes]);
  const preview = useMemo(() => previewFilter(subscription, eventTypes), [subscription, eventTypes]);
  const filterProblems = useProblemsAt(`${at}/filter`);
  const patternProblems = useProblemsAt(`${at}/pattern`);
  const choose = (filterBy: FilterBy) => {
    const isEmptyPattern = filterBy === 'pattern' && !subscription.patternText?.trim();
    const isEmptyList = filterBy === 'fields' && !subscription.clauses?.length;
    onChange({
      filterBy,
      // Writing goes on from what was built.
      ...(isEmptyPattern && { patternText: patternText(builtPattern(subscription, eventTypes)) }),
      ...(isEmptyList && { clauses: [{ field: '', operator: 'is', values: [], type: 'text' }] }),
    });
  };
  const isEmpty = (subscription.eventTypes ?? []).length === 0;
  return (
    <Stack style={{ gap: 12 }}>
      <RadioChoice label="Which of these events" value={way} options={WAYS} onChange={choose} field={`${at}/filter`} />
      {way === 'fields' && (
        <ClauseList
          at={at}
          clauses={subscription.clauses ?? []}
          fields={fields}
          isPending={isPending}
          onChange={clauses => onChange({ clauses })}
        />
      )}
      {way === 'pattern' && (
        <PatternEditor
          at={at}
          text={subscription.patternText ?? ''}
          preview={preview}
          onChange={text => onChange({ patternText: text })}
        />
      )}
      {way !== 'pattern' && <ProblemWords problems={[...filterProblems, ...patternProblems]} />}
      {!isEmpty && <FilterResult preview={preview} isPending={isPending} />}
    </Stack>
  );
}

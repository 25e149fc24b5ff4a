import { useApi } from '@backstage/core-plugin-api';
import { useQuery } from '@tanstack/react-query';
import type { PlanAnswer } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useEffect, useMemo, useState } from 'react';
import { eventbridgeApiRef } from '../../api';
import { Embedded, ErrorPanel, PlanView, Skeleton, SkeletonText } from '../../components';
import type { BuslineFieldProps } from '../form/fieldProps';
import type { FormData, PlanFormData } from '../form/formData';
import type { PageKey } from '../form/pointers';
import { requestOfForm } from '../form/requestOfForm';
import { FormPage, TextArea } from '../inputs';
import { PlanProblems } from './PlanProblems';

/** Page "Plan": everything that would happen, before anything is opened. */
export function PlanField(props: BuslineFieldProps<PlanFormData>) {
  return (
    <Embedded>
      <FormPage>
        <PlanPage {...props} />
      </FormPage>
    </Embedded>
  );
}

const KEYS: readonly PageKey[] = ['service', 'subscriptions', 'publications', 'change', 'leave', 'deprecation'];

function PlanPage(props: BuslineFieldProps<PlanFormData>) {
  const { formData: plan = {}, onChange, formContext, uiSchema } = props;
  const options = uiSchema?.['ui:options'];
  const kind = options?.kind ?? 'onboard';
  const pages = useMemo(
    () => (options?.pages ?? []).filter((page): page is PageKey => KEYS.includes(page as PageKey)),
    [options],
  );
  const form: FormData = useMemo(() => ({ ...formContext?.formData, plan }), [formContext, plan]);
  const parsed = useMemo(() => requestOfForm(kind, form), [kind, form]);
  const request = parsed.kind === 'request' ? parsed.request : undefined;
  const api = useApi(eventbridgeApiRef);
  const key = JSON.stringify(request);
  const answer = useQuery({
    queryKey: ['plan', key],
    queryFn: ({ signal }) => api.makePlan(request!, { signal }),
    enabled: request !== undefined,
    // Somebody may have merged something since: coming back to this page asks again.
    staleTime: 0,
    gcTime: 0,
  });
  useEffect(() => {
    if (parsed.kind === 'problems') onChange({ reason: plan.reason, problems: parsed.problems });
    else if (answer.data) onChange({ reason: plan.reason, request: parsed.request, ...kept(answer.data) });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what was found goes into the form once, when it is found
  }, [answer.data, key, parsed.kind]);
  if (parsed.kind === 'problems') return <PlanProblems problems={parsed.problems} pages={pages} />;
  if (answer.isError) {
    return (
      <ErrorPanel
        title="The plan could not be made"
        error={answer.error}
        onRetry={() => answer.refetch()}
        retrying={answer.isFetching}
      />
    );
  }
  if (answer.isPending) return <OnItsWay />;
  if (answer.data.kind === 'problems') return <PlanProblems problems={answer.data.problems} pages={pages} />;
  return (
    <>
      {kind !== 'deprecate' && <Reason reason={plan.reason} onChange={reason => onChange({ ...plan, reason })} />}
      <h3>{answer.data.plan.title}</h3>
      <PlanView plan={answer.data.plan} level={3} />
    </>
  );
}

function kept(answer: PlanAnswer): PlanFormData {
  return answer.kind === 'plan' ? { title: answer.plan.title, digest: answer.digest } : { problems: answer.problems };
}

/** Goes into the pull requests: planned again when it is written, not while. */
function Reason(props: { readonly reason: string | undefined; readonly onChange: (reason: string) => void }) {
  const [text, setText] = useState(props.reason ?? '');
  return (
    <TextArea
      label="Why"
      field="/reason"
      optional
      rows={2}
      hint="for those who review it; it stands in the pull requests"
      value={text}
      onChange={setText}
      onBlur={() => text !== (props.reason ?? '') && props.onChange(text)}
    />
  );
}

const Waiting = styled('div')({ display: 'grid', gap: 22, '& p': { margin: 0 } });

function OnItsWay() {
  return (
    <Waiting role="status" aria-busy="true">
      <p className="bl-muted">
        Planning: reading the event repository, making the files, comparing every policy before and after…
      </p>
      <SkeletonText lines={4} />
      <Skeleton height={150} />
      <Skeleton height={220} />
    </Waiting>
  );
}

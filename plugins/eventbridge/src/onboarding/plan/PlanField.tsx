import { useApi } from '@backstage/core-plugin-api';
import { useQuery } from '@tanstack/react-query';
import type { PlanAnswer } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import type { OnboardingRequest, RequestProblem } from '@busline/onboarding';
import { useEffect, useMemo, useRef, useState } from 'react';
import { eventbridgeApiRef } from '../../api';
import { ErrorPanel, PlanLetter, PlanView, Skeleton, SkeletonText } from '../../components';
import type { BuslineFieldProps } from '../form/fieldProps';
import type { FormData, FormKind, PlanFormData } from '../form/formData';
import type { PageKey } from '../form/pointers';
import { requestOfForm } from '../form/requestOfForm';
import { FormGround, TextArea } from '../inputs';
import { PlanProblems } from './PlanProblems';

/** Page "Plan": everything that would happen, before anything is opened. */
export function PlanField(props: BuslineFieldProps<PlanFormData>) {
  return (
    <FormGround>
      <PlanPage {...props} />
    </FormGround>
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
  // The reason is for those who review it, and changes nothing of what is planned.
  const asked = useMemo(() => request && withoutReason(kind, request), [kind, request]);
  const key = JSON.stringify(asked);
  const answer = useQuery({
    queryKey: ['plan', key],
    queryFn: ({ signal }) => api.makePlan(asked!, { signal }),
    enabled: asked !== undefined,
    // Somebody may have merged something since: coming back to this page asks again.
    staleTime: 0,
    gcTime: 0,
  });
  useEffect(() => {
    const reason = plan.reason?.trim() ? { reason: plan.reason } : {};
    if (parsed.kind === 'problems') onChange({ ...reason, problems: parsed.problems });
    else if (answer.data) onChange({ ...reason, request: parsed.request, ...kept(answer.data) });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what was found goes into the form once, when it is found
  }, [answer.data, key, parsed.kind, plan.reason]);
  const hasTried = (props.rawErrors ?? []).length > 0;
  const hasProblems = parsed.kind === 'problems' || answer.data?.kind === 'problems';
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (hasTried && hasProblems) top.current?.focus();
  }, [hasTried, hasProblems]);
  const problemsOf = (problems: readonly RequestProblem[]) => (
    <div ref={top} tabIndex={-1} style={{ outline: 'none' }}>
      <PlanProblems problems={problems} pages={pages} />
    </div>
  );
  if (parsed.kind === 'problems') return problemsOf(parsed.problems);
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
  if (answer.data.kind === 'problems') return problemsOf(answer.data.problems);
  return (
    <>
      <h3>{answer.data.plan.title}</h3>
      <PlanLetter plan={answer.data.plan} />
      {kind !== 'deprecate' && <Reason reason={plan.reason} onChange={reason => onChange({ ...plan, reason })} />}
      <PlanView plan={answer.data.plan} level={3} omit={LETTER} />
    </>
  );
}

const LETTER = ['letter'] as const;

function withoutReason(kind: FormKind, request: OnboardingRequest): OnboardingRequest {
  // Those who receive a deprecated event type read why: there it stands in a file.
  if (kind === 'deprecate') return request;
  const { reason: _, ...rest } = request;
  return rest as OnboardingRequest;
}

function kept(answer: PlanAnswer): PlanFormData {
  if (answer.kind === 'problems') return { problems: answer.problems };
  const { title, repositories } = answer.plan;
  const where = repositories
    .filter(({ files }) => files.length > 0)
    .map(({ role, url, files }) => {
      const name = url?.split('/').slice(-2).join('/') ?? `the ${role === 'events' ? 'event' : 'service’s'} repository`;
      return `${name}, ${files.length} ${files.length === 1 ? 'file' : 'files'}`;
    });
  return { title, where, digest: answer.digest };
}

/** Goes into the pull requests. */
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

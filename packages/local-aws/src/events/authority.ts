import type { Principal } from '@busline/access-policy';
import type { EventsContext } from './context';
import { busArn, type BusPlace } from './state';

/** Condition keys that an event decides. */
export const EVENT_KEYS = ['events:source', 'events:detail-type'] as const;

export type PublishVerdict =
  | { readonly kind: 'allowed' }
  /** No event at all may be published by this principal on this bus. */
  | { readonly kind: 'no-access'; readonly because: string }
  | { readonly kind: 'source-denied'; readonly because: string }
  | { readonly kind: 'detail-type-denied'; readonly because: string };

export interface PublishQuestion {
  readonly principal: Principal;
  readonly source: string;
  readonly detailType: string;
  /** True where a rule forwards, false where a client publishes. */
  readonly forwarded: boolean;
}

/** Whether a principal may publish an event on a bus, and if not, what about it is denied. */
export function mayPublish(
  { environment, state }: EventsContext,
  bus: BusPlace,
  question: PublishQuestion,
): PublishVerdict {
  const ask = (openKeys?: readonly string[]) =>
    environment.authorizer.decide({
      principal: question.principal,
      action: 'events:PutEvents',
      resource: busArn(bus),
      resourceAccount: bus.account,
      resourcePolicy: state.policyOf(bus),
      openKeys,
      context: {
        'events:source': question.source,
        'events:detail-type': question.detailType,
        'events:eventBusInvocation': question.forwarded,
      },
    });
  const whole = ask();
  if (whole.decision === 'allow') return { kind: 'allowed' };
  if (ask(EVENT_KEYS).decision === 'deny') {
    return { kind: 'no-access', because: whole.because };
  }
  const kind = ask(['events:detail-type']).decision === 'deny' ? 'source-denied' : 'detail-type-denied';
  return { kind, because: whole.because };
}

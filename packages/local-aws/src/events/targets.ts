import { parseArn, type Principal } from '@busline/access-policy';
import { findRoleByArn, parsedPolicy } from '../iam/role';
import { mayPublish } from './authority';
import type { EventsContext } from './context';
import type { Delivery } from './delivery';
import { targetInput } from './inputTransform';
import { invokeLambda } from './lambda';
import { busArn, parseBusArn, type BusPlace } from './state';

export type Outcome =
  | { readonly kind: 'delivered' }
  /** A target of a kind that this server keeps but does not run. */
  | { readonly kind: 'recorded' }
  | {
      readonly kind: 'failed';
      /** As on a dead letter's ERROR_CODE. */
      readonly code: string;
      readonly message: string;
      readonly retryable: boolean;
    };

const failed = (code: string, message: string): Outcome => ({
  kind: 'failed',
  code,
  message,
  retryable: false,
});

/** One attempt. Queues and buses of this server answer at once, functions later. */
export function invokeTarget(context: EventsContext, delivery: Delivery): Outcome | Promise<Outcome> {
  const { target } = delivery;
  const sender = senderOf(context, delivery);
  if ('kind' in sender && sender.kind === 'failed') return sender;
  const principal = sender as Principal;
  const bus = parseBusArn(target.Arn);
  if (bus) return sendToBus(context, delivery, principal, bus);
  switch (parseArn(target.Arn)?.service) {
    case 'sqs':
      return sendToQueue(context, delivery, principal);
    case 'lambda':
      return sendToFunction(context, delivery, principal);
    default:
      return { kind: 'recorded' };
  }
}

/** Whom the target sees: the role that the target names, once EventBridge may act as it, or EventBridge itself. */
function senderOf({ environment }: EventsContext, { target, rule, place }: Delivery): Principal | Outcome {
  const service: Principal = {
    kind: 'service',
    service: 'events.amazonaws.com',
  };
  if (target.RoleArn === undefined) return service;
  const role = findRoleByArn(environment.store, target.RoleArn);
  if (!role) {
    return failed(
      'FAILED_TO_ASSUME_ROLE',
      `EventBridge is not able to assume the role ${target.RoleArn}: the role does not exist`,
    );
  }
  const { decision, because } = environment.authorizer.decide({
    principal: service,
    action: 'sts:AssumeRole',
    resource: role.arn,
    resourceAccount: place.account,
    trustPolicy: true,
    resourcePolicy: {
      name: `the trust policy of role ${role.name}`,
      document: parsedPolicy(role.trustPolicy),
    },
    context: {
      'aws:SourceArn': rule.arn,
      'aws:SourceAccount': place.account,
    },
  });
  if (decision === 'allow') {
    return { kind: 'role', account: place.account, arn: role.arn };
  }
  return failed('FAILED_TO_ASSUME_ROLE', `EventBridge is not able to assume the role ${role.arn} ${because}`);
}

function sendToQueue({ queues }: EventsContext, delivery: Delivery, principal: Principal): Outcome {
  const { target, rule, event, ingestedAt } = delivery;
  const result = queues.deliver({
    queueArn: target.Arn,
    body: targetInput(target, rule, event, ingestedAt),
    messageGroupId: target.SqsParameters?.MessageGroupId,
    principal,
    sourceArn: rule.arn,
  });
  return result.kind === 'delivered' ? { kind: 'delivered' } : result;
}

/**
 * "An event forwarded from a bus is not forwarded to a third": the event may have made one hop before it came to
 * this rule's bus, and then goes no further.
 */
function sendToBus(context: EventsContext, delivery: Delivery, principal: Principal, bus: BusPlace): Outcome {
  const { event, place, target, rule, ingestedAt } = delivery;
  if (delivery.forwardedFrom !== undefined) {
    return failed(
      'THIRD_ACCOUNT_HOP_DETECTED',
      `The event was forwarded from ${delivery.forwardedFrom} to ${busArn(
        place,
      )} already, and is not forwarded again to ${busArn(bus)}`,
    );
  }
  if (!context.state.findBus(bus)) {
    return failed('NO_RESOURCE', `Event bus ${busArn(bus)} does not exist.`);
  }
  const ownBus = principal.kind === 'service' && bus.account === place.account;
  const verdict = ownBus
    ? undefined
    : mayPublish(context, bus, {
        principal,
        source: event.source,
        detailType: event['detail-type'],
        forwarded: true,
      });
  if (verdict && verdict.kind !== 'allowed') {
    return failed(
      'NO_PERMISSIONS',
      `${target.RoleArn ?? 'events.amazonaws.com'} is not authorized to perform: events:PutEvents on resource: ` +
        `${busArn(bus)} ${verdict.because}`,
    );
  }
  const given = targetInput(target, rule, event, ingestedAt);
  const forwarded = given === JSON.stringify(event) ? event : { ...event, detail: asDetail(given) };
  context.publish(bus, forwarded, busArn(place));
  return { kind: 'delivered' };
}

/** What a transformed input leaves as the event's detail: an object, as every detail is. */
function asDetail(given: string): unknown {
  try {
    const value: unknown = JSON.parse(given);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function sendToFunction(
  context: EventsContext,
  { target, rule, event, ingestedAt, place }: Delivery,
  principal: Principal,
): Outcome | Promise<Outcome> {
  const url = Object.hasOwn(context.lambdaUrls, target.Arn) ? context.lambdaUrls[target.Arn] : undefined;
  if (url === undefined) return { kind: 'recorded' };
  if (principal.kind === 'role') {
    // There is no function with a policy of its own here: the role's policies alone are asked.
    const { decision, because } = context.environment.authorizer.decide({
      principal,
      action: 'lambda:InvokeFunction',
      resource: target.Arn,
      resourceAccount: place.account,
    });
    if (decision === 'deny') {
      return failed(
        'NO_PERMISSIONS',
        `${principal.arn} is not authorized to perform: lambda:InvokeFunction on resource: ${target.Arn} ${because}`,
      );
    }
  }
  return invokeLambda(url, targetInput(target, rule, event, ingestedAt));
}

import { authorize } from '../authorize';
import { objects, optionalNumber, optionalText, text, texts } from '../input';
import { page, sortedBy } from '../paging';
import { AwsError, type JsonObject, type Operation, type ServiceRequest } from '../service';
import { EVENT_KEYS } from './authority';
import { allow, placeOf, type EventsContext } from './context';
import { busArn, parseBusArn, ruleArn, type BusPlace } from './state';
import { checkTarget } from './targetChecks';
import type { Rule, Target } from './types';

const MAX_PAGE = 100;

export function targetOperations(context: EventsContext): readonly (readonly [string, Operation])[] {
  return [
    ['PutTargets', putTargets(context)],
    ['RemoveTargets', removeTargets(context)],
    ['ListTargetsByRule', listTargets(context)],
  ];
}

/** The rule that a request means, once the caller may do this to it. */
function ruleFor(
  context: EventsContext,
  input: JsonObject,
  request: ServiceRequest,
  targetArns?: readonly string[],
): { readonly place: BusPlace; readonly rule: Rule } {
  const place = placeOf(request, optionalText(input, 'EventBusName'));
  const name = text(input, 'Rule');
  allow(context, request, place, ruleArn(place, name), {
    'events:creatorAccount': request.caller.account,
    'events:TargetArn': targetArns,
  });
  return { place, rule: context.state.rule(place, name) };
}

/** Takes all targets or none. */
function putTargets(context: EventsContext): Operation {
  const { environment, state } = context;
  return (input, request) => {
    const given = objects(input, 'Targets') as readonly Target[];
    const arns = given.map(target => text(target, 'Arn'));
    const { place, rule } = ruleFor(context, input, request, arns);
    if (rule.createdBy !== request.caller.account) {
      throw new AwsError(
        'AccessDeniedException',
        `PutTargets must be called from the account that owns the rule: ${rule.createdBy}.`,
      );
    }
    for (const target of given) {
      checkTarget(place, target);
      mayPassRole(context, request, target);
      mayReachBus(context, place, target);
    }
    const targets = new Map([...rule.targets, ...given].map(target => [target.Id, target]));
    if (targets.size > environment.quotas.targetsPerRule) {
      throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
    }
    state.rules(place).set(rule.name, { ...rule, targets: [...targets.values()] });
    return { FailedEntryCount: 0, FailedEntries: [] };
  };
}

function removeTargets(context: EventsContext): Operation {
  return (input, request) => {
    const { place, rule } = ruleFor(context, input, request);
    const ids = texts(input, 'Ids');
    const failed = ids
      .filter(id => !rule.targets.some(target => target.Id === id))
      .map(id => ({
        TargetId: id,
        ErrorCode: 'ResourceNotFoundException',
        ErrorMessage: `Rule ${rule.name} does not have a target with the Id ${id}.`,
      }));
    context.state.rules(place).set(rule.name, {
      ...rule,
      targets: rule.targets.filter(target => !ids.includes(target.Id)),
    });
    return { FailedEntryCount: failed.length, FailedEntries: failed };
  };
}

function listTargets(context: EventsContext): Operation {
  return (input, request) => {
    const { rule } = ruleFor(context, input, request);
    const found = page(
      sortedBy(rule.targets, target => target.Id),
      target => target.Id,
      {
        limit: optionalNumber(input, 'Limit') ?? MAX_PAGE,
        token: optionalText(input, 'NextToken'),
      },
    );
    return { Targets: found.items, NextToken: found.nextToken };
  };
}

/** Giving EventBridge a role to act as needs the right to pass that role on. */
function mayPassRole({ environment }: EventsContext, request: ServiceRequest, target: Target): void {
  if (target.RoleArn === undefined) return;
  authorize(environment.authorizer, request.caller, {
    action: 'iam:PassRole',
    resource: target.RoleArn,
    context: { 'iam:PassedToService': 'events.amazonaws.com' },
  });
}

/**
 * A bus in another account must already let the rule's account, or the target's role, publish on it. No event is
 * there yet, so conditions on what an event says count as met.
 * @throws AwsError AccessDeniedException
 */
function mayReachBus({ environment, state }: EventsContext, place: BusPlace, target: Target): void {
  const bus = parseBusArn(target.Arn);
  if (!bus || bus.account === place.account) return;
  const ask = {
    action: 'events:PutEvents',
    resource: busArn(bus),
    resourceAccount: bus.account,
    resourcePolicy: state.policyOf(bus),
    context: { 'events:eventBusInvocation': true },
    openKeys: EVENT_KEYS,
  };
  const decision = environment.authorizer.decide({
    ...ask,
    principal: {
      kind: 'role',
      account: place.account,
      arn: target.RoleArn ?? '',
    },
  });
  // The role's own policies may come after PutTargets; the bus's may not.
  if (decision.decision === 'allow' || decision.reason.kind === 'no-identity-allow') {
    return;
  }
  throw new AwsError(
    'AccessDeniedException',
    `Account ${place.account} is not authorized to perform: events:PutEvents on resource: ${busArn(bus)} ${
      decision.because
    }`,
  );
}

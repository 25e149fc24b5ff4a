import { type EventRepository, indexRepository, type Subscription } from '@busline/event-repository';
import { deploymentsOf, parseArn, type SubscriptionDeployment } from '@busline/infrastructure';
import { neighbourhood } from '../effects/neighbourhood';
import { takesType } from './typesTaken';

/** One way from a bus to another, by a rule of a subscription. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly subscription: Subscription;
}

export interface HopProblem {
  readonly kind: 'bus-chain' | 'bus-loop';
  /** Buses in the order in which the event passes them. */
  readonly buses: readonly string[];
  /** Subscription of the request that is part of it. */
  readonly subscription: string;
  readonly with: Subscription;
}

const isBus = (arn: string) => arn.includes(':event-bus/') && parseArn(arn)?.service === 'events';

/** Subscriptions that may pass events from bus to bus beyond the usual one hop. */
const passesOn = ({ bus, targets }: Subscription) =>
  bus !== undefined || targets.some(target => target.type === 'arn' && isBus(target.arn));

/**
 * Chains of three buses, of which EventBridge delivers only the first step (`THIRD_ACCOUNT_HOP_DETECTED`), and circles. Only
 * those of which one of these subscriptions is a part.
 */
export function hopProblems(
  repository: EventRepository,
  environment: string,
  service: string,
  names: ReadonlySet<string>,
): readonly HopProblem[] {
  const edges = edgesOf(repository, environment, service);
  const problems: HopProblem[] = [];
  const isOwn = ({ subscription }: Edge) => subscription.service === service && names.has(subscription.name);
  for (const first of edges) {
    if (first.from === first.to && isOwn(first)) {
      problems.push({
        kind: 'bus-loop',
        buses: [first.from, first.to],
        subscription: first.subscription.name,
        with: first.subscription,
      });
    }
    for (const second of edges) {
      if (first.to !== second.from || first.from === first.to || second.from === second.to) continue;
      if (!isOwn(first) && !isOwn(second)) continue;
      if (!mayShareEvents(repository, first.subscription, second.subscription)) continue;
      const own = isOwn(first) ? first : second;
      problems.push({
        kind: second.to === first.from ? 'bus-loop' : 'bus-chain',
        buses: [first.from, first.to, second.to],
        subscription: own.subscription.name,
        with: (own === first ? second : first).subscription,
      });
    }
  }
  return problems;
}

function edgesOf(repository: EventRepository, environment: string, service: string): readonly Edge[] {
  const { services } = indexRepository(repository);
  const passing = new Set([service, ...repository.subscriptions.filter(passesOn).map(each => each.service)]);
  const subjects = [...passing].flatMap(name => services.get(name) ?? []);
  const near = neighbourhood(repository, subjects);
  return deploymentsOf(near, environment)
    .subscriptions.filter(({ subscription }) => subscription.enabled)
    .flatMap(edgesOfDeployment);
}

function edgesOfDeployment({ subscription, listensOn, forwardsTo }: SubscriptionDeployment): readonly Edge[] {
  const last = forwardsTo ?? listensOn;
  const onward = subscription.targets.flatMap(target =>
    target.type === 'arn' && isBus(target.arn) ? [{ from: last.arn, to: target.arn, subscription }] : [],
  );
  return forwardsTo ? [{ from: listensOn.arn, to: forwardsTo.arn, subscription }, ...onward] : onward;
}

function mayShareEvents(repository: EventRepository, a: Subscription, b: Subscription): boolean {
  if (a === b) return true;
  return repository.eventTypes.some(type => takesType(a.pattern, type) && takesType(b.pattern, type));
}

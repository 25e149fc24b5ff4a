import type { DeliveryPath, DeliverySettings, JsonObject, Service, Subscription, TargetDeclaration } from '../types';
import { completeDelivery, deliveryOf, type Settings } from './busline';
import { placeOfFile } from './services';
import { EMPTY, listOf, NOTHING, objectOf, textOf, textsOf } from './values';

/** What a subscription's file says; the rest comes from its service and from busline.yaml. */
export interface SubscriptionDraft extends Omit<Subscription, 'environments' | 'delivery' | 'targets'> {
  readonly targets: readonly TargetDraft[];
  readonly environments?: readonly string[];
  readonly delivery?: Partial<DeliverySettings>;
}

export function subscriptionDraftFrom(
  file: string,
  service: string,
  name: string,
  value: JsonObject,
): SubscriptionDraft {
  const targets = value.target === undefined ? listOf(value.targets) : [value.target];
  return {
    name,
    service,
    description: textOf(value.description) ?? '',
    environments: value.environments ? textsOf(value.environments) : undefined,
    bus: textOf(value.bus),
    pattern: objectOf(value.pattern),
    targets: targets.length === 0 ? EMPTY : targets.map(target => targetFrom(objectOf(target))),
    path: (textOf(value.path) ?? 'subscriber-bus') as DeliveryPath,
    delivery: deliveryOf(value.delivery),
    enabled: value.enabled !== false,
    rule: textOf(value.rule),
    place: placeOfFile(file),
  };
}

/** A target whose own delivery settings are not complete yet. */
type TargetDraft = TargetDeclaration & {
  readonly ownDelivery?: Partial<DeliverySettings>;
};

function targetFrom(value: JsonObject): TargetDraft {
  const { inputTransformer, delivery, ...rest } = value;
  if (inputTransformer === undefined && delivery === undefined) {
    return value as unknown as TargetDraft;
  }
  const target = { ...rest } as unknown as TargetDraft;
  const own = deliveryOf(delivery);
  const transformer = objectOf(inputTransformer);
  return {
    ...target,
    ...(own && { ownDelivery: own }),
    ...(inputTransformer !== undefined && {
      inputTransformer: {
        inputPathsMap: objectOf(transformer.inputPathsMap ?? NOTHING),
        inputTemplate: textOf(transformer.inputTemplate) ?? '',
      },
    }),
  };
}

function completeTargets(targets: readonly TargetDraft[], delivery: DeliverySettings): readonly TargetDeclaration[] {
  if (!targets.some(({ ownDelivery }) => ownDelivery)) return targets;
  return targets.map(({ ownDelivery, ...target }) =>
    ownDelivery ? { ...target, delivery: completeDelivery(ownDelivery, delivery) } : target,
  );
}

/** Fills in what the file leaves to its service and to the defaults. */
export function subscriptionFrom(
  draft: SubscriptionDraft,
  service: Service | undefined,
  settings: Settings,
): Subscription {
  const delivery = completeDelivery(draft.delivery, settings.delivery);
  return {
    name: draft.name,
    service: draft.service,
    description: draft.description,
    bus: draft.bus,
    pattern: draft.pattern,
    targets: completeTargets(draft.targets, delivery),
    path: draft.path,
    enabled: draft.enabled,
    rule: draft.rule,
    place: draft.place,
    environments: draft.environments ?? environmentsOf(service),
    delivery,
  };
}

const names = new WeakMap<Service, readonly string[]>();

/** One list per service, shared by its subscriptions. */
function environmentsOf(service: Service | undefined): readonly string[] {
  if (!service) return EMPTY;
  let list = names.get(service);
  if (!list) {
    list = service.environments.map(({ environment }) => environment);
    names.set(service, list);
  }
  return list;
}

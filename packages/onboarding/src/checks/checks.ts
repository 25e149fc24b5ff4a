import {
  type EventRepository,
  eventTypeId,
  type EventType,
  indexRepository,
  type Problem,
  type Subscription,
} from '@busline/event-repository';
import { validatePolicy } from '@busline/access-policy';
import { compileEventPattern } from '@busline/event-pattern';
import type { Draft } from '../draft/draft';
import type { NeededApproval } from '../effects/people';
import type { Effects } from '../plan/effects';
import type { Check, Permission, QuotaChange } from '../plan/plan';
import { pointer } from '../request/pointer';
import type { RequestProblem } from '../request/problem';
import type { OnboardingRequest } from '../request/request';
import { code, list, prose } from '../words/markdown';
import { versionsMatching } from './canMatch';
import { examplesTaken } from './examples';
import { hopProblems } from './hops';
import { loopsByOthers, ownLoops } from './loops';
import { subscriptionsTaking, typesTaken } from './typesTaken';

export interface CheckInput {
  readonly request: OnboardingRequest;
  readonly draft: Draft;
  readonly before: EventRepository;
  readonly after: EventRepository;
  readonly approvals: readonly NeededApproval[];
  readonly warnings: readonly Problem[];
  readonly report: (problem: RequestProblem) => void;
}

interface Changed {
  readonly subscription: Subscription;
  readonly field: string;
}

function changedSubscriptions({ draft, after }: CheckInput): readonly Changed[] {
  const own = new Map(
    (draft.service === undefined ? [] : indexRepository(after).subscriptions.get(draft.service) ?? []).map(each => [
      each.name,
      each,
    ]),
  );
  return draft.subscriptions.flatMap(({ name, field }): Changed[] => {
    const subscription = own.get(name);
    return subscription ? [{ subscription, field }] : [];
  });
}

/** Checks of what is declared. What must not be opened is reported as a problem too, at its field. */
export function checkDeclarations(input: CheckInput): readonly Check[] {
  const changed = changedSubscriptions(input);
  return [
    repositoryCheck(input),
    ...changed.flatMap(each => patternChecks(input, each)),
    ...schemaChecks(input),
    ...hopChecks(input, changed),
    ...loopChecks(input, changed),
    ...restrictedCheck(input),
    ...deprecationChecks(input, changed),
    ...publisherChecks(input),
  ];
}

/** Checks of what follows on AWS; only of declarations in which no event goes in a circle. */
export function checkEffects(effects: Effects, input: Pick<CheckInput, 'request' | 'report'>): readonly Check[] {
  return [...quotaChecks(effects, input), ...privilegeCheck(effects)];
}

function repositoryCheck({ warnings }: CheckInput): Check {
  return {
    id: 'repository',
    title: 'The event repository is valid with these files',
    status: warnings.length === 0 ? 'passed' : 'warning',
    detail:
      warnings.length === 0
        ? 'Read with every rule; nothing new was found.'
        : warnings
            .map(({ file, line, message, rule }) => `${code(`${file}:${line}`)} ${prose(message)} (${rule})`)
            .join('; '),
  };
}

/** Event types named in a sentence; the rest is counted. */
const MAX_NAMED = 5;

function named(eventTypes: readonly EventType[]): string {
  const names = eventTypes.slice(0, MAX_NAMED).map(({ detailType }) => code(detailType));
  return eventTypes.length > MAX_NAMED ? `${names.join(', ')} and ${eventTypes.length - MAX_NAMED} more` : list(names);
}

function patternChecks({ after, draft }: CheckInput, { subscription, field }: Changed): readonly Check[] {
  const { pattern, name } = subscription;
  const compiled = compileEventPattern(pattern, { maxCharacters: Infinity });
  const taken = typesTaken(after, pattern);
  const checks: Check[] = [
    {
      id: 'pattern-valid',
      title: `Pattern of ${code(name)} is valid`,
      status: 'passed',
      detail: `EventBridge accepts it (${JSON.stringify(pattern).length} of 2,048 characters). It takes ${named(
        taken,
      )}.`,
      field,
    },
  ];
  const verdicts = versionsMatching(compiled, taken);
  const undeclared = [...new Set(verdicts.flatMap(each => each.undeclared))];
  const never = verdicts.filter(({ couldMatch }) => !couldMatch);
  checks.push({
    id: 'pattern-can-match',
    title: `Pattern of ${code(name)} can match`,
    status: undeclared.length > 0 ? 'warning' : 'passed',
    detail:
      undeclared.length > 0
        ? `No schema declares ${list(undeclared.map(code))}: events may have it, but nobody promises that.`
        : `${verdicts.length - never.length} of ${verdicts.length} versions leave room for it.${neverWords(never)}`,
    field,
  });
  const examples = examplesTaken(compiled, taken, 'a-service');
  const matching = examples.filter(({ taken: isTaken }) => isTaken);
  const shown = matching.slice(0, MAX_NAMED).map(each => code(`${each.detailType} ${each.version} ${each.example}`));
  checks.push({
    id: 'pattern-examples',
    title: `Pattern of ${code(name)} takes ${matching.length} of ${examples.length} examples`,
    status: matching.length === 0 && examples.length > 0 ? 'warning' : 'passed',
    detail: examplesWords(examples.length, matching.length, shown),
    field,
  });
  return draft.subscriptions.some(each => each.name === name) ? checks : [];
}

function neverWords(
  never: readonly { readonly detailType: string; readonly version: string; readonly reason?: string }[],
): string {
  if (never.length === 0) return '';
  const said = never
    .slice(0, MAX_NAMED)
    .map(({ detailType, version, reason }) => `${code(`${detailType} ${version}`)}: ${reason}`);
  return ` Not ${said.join('; ')}.`;
}

function examplesWords(all: number, taken: number, shown: readonly string[]): string {
  if (all === 0) return 'There are no examples to try.';
  if (taken === 0) return 'It takes none of the committed examples. That may be right, but look again at the filter.';
  return `It takes ${list(shown)}${taken > shown.length ? ` and ${taken - shown.length} more` : ''}.`;
}

function schemaChecks({ draft, after }: CheckInput): readonly Check[] {
  const { eventTypes } = indexRepository(after);
  return draft.eventTypes
    .filter(({ isNew }) => isNew)
    .flatMap(({ id, field }) => {
      const eventType = eventTypes.get(id);
      if (!eventType) return [];
      const examples = eventType.versions.reduce((sum, version) => sum + version.examples.length, 0);
      const check: Check = {
        id: 'schema',
        title: `Schema of ${code(eventType.detailType)} is valid`,
        status: examples === 0 ? 'warning' : 'passed',
        detail:
          examples === 0
            ? 'There is no example: readers see what events look like only from the schema.'
            : 'The example follows it.',
        field,
      };
      return [check];
    });
}

const environmentsOf = (changed: readonly Changed[]) => [
  ...new Set(changed.flatMap(({ subscription }) => subscription.environments)),
];

const busName = (arn: string) => arn.split('event-bus/')[1] ?? arn;

function hopChecks({ after, draft, report }: CheckInput, changed: readonly Changed[]): readonly Check[] {
  const { service } = draft;
  if (service === undefined || changed.length === 0) return [];
  const fields = new Map(changed.map(({ subscription, field }) => [subscription.name, field]));
  const found = environmentsOf(changed).flatMap(environment =>
    hopProblems(after, environment, service, new Set(fields.keys())),
  );
  for (const { kind, buses, subscription, with: other } of found) {
    const way = buses.map(busName).join(' → ');
    const by =
      other.service === service && other.name === subscription ? '' : ` together with ${other.service}/${other.name}`;
    report({
      field: `${fields.get(subscription) ?? ''}/target`,
      rule: kind,
      message:
        kind === 'bus-loop'
          ? `events would go in a circle: ${way}${by}`
          : `EventBridge delivers one hop from bus to bus only; of ${way}${by} the last would be lost`,
      wayOut:
        kind === 'bus-loop'
          ? 'Choose a queue, a function or a state machine as the target.'
          : 'Choose a target that is no bus, direct delivery, or subscribe from the account where the events should end.',
    });
  }
  return [
    {
      id: 'hops',
      title: 'Events take one hop from bus to bus at most',
      status: found.length === 0 ? 'passed' : 'failed',
      detail: found.length === 0 ? 'No way leads on to a third bus.' : `${found.length} ways would not be delivered.`,
    },
  ];
}

function loopChecks({ after, draft, report, request }: CheckInput, changed: readonly Changed[]): readonly Check[] {
  const { service } = draft;
  if (service === undefined) return [];
  const { subscriptions, services, eventTypes } = indexRepository(after);
  // A new publication may close a loop with a subscription of long ago.
  const newTypes = new Set(draft.eventTypes.map(({ id }) => id));
  const candidates =
    newTypes.size > 0 ? subscriptions.get(service) ?? [] : changed.map(({ subscription }) => subscription);
  const names = new Set(changed.map(({ subscription }) => subscription.name));
  const loops = ownLoops(after, service, candidates).filter(
    ({ subscription, eventType }) => names.has(subscription.name) || newTypes.has(eventTypeId(eventType)),
  );
  for (const { subscription, eventType } of loops) {
    const field = changed.find(each => each.subscription.name === subscription.name)?.field;
    const publisher = draft.eventTypes.find(({ id }) => id === eventTypeId(eventType))?.field;
    const key = eventType.eventPaths.metadata?.split('.').slice(1).join('.');
    report({
      field: field === undefined ? publisher ?? '' : `${field}${request.kind === 'onboard' ? '/eventTypes' : ''}`,
      rule: 'event-loop',
      message: `${service} publishes ${eventTypeId(eventType)} and would receive its own events by ${
        subscription.name
      }`,
      wayOut:
        key === undefined
          ? 'Take the event type out of the subscription, or filter on what the service never sends.'
          : `Take the event type out, or let the filter leave out its own: ${JSON.stringify({
              [key]: { publishedBy: [{ 'anything-but': service }] },
            })}.`,
    });
  }
  const published = (services.get(service)?.publishes ?? []).flatMap(each => eventTypes.get(eventTypeId(each)) ?? []);
  const others = loopsByOthers(
    after,
    service,
    changed.map(({ subscription }) => subscription),
    published,
  );
  if (candidates.length === 0) return [];
  const words = others.map(
    ({ services: [, other], through: [first, second] }) =>
      `${code(other)} receives ${code(first.detailType)} and publishes ${code(second.detailType)}`,
  );
  const otherStatus = others.length > 0 ? 'warning' : 'passed';
  return [
    {
      id: 'loop',
      title: 'No service receives what it publishes',
      status: loops.length > 0 ? 'failed' : otherStatus,
      detail:
        others.length === 0
          ? 'No event comes back to the service that caused it.'
          : `Make sure that one event does not cause the other without end: ${words.join('; ')}.`,
    },
  ];
}

const QUOTA_FIELDS: Readonly<Record<string, string>> = {
  'policy size': '/publications',
  buses: '/account',
};

function quotaChecks(effects: Effects, { request, report }: Pick<CheckInput, 'request' | 'report'>): readonly Check[] {
  const { quotas } = effects;
  if (quotas.length === 0) return [];
  const exceeded = quotas.filter(each => each.exceeded);
  const isOnboard = request.kind === 'onboard';
  for (const quota of exceeded) {
    report({
      field: isOnboard ? QUOTA_FIELDS[quota.name] ?? '/subscriptions' : '',
      rule: 'quota-exceeded',
      message: `${quota.name} of ${quota.of} would be ${count(quota.after)} of at most ${count(quota.limit)} ${
        quota.unit
      }`,
      wayOut: quota.wayOut,
    });
  }
  const tightest = [...quotas].sort((a, b) => b.after / b.limit - a.after / a.limit)[0];
  const near = quotas.filter(
    quota => !quota.exceeded && quota.after / quota.limit >= NEARLY_FULL && quota.after > quota.before,
  );
  const nearStatus = near.length > 0 ? 'warning' : 'passed';
  return [
    {
      id: 'quota',
      title: 'Quotas hold',
      status: exceeded.length > 0 ? 'failed' : nearStatus,
      detail: `Tightest: ${quotaWords(tightest)}.`,
    },
  ];
}

/** From here on a reviewer should think of the next request. */
const NEARLY_FULL = 0.8;

const count = (value: number) => value.toLocaleString('en-US');

function quotaWords({ name, of, after, limit, unit }: QuotaChange): string {
  return `${name} of ${prose(of)}, ${count(after)} of ${count(limit)} ${unit} (${Math.round((after / limit) * 100)} %)`;
}

function restrictedCheck({ approvals }: CheckInput): readonly Check[] {
  if (approvals.length === 0) return [];
  const said = approvals.map(({ owner, why }) => `${prose(why)}: ${code(owner)} must approve`);
  return [
    { id: 'restricted', title: 'Restricted events need their owner', status: 'warning', detail: `${said.join('; ')}.` },
  ];
}

function privilegeCheck(effects: Effects): readonly Check[] {
  const { permissions, othersChanged } = effects;
  if (permissions.length === 0) return [];
  const wide = permissions.filter(isWide);
  const invalid = permissions.filter(({ statement, on }) => {
    const kind = { 'role policy': 'identity', 'role trust': 'trust' }[on.type as string] ?? 'resource';
    return validatePolicy({ Version: '2012-10-17', Statement: [statement] }, kind as 'identity').length > 0;
  });
  const othersStatus = othersChanged.length > 0 ? 'warning' : 'passed';
  return [
    {
      id: 'least-privilege',
      title: 'Every grant names exact resources',
      status: wide.length > 0 || invalid.length > 0 ? 'failed' : othersStatus,
      detail:
        othersChanged.length > 0
          ? `Stacks of ${list(othersChanged.map(code))} change too.`
          : `${permissions.length} statements, none with a wildcard in an Allow; no stack of another service changes.`,
    },
  ];
}

function isWide({ statement, change }: Permission): boolean {
  if (statement.Effect !== 'Allow' || change === 'lost') return false;
  return JSON.stringify([statement.Action, statement.Resource, statement.Principal]).includes('*');
}

function deprecationChecks({ after }: CheckInput, changed: readonly Changed[]): readonly Check[] {
  return changed.flatMap(({ subscription, field }) => {
    const old = typesTaken(after, subscription.pattern).filter(({ lifecycle }) => lifecycle === 'deprecated');
    if (old.length === 0 || old.length > MAX_NAMED) return [];
    const said = old.map(({ detailType, deprecation }) => {
      const end = deprecation?.sunset === undefined ? '' : `, sent until ${deprecation.sunset}`;
      const instead = deprecation?.replacement ? `; ${code(deprecation.replacement.detailType)} replaces it` : '';
      return `${code(detailType)} is deprecated${end}${instead}`;
    });
    const check: Check = {
      id: 'deprecated',
      title: `${code(subscription.name)} takes deprecated events`,
      status: 'warning',
      detail: `${said.join('; ')}.`,
      field,
    };
    return [check];
  });
}

/** Event types that others sent so far, or that nobody sends afterwards although somebody listens. */
function publisherChecks({ before, after, draft, request }: CheckInput): readonly Check[] {
  if (draft.service === undefined) return [];
  const { eventTypes, publishers } = indexRepository(before);
  const was = indexRepository(before).services.get(draft.service)?.publishes ?? [];
  const left = new Set((indexRepository(after).services.get(draft.service)?.publishes ?? []).map(eventTypeId));
  const silent = was
    .filter(publication => !left.has(eventTypeId(publication)))
    .flatMap(publication => {
      const others = (publishers.get(eventTypeId(publication)) ?? []).filter(({ name }) => name !== draft.service);
      const eventType = eventTypes.get(eventTypeId(publication));
      if (!eventType || others.length > 0) return [];
      const subscribers = new Set(subscriptionsTaking(before, eventType).map(({ service }) => service));
      subscribers.delete(draft.service!);
      return [{ eventType, subscribers: [...subscribers] }];
    });
  const checks: Check[] = silent.map(({ eventType, subscribers }) => ({
    id: 'compatibility',
    title: `Nobody publishes ${code(eventType.detailType)} any more`,
    status: 'warning',
    detail:
      subscribers.length === 0
        ? 'Nobody subscribes to it either.'
        : `${list(subscribers.slice(0, MAX_NAMED).map(code))}${
            subscribers.length > MAX_NAMED ? ` and ${subscribers.length - MAX_NAMED} more` : ''
          } would wait in vain. Deprecate the event type first.`,
  }));
  if (request.kind !== 'onboard') return checks;
  request.publications.forEach((publication, i) => {
    const eventType = eventTypes.get(eventTypeId(publication));
    const owner = indexRepository(after).services.get(draft.service!)?.owner;
    if (!eventType || eventType.owner === owner) return;
    const by = (publishers.get(eventTypeId(publication)) ?? []).map(({ name }) => code(name));
    checks.push({
      id: 'compatibility',
      title: `${code(eventType.detailType)} belongs to somebody else`,
      status: 'warning',
      detail: `${code(eventType.owner)} owns it${
        by.length > 0 ? `, and ${list(by)} publishes it` : ''
      }: subscribers will not tell the two apart but by their metadata.`,
      field: pointer('publications', i),
    });
  });
  return checks;
}

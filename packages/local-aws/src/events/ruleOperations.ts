import { optionalNumber, optionalText, text } from '../input';
import { page, sortedBy } from '../paging';
import { AwsError, type JsonObject, type Operation, type ServiceRequest } from '../service';
import { allow, placeOf, type EventsContext } from './context';
import { compileOrRefuse, patternOf, usesWildcard } from './patterns';
import { isSchedule } from './schedule';
import { ruleArn, type BusPlace } from './state';
import { mergeTags, readTags } from './tags';
import { DEFAULT_BUS, type Rule, type RuleState } from './types';

const MAX_PAGE = 100;

const limitExceeded = () =>
  new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');

export function ruleOperations(context: EventsContext): readonly (readonly [string, Operation])[] {
  const { state } = context;

  /** The place and name of the rule that a request means, once the caller may do this to it. */
  function ruleFor(
    input: JsonObject,
    request: ServiceRequest,
    nameMember: string = 'Name',
  ): { readonly place: BusPlace; readonly name: string } {
    const place = placeOf(request, optionalText(input, 'EventBusName'));
    const name = text(input, nameMember);
    allow(context, request, place, ruleArn(place, name), {
      'events:creatorAccount': request.caller.account,
    });
    return { place, name };
  }

  function setState(newState: RuleState): Operation {
    return (input, request) => {
      const { place, name } = ruleFor(input, request);
      const rule = state.rule(place, name);
      state.rules(place).set(name, { ...rule, state: newState });
    };
  }

  return [
    [
      'PutRule',
      (input, request) => {
        const { place, name } = ruleFor(input, request);
        state.bus(place);
        const rule = newRule(context, place, name, input, request);
        state.rules(place).set(name, rule);
        return { RuleArn: rule.arn };
      },
    ],
    [
      'DescribeRule',
      (input, request) => {
        const { place, name } = ruleFor(input, request);
        const rule = state.rule(place, name);
        return { ...describe(rule), CreatedBy: rule.createdBy };
      },
    ],
    [
      'DeleteRule',
      (input, request) => {
        const { place, name } = ruleFor(input, request);
        state.bus(place);
        const rule = state.rules(place).get(name);
        if (rule && rule.targets.length > 0) {
          throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
        }
        state.rules(place).delete(name);
      },
    ],
    ['EnableRule', setState('ENABLED')],
    ['DisableRule', setState('DISABLED')],
    [
      'ListRules',
      (input, request) => {
        const place = placeOf(request, optionalText(input, 'EventBusName'));
        allow(context, request, place, ruleArn(place, '*'));
        state.bus(place);
        const prefix = optionalText(input, 'NamePrefix') ?? '';
        const found = pageOfRules(
          input,
          [...state.rules(place).values()].filter(rule => rule.name.startsWith(prefix)),
        );
        return {
          Rules: found.items.map(describe),
          NextToken: found.nextToken,
        };
      },
    ],
    [
      'ListRuleNamesByTarget',
      (input, request) => {
        const place = placeOf(request, optionalText(input, 'EventBusName'));
        allow(context, request, place, ruleArn(place, '*'));
        state.bus(place);
        const targetArn = text(input, 'TargetArn');
        const found = pageOfRules(
          input,
          [...state.rules(place).values()].filter(rule => rule.targets.some(target => target.Arn === targetArn)),
        );
        return {
          RuleNames: found.items.map(rule => rule.name),
          NextToken: found.nextToken,
        };
      },
    ],
  ];
}

function pageOfRules(input: JsonObject, rules: readonly Rule[]) {
  return page(
    sortedBy(rules, rule => rule.name),
    rule => rule.name,
    {
      limit: optionalNumber(input, 'Limit') ?? MAX_PAGE,
      token: optionalText(input, 'NextToken'),
    },
  );
}

function describe(rule: Rule) {
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventPattern: rule.eventPattern,
    ScheduleExpression: rule.scheduleExpression,
    State: rule.state,
    Description: rule.description,
    RoleArn: rule.roleArn,
    EventBusName: rule.bus,
  };
}

/** A rule as PutRule leaves it: targets and tags stay, every argument that is left out is reset. */
function newRule(
  context: EventsContext,
  place: BusPlace,
  name: string,
  input: JsonObject,
  request: ServiceRequest,
): Rule {
  const { environment, state } = context;
  const eventPattern = optionalText(input, 'EventPattern');
  const scheduleExpression = optionalText(input, 'ScheduleExpression');
  checkTriggers(place, eventPattern, scheduleExpression);
  const old = state.rules(place).get(name);
  if (old && old.createdBy !== request.caller.account) {
    throw new AwsError(
      'ValidationException',
      `Rule ${name} was created by account ${old.createdBy}; it can be updated by that account only.`,
    );
  }
  if (!old && state.rules(place).size >= environment.quotas.rulesPerBus) {
    throw limitExceeded();
  }
  if (eventPattern !== undefined) {
    checkPattern(context, place, name, eventPattern);
  }
  return {
    name,
    bus: place.bus,
    arn: ruleArn(place, name),
    createdBy: request.caller.account,
    state: (optionalText(input, 'State') as RuleState) ?? 'ENABLED',
    eventPattern,
    scheduleExpression,
    description: optionalText(input, 'Description'),
    roleArn: optionalText(input, 'RoleArn'),
    // "Tags you specify with PutRule are ignored when updating a rule."
    tags: old?.tags ?? mergeTags([], readTags(input), environment.quotas.tagsPerResource),
    targets: old?.targets ?? [],
  };
}

function checkTriggers(
  place: BusPlace,
  eventPattern: string | undefined,
  scheduleExpression: string | undefined,
): void {
  if (eventPattern === undefined && scheduleExpression === undefined) {
    throw new AwsError('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  if (scheduleExpression === undefined) return;
  if (place.bus !== DEFAULT_BUS) {
    throw new AwsError('ValidationException', 'ScheduleExpression is supported only on the default event bus.');
  }
  if (!isSchedule(scheduleExpression)) {
    throw new AwsError('ValidationException', 'Parameter ScheduleExpression is not valid.');
  }
}

function checkPattern(
  { environment, state }: EventsContext,
  place: BusPlace,
  name: string,
  eventPattern: string,
): void {
  const { eventPatternSize, wildcardRulesPerBus } = environment.quotas;
  const pattern = compileOrRefuse(eventPattern, eventPatternSize);
  if (!usesWildcard(pattern)) return;
  const others = [...state.rules(place).values()].filter(rule => {
    const compiled = rule.name === name ? undefined : patternOf(rule);
    return compiled !== undefined && usesWildcard(compiled);
  });
  if (others.length >= wildcardRulesPerBus) throw limitExceeded();
}

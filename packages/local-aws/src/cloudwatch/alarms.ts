import { authorize } from '../authorize';
import type { Environment } from '../environment';
import { objects, optionalNumber, optionalText, text, texts } from '../input';
import { page, sortedBy } from '../paging';
import { AwsError, type JsonObject, type Operation, type ServiceRequest } from '../service';
import type { Scope } from '../store/store';

/** An alarm as it is stored: what was put, and when. Times in milliseconds since 1970. */
interface Alarm {
  readonly name: string;
  readonly arn: string;
  readonly settings: JsonObject;
  readonly updated: number;
}

const MAX_PAGE = 50;

/** Alarms are kept and described. This server does not evaluate them: their state stays INSUFFICIENT_DATA. */
export function alarmOperations(environment: Environment): ReadonlyMap<string, Operation> {
  const alarmsIn = (scope: Scope) => environment.store.collection<Alarm>('cloudwatch/alarms', scope);
  const scopeOf = ({ caller, region }: ServiceRequest) => ({ account: caller.account, region });
  const arnOf = ({ account, region }: Scope, name: string) => `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
  const allow = (request: ServiceRequest, resource: string) =>
    authorize(environment.authorizer, request.caller, {
      action: `cloudwatch:${request.operation}`,
      resource,
      httpStatus: 403,
    });

  function putMetricAlarm(input: JsonObject, request: ServiceRequest): void {
    const name = text(input, 'AlarmName');
    const scope = scopeOf(request);
    const arn = arnOf(scope, name);
    allow(request, arn);
    checkSubject(input);
    const { Tags: tags, ...settings } = input;
    const known = alarmsIn(scope).get(name);
    alarmsIn(scope).set(name, {
      name,
      arn,
      // "If you are using this operation to update an existing alarm, any tags you specify are ignored."
      settings: { ActionsEnabled: true, ...settings, Tags: known ? known.settings.Tags : tags },
      updated: environment.clock.now(),
    });
  }

  function describeAlarms(input: JsonObject, request: ServiceRequest) {
    const scope = scopeOf(request);
    allow(request, arnOf(scope, '*'));
    const names = texts(input, 'AlarmNames');
    const types = texts(input, 'AlarmTypes');
    const wanted = (alarm: Alarm) =>
      (types.length === 0 || types.includes('MetricAlarm')) &&
      (names.length === 0 || names.includes(alarm.name)) &&
      alarm.name.startsWith(optionalText(input, 'AlarmNamePrefix') ?? '') &&
      (input.StateValue ?? 'INSUFFICIENT_DATA') === 'INSUFFICIENT_DATA' &&
      hasAction(alarm, optionalText(input, 'ActionPrefix'));
    const found = page(
      sortedBy([...alarmsIn(scope).values()].filter(wanted), alarm => alarm.name),
      alarm => alarm.name,
      {
        limit: optionalNumber(input, 'MaxRecords') ?? MAX_PAGE,
        token: optionalText(input, 'NextToken'),
        errorCode: 'InvalidNextToken',
      },
    );
    return { MetricAlarms: found.items.map(describe), CompositeAlarms: [], NextToken: found.nextToken };
  }

  function deleteAlarms(input: JsonObject, request: ServiceRequest): void {
    const scope = scopeOf(request);
    for (const name of texts(input, 'AlarmNames')) {
      allow(request, arnOf(scope, name));
      alarmsIn(scope).delete(name);
    }
  }

  return new Map<string, Operation>([
    ['PutMetricAlarm', putMetricAlarm],
    ['DescribeAlarms', describeAlarms],
    ['DeleteAlarms', deleteAlarms],
  ]);
}

/** @throws AwsError where it is not said what the alarm watches */
function checkSubject(input: JsonObject): void {
  if (input.MetricName === undefined && objects(input, 'Metrics').length === 0 && !input.EvaluationCriteria) {
    throw new AwsError('ValidationError', 'Either MetricName or Metrics must be specified.');
  }
  if (input.MetricName === undefined) return;
  for (const member of ['Namespace', 'Period']) {
    if (input[member] === undefined) {
      throw new AwsError('ValidationError', `${member} must be specified for an alarm on a metric.`);
    }
  }
  if (input.Statistic === undefined && input.ExtendedStatistic === undefined) {
    throw new AwsError('ValidationError', 'Either Statistic or ExtendedStatistic must be specified.');
  }
}

function hasAction({ settings }: Alarm, prefix: string | undefined): boolean {
  if (prefix === undefined) return true;
  return ['OKActions', 'AlarmActions', 'InsufficientDataActions'].some(member =>
    texts(settings, member).some(action => action.startsWith(prefix)),
  );
}

function describe({ arn, settings, updated }: Alarm) {
  const { Tags: _tags, ...described } = settings;
  return {
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    Dimensions: [],
    ...described,
    AlarmArn: arn,
    // Seconds since 1970, as the JSON protocols have it.
    AlarmConfigurationUpdatedTimestamp: updated / 1000,
    StateUpdatedTimestamp: updated / 1000,
    StateTransitionedTimestamp: updated / 1000,
    StateValue: 'INSUFFICIENT_DATA',
    StateReason: 'Unchecked: Initial alarm creation',
  };
}

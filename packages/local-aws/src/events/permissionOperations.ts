import { asList, statementsOf, type PolicyDocument, type PolicyStatement } from '@busline/access-policy';
import { ACCOUNT } from '../iam/accounts';
import { optionalBoolean, optionalObject, optionalText, text } from '../input';
import { readPolicy } from '../policyInput';
import { AwsError, type JsonObject, type Operation, type ServiceRequest } from '../service';
import { allow, placeOf, type EventsContext } from './context';
import { busArn, type BusPlace } from './state';

export function permissionOperations(context: EventsContext): readonly (readonly [string, Operation])[] {
  const { environment, state } = context;

  function placeFor(input: JsonObject, request: ServiceRequest): BusPlace {
    const place = placeOf(request, optionalText(input, 'EventBusName'));
    allow(context, request, place, busArn(place));
    state.bus(place);
    return place;
  }

  function store(place: BusPlace, policy: PolicyDocument | undefined): void {
    const limit = environment.quotas.busPolicySize;
    if (policy && JSON.stringify(policy).length > limit) {
      throw new AwsError(
        'PolicyLengthExceededException',
        `The event bus policy is too long. The limit is ${limit} characters.`,
      );
    }
    state.buses(place).set(place.bus, {
      ...state.bus(place),
      policy,
      modified: environment.clock.now(),
    });
  }

  return [
    [
      'PutPermission',
      (input, request) => {
        const place = placeFor(input, request);
        const whole = optionalText(input, 'Policy');
        if (whole !== undefined) {
          store(place, readPolicy(whole, 'resource', notValid));
          return;
        }
        const statement = newStatement(input, busArn(place));
        const old = state.bus(place).policy;
        const kept = (old ? statementsOf(old) : []).filter(s => s.Sid !== statement.Sid);
        store(place, {
          ...old,
          Version: '2012-10-17',
          Statement: [...kept, statement],
        });
      },
    ],
    [
      'RemovePermission',
      (input, request) => {
        const place = placeFor(input, request);
        const old = state.bus(place).policy;
        if (optionalBoolean(input, 'RemoveAllPermissions')) {
          // AWS looks for the statement also where all are to go.
          const sid = optionalText(input, 'StatementId');
          if (sid !== undefined) without(old, sid);
          store(place, undefined);
          return;
        }
        const kept = without(old, text(input, 'StatementId'));
        store(place, old && kept.length > 0 ? { ...old, Statement: kept } : undefined);
      },
    ],
  ];
}

function notValid(reason: string): AwsError {
  return new AwsError('ValidationException', `Parameter Policy is not valid. Reason: ${reason}`);
}

function without(policy: PolicyDocument | undefined, sid: string): readonly PolicyStatement[] {
  const statements = asList(policy?.Statement);
  const kept = statements.filter(statement => statement.Sid !== sid);
  if (kept.length === statements.length) {
    throw new AwsError('ResourceNotFoundException', 'Statement with the provided id does not exist.');
  }
  return kept;
}

function newStatement(input: JsonObject, resource: string): PolicyStatement {
  const action = text(input, 'Action');
  const principal = text(input, 'Principal');
  const sid = text(input, 'StatementId');
  if (action !== 'events:PutEvents') {
    throw new AwsError('ValidationException', `Provided value in parameter 'action' is not supported.`);
  }
  if (principal !== '*' && !ACCOUNT.test(principal)) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${principal}' at 'principal' failed to satisfy constraint: Member must ` +
        'satisfy regular expression pattern: (\\d{12}|\\*)',
    );
  }
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : { AWS: `arn:aws:iam::${principal}:root` },
    Action: action,
    Resource: resource,
    ...condition(optionalObject(input, 'Condition')),
  };
}

/** PutPermission takes one condition only: the organization. */
function condition(given: JsonObject | undefined) {
  if (!given) return {};
  const [type, key, value] = [text(given, 'Type'), text(given, 'Key'), text(given, 'Value')];
  if (type !== 'StringEquals' || key !== 'aws:PrincipalOrgID') {
    throw new AwsError(
      'ValidationException',
      "Provided value in parameter 'condition' is not supported: it must be StringEquals on aws:PrincipalOrgID.",
    );
  }
  return { Condition: { [type]: { [key]: value } } };
}

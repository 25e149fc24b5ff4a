import { AwsError, type JsonObject } from '../service';
import { checkTypes, type InputForm } from './checkTypes';
import type { ConstraintTable } from './constraint';
import { cloudformationConstraints } from './constraints/cloudformation';
import { eventsConstraints } from './constraints/events';
import { iamConstraints } from './constraints/iam';
import { monitoringConstraints } from './constraints/monitoring';
import { schemasConstraints } from './constraints/schemas';
import { sqsConstraints } from './constraints/sqs';
import { stsConstraints } from './constraints/sts';
import { findViolations, type Violation } from './findViolations';
import { serviceModel, type ServiceName } from './serviceModels';

interface Checks {
  readonly form: InputForm;
  readonly constraints: ConstraintTable;
  /** The error that this service answers with. */
  readonly refuse: (violations: readonly Violation[]) => AwsError;
}

const CHECKS: Readonly<Record<ServiceName, Checks>> = {
  cloudformation: {
    form: 'query',
    constraints: cloudformationConstraints,
    refuse: allAs('ValidationError'),
  },
  events: {
    form: 'json',
    constraints: eventsConstraints,
    refuse: allAs('ValidationException'),
  },
  iam: {
    form: 'query',
    constraints: iamConstraints,
    refuse: allAs('ValidationError'),
  },
  monitoring: {
    form: 'json',
    constraints: monitoringConstraints,
    refuse: allAs('ValidationException'),
  },
  schemas: {
    form: 'json',
    constraints: schemasConstraints,
    refuse: violations =>
      new AwsError('BadRequestException', sentence(violations), {
        details: { Code: 'BadRequest', Message: sentence(violations) },
      }),
  },
  sqs: {
    form: 'json',
    constraints: sqsConstraints,
    refuse: ([first]) => new AwsError('MissingParameter', `The request must contain the parameter ${first.member}.`),
  },
  sts: {
    form: 'query',
    constraints: stsConstraints,
    refuse: allAs('ValidationError'),
  },
};

/**
 * Checks an operation's input against AWS's model of the service: types, required members, lengths, ranges, patterns
 * and enum values, through lists, maps and structures.
 * @throws AwsError with AWS's wording, for all violations at once; or SerializationException for the first value of a
 *   wrong type
 */
export function validateInput(service: ServiceName, operation: string, input: JsonObject): void {
  const model = serviceModel(service).operations.get(operation);
  if (!model) return;
  const { form, constraints, refuse } = CHECKS[service];
  checkTypes(model.input, input, form);
  const violations = findViolations(model.input, input, constraints);
  if (violations.length > 0) throw refuse(violations);
}

/** Where a service's constraints stand; for the comparison with AWS's models. */
export function constraintsOf(service: ServiceName): ConstraintTable {
  return CHECKS[service].constraints;
}

function allAs(code: string): Checks['refuse'] {
  return violations => new AwsError(code, sentence(violations));
}

function sentence(violations: readonly Violation[]): string {
  const count = violations.length;
  return `${count} validation error${count === 1 ? '' : 's'} detected: ${violations
    .map(violation => violation.message)
    .join('; ')}`;
}

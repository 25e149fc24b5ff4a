import { isObject } from '../../input';
import type { JsonObject, JsonValue } from '../../service';
import { validationError } from '../errors';
import type { ParameterDeclaration } from './template';

const MEMBERS = new Set([
  ...['Type', 'Default', 'Description', 'NoEcho', 'AllowedValues', 'AllowedPattern', 'ConstraintDescription'],
  ...['MinLength', 'MaxLength', 'MinValue', 'MaxValue'],
]);
/** Types whose values are read from another service, which this server does not have. */
const STORED_TYPES = /^AWS::SSM::Parameter/;
const TYPE = /^(String|Number|CommaDelimitedList|List<[\w:]+>|AWS::[\w:]+(<.*>)?)$/;

/** A parameter as the caller gave it. */
export interface GivenParameter {
  readonly key: string;
  readonly value?: string;
  readonly usePrevious: boolean;
}

/** The value of every declared parameter, as text. */
export type ParameterValues = Readonly<Record<string, string>>;

export function readParameters(
  entries: readonly (readonly [string, JsonValue])[],
): ReadonlyMap<string, ParameterDeclaration> {
  return new Map(entries.map(([name, value]) => [name, readParameter(name, value)]));
}

function readParameter(name: string, value: JsonValue): ParameterDeclaration {
  if (!/^[A-Za-z0-9]{1,255}$/.test(name)) {
    throw validationError(`Template format error: Parameter name ${name} is non alphanumeric.`);
  }
  if (!isObject(value) || typeof value.Type !== 'string') {
    throw validationError(
      `Template format error: [/Parameters/${name}] Every Parameters object must contain a Type member.`,
    );
  }
  for (const member of Object.keys(value)) {
    if (!MEMBERS.has(member)) throw validationError(`Invalid template parameter property '${member}'`);
  }
  if (!TYPE.test(value.Type) || STORED_TYPES.test(value.Type)) {
    throw validationError(`Template format error: Unrecognized parameter type: ${value.Type}`);
  }
  const allowed = value.AllowedValues;
  return {
    name,
    type: value.Type,
    default: optionalText(value, 'Default'),
    description: optionalText(value, 'Description'),
    noEcho: value.NoEcho === true || value.NoEcho === 'true',
    allowedValues: Array.isArray(allowed) ? allowed.map(String) : undefined,
    allowedPattern: optionalText(value, 'AllowedPattern'),
    constraintDescription: optionalText(value, 'ConstraintDescription'),
    minLength: optionalNumber(value, 'MinLength'),
    maxLength: optionalNumber(value, 'MaxLength'),
    minValue: optionalNumber(value, 'MinValue'),
    maxValue: optionalNumber(value, 'MaxValue'),
  };
}

function optionalText(value: JsonObject, member: string): string | undefined {
  const found = value[member];
  return found === undefined || found === null ? undefined : String(found);
}

function optionalNumber(value: JsonObject, member: string): number | undefined {
  return value[member] === undefined ? undefined : Number(value[member]);
}

/**
 * The value of every declared parameter: as given, as it was before, or the default.
 * @throws AwsError ValidationError
 */
export function parameterValues(
  declared: ReadonlyMap<string, ParameterDeclaration>,
  given: readonly GivenParameter[],
  previous: ParameterValues,
): ParameterValues {
  const unknown = given.filter(({ key }) => !declared.has(key)).map(({ key }) => key);
  if (unknown.length > 0) {
    throw validationError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  }
  const values: Record<string, string> = {};
  const missing: string[] = [];
  for (const declaration of declared.values()) {
    const { name } = declaration;
    const own = given.find(({ key }) => key === name);
    const before = Object.hasOwn(previous, name) ? previous[name] : undefined;
    const value = own?.usePrevious ? before : own?.value ?? declaration.default;
    if (value === undefined) missing.push(name);
    else {
      checkValue(declaration, value);
      values[name] = value;
    }
  }
  if (missing.length > 0) throw validationError(`Parameters: [${missing.join(', ')}] must have values`);
  return values;
}

/** Lists are text on the wire; `Ref` gives them as lists. */
export function referredValue({ type }: ParameterDeclaration, value: string): JsonValue {
  return isList(type) ? value.split(',').map(item => item.trim()) : value;
}

const isList = (type: string) => type === 'CommaDelimitedList' || type.startsWith('List<');

function checkValue(declaration: ParameterDeclaration, value: string): void {
  const { name, type, allowedValues, allowedPattern, constraintDescription } = declaration;
  const refuse = (what: string) =>
    validationError(
      `Parameter '${name}' ${constraintDescription ? `failed to satisfy constraint: ${constraintDescription}` : what}`,
    );
  if ((type === 'Number' || type === 'List<Number>') && !value.split(',').every(isNumber)) {
    throw validationError(`Parameter '${name}' must be a number.`);
  }
  const items = isList(type) ? value.split(',').map(item => item.trim()) : [value];
  if (allowedValues && !items.every(item => allowedValues.includes(item))) {
    throw refuse('must be one of AllowedValues');
  }
  if (allowedPattern !== undefined && !items.every(item => wholeMatch(name, allowedPattern).test(item))) {
    throw refuse(`must match pattern ${allowedPattern}`);
  }
  const { minLength = 0, maxLength = Infinity, minValue = -Infinity, maxValue = Infinity } = declaration;
  if (value.length < minLength) throw refuse(`must contain at least ${minLength} characters`);
  if (value.length > maxLength) throw refuse(`must contain at most ${maxLength} characters`);
  if (type === 'Number' && Number(value) < minValue) throw refuse(`must be a number not less than ${minValue}`);
  if (type === 'Number' && Number(value) > maxValue) throw refuse(`must be a number not greater than ${maxValue}`);
}

const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(Number(text));

function wholeMatch(name: string, pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    throw validationError(`Template format error: Parameter ${name} has an invalid AllowedPattern: ${pattern}`);
  }
}

import { validatePolicy, type PolicyDocument, type PolicyKind } from '@busline/access-policy';
import type { AwsError } from './service';

/**
 * A policy document that a caller wrote as text.
 * @param notValid - makes the error that the service gives for it
 * @throws what `notValid` makes: where the text is not JSON or not a policy document of this kind
 */
export function readPolicy(text: string, kind: PolicyKind, notValid: (reason: string) => AwsError): PolicyDocument {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw notValid(`the policy is not JSON: ${(error as Error).message}`);
  }
  const problems = validatePolicy(value, kind);
  if (problems.length > 0) {
    throw notValid(problems.map(({ path, message }) => `${path}: ${message}`).join('; '));
  }
  return value as PolicyDocument;
}

import type { Environment } from '../environment';
import { validateInput } from '../models';
import { query } from '../protocols/query';
import type { Operation, Service } from '../service';
import { rolePolicyOperations } from './rolePolicyOperations';
import { roleOperations } from './roleOperations';

/**
 * IAM as far as accounts and target roles need it: roles with their trust policies and inline policies.
 * There are no users, groups or managed policies here; an account is its root user.
 */
export function createIam(environment: Environment): Service {
  return {
    signingName: 'iam',
    protocol: query('https://iam.amazonaws.com/doc/2010-05-08/'),
    operations: new Map<string, Operation>([...roleOperations(environment), ...rolePolicyOperations(environment)]),
    check: (operation, input) => validateInput('iam', operation, input),
  };
}

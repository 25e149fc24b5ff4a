import type { Environment } from '../environment';
import { validateInput } from '../models';
import { query } from '../protocols/query';
import type { Operation, Service } from '../service';
import { createChangeSets } from './changeSet';
import { changeSetOperations, resumeChangeSets } from './changeSetOperations';
import type { CloudFormationContext } from './context';
import { createDeployer } from './deployer';
import { describeOperations } from './describeOperations';
import { createStacks } from './stack';
import { createStackEvents } from './stackEvents';
import { stackOperations } from './stackOperations';
import { templateOperations } from './templateOperations';
import { createWorker } from './worker';

/** "You can retrieve information on deleted stacks for up to 90 days after the stack was deleted." */
const DELETED_STACKS_MILLISECONDS = 90 * 24 * 3_600_000;

/**
 * CloudFormation: stacks, change sets, exports. What a stack is made of is made through the other services of this
 * server, as the stack's caller or its service role, with every check and denial that the public APIs have.
 * @param services - the other services by signing name
 */
export function createCloudFormation(environment: Environment, services: ReadonlyMap<string, Service>): Service {
  const { store, clock } = environment;
  const stacks = createStacks(store);
  const events = createStackEvents(store, clock);
  const worker = createWorker(environment, services);
  const changeSets = createChangeSets(store);
  const deployer = createDeployer({ environment, stacks, events, worker, finished: changeSets.settle });
  const context: CloudFormationContext = {
    environment,
    stacks,
    events,
    deployer,
    changeSets,
  };
  return {
    signingName: 'cloudformation',
    protocol: query('http://cloudformation.amazonaws.com/doc/2010-05-15/'),
    operations: new Map<string, Operation>([
      ...stackOperations(context),
      ...describeOperations(context),
      ...templateOperations(context),
      ...changeSetOperations(context),
    ]),
    check: (operation, input) => validateInput('cloudformation', operation, input),
    start() {
      stacks.forgetDeleted(clock.now() - DELETED_STACKS_MILLISECONDS);
      deployer.resume();
      resumeChangeSets(context);
    },
    close: deployer.close,
  };
}

import { AwsError } from '../service';

// CloudFormation's own texts, which people search for.

export const validationError = (message: string) => new AwsError('ValidationError', message);

export const stackDoesNotExist = (name: string) => validationError(`Stack [${name}] does not exist`);

export const stackWithIdDoesNotExist = (name: string) => validationError(`Stack with id ${name} does not exist`);

export const changeSetNotFound = (name: string) =>
  new AwsError('ChangeSetNotFound', `ChangeSet [${name}] does not exist`, { httpStatus: 404 });

export const alreadyExists = (message: string) => new AwsError('AlreadyExistsException', message);

export const insufficientCapabilities = (capabilities: readonly string[]) =>
  new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${capabilities.join(', ')}]`);

export const notImplemented = (what: string) =>
  new AwsError('ValidationError', `This local server does not implement ${what}.`, { httpStatus: 501 });

import { NAME_HASH_LENGTH, shortHash } from './hash';

/** AWS's limits on names, in characters. Sources: the API references of PutRule, PutPermission, CreateRole, CreateQueue. */
export const MAX_RULE_NAME = 64;
export const MAX_STATEMENT_ID = 64;
export const MAX_ROLE_NAME = 64;
export const MAX_QUEUE_NAME = 80;
export const MAX_BUS_NAME = 256;
export const MAX_TARGET_ID = 64;
export const MAX_DESCRIPTION = 512;

/** Longer than a name's: whoever could make two of these equal would replace another service's permission. */
const STATEMENT_HASH_LENGTH = 16;

const RULE_CHARACTERS = /[^A-Za-z0-9._-]/g;
const PLAIN_CHARACTERS = /[^A-Za-z0-9_-]/g;
const BUS_CHARACTERS = /[^A-Za-z0-9._/-]/g;

/**
 * The rule's name by default: `<service>-<subscription>`; cut and given a hash where AWS would not take that.
 * `a-b` + `c` and `a` + `b-c` have one default name; `hashedRuleName` tells them apart.
 */
export function defaultRuleName(service: string, subscription: string): string {
  const name = `${service}-${subscription}`;
  return isFit(name, RULE_CHARACTERS, MAX_RULE_NAME) ? name : hashedRuleName(service, subscription);
}

/** A rule name that no other subscription has. */
export function hashedRuleName(service: string, subscription: string): string {
  const readable = `${service}-${subscription}`.replace(RULE_CHARACTERS, '-');
  return withHash(readable, [service, subscription], MAX_RULE_NAME);
}

/** `busline-<service>`, where the service names no bus of its own. */
export function defaultSubscriberBusName(service: string): string {
  const name = `busline-${service}`;
  if (isFit(name, BUS_CHARACTERS, MAX_BUS_NAME)) return name;
  return withHash(name.replace(BUS_CHARACTERS, '-'), [service], MAX_BUS_NAME);
}

/** The role with which the rules of one bus send to one subscriber bus. */
export function forwardRoleName(fromBusArn: string, toBusArn: string, toBusName: string): string {
  const readable = `busline-forward-${toBusName.replace(/^busline-/, '')}`;
  return withHash(readable.replace(PLAIN_CHARACTERS, '-'), [fromBusArn, toBusArn], MAX_ROLE_NAME);
}

/** The role with which one rule calls its targets. */
export function targetRoleName(ruleArn: string, ruleName: string): string {
  return withHash(`busline-target-${ruleName}`.replace(PLAIN_CHARACTERS, '-'), [ruleArn], MAX_ROLE_NAME);
}

/** The dead-letter queue of one rule. */
export function deadLetterQueueName(ruleArn: string, ruleName: string): string {
  return withHash(`${ruleName}-dlq`.replace(PLAIN_CHARACTERS, '-'), [ruleArn], MAX_QUEUE_NAME);
}

/** Id of the statement that lets a service publish as a source: a hash of bus, service and source. */
export function publisherStatementId(busArn: string, service: string, source: string): string {
  return statementId(`busline-${service}`, [busArn, service, source]);
}

/** Id of the statement that lets the forwarding role of one bus put events on a subscriber bus. */
export function forwardStatementId(toBusArn: string, fromBusArn: string): string {
  return statementId('busline-forward', [toBusArn, fromBusArn]);
}

/** Id of a statement in a queue's policy or a function's: letters and digits only, as every service takes them. */
export function resourceStatementId(resourceArn: string, grantee: string): string {
  return `Busline${shortHash([resourceArn, grantee], STATEMENT_HASH_LENGTH)}`;
}

function statementId(readable: string, identity: readonly string[]): string {
  const clean = readable.replace(PLAIN_CHARACTERS, '-').slice(0, MAX_STATEMENT_ID - STATEMENT_HASH_LENGTH - 1);
  return `${clean}-${shortHash(identity, STATEMENT_HASH_LENGTH)}`;
}

function isFit(name: string, unfit: RegExp, length: number): boolean {
  unfit.lastIndex = 0;
  return name.length <= length && !unfit.test(name);
}

function withHash(readable: string, identity: readonly string[], length: number): string {
  return `${readable.slice(0, length - NAME_HASH_LENGTH - 1)}-${shortHash(identity)}`;
}

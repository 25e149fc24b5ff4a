import { shortHash } from '../hash';

/** Names for which turning them into `PascalCase` loses nothing: no two of them become one. */
const REVERSIBLE = /^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/;
/** CloudFormation takes 255 characters; what a person reads in a list is shorter. */
const MAX_READABLE = 80;
const HASH_LENGTH = 6;

/**
 * `access-granted` + `Rule` as `AccessGrantedRule`, the name of a resource in a template: letters and digits. It depends on
 * nothing but the thing's own name, for CloudFormation takes a new logical id for a new resource, and the old one away.
 */
export function logicalId(name: string, kind: string, isPlainPlace: boolean = true): string {
  const pascal = pascalCase(name);
  if (isPlainPlace && REVERSIBLE.test(name) && pascal.length <= MAX_READABLE) return `${pascal}${kind}`;
  // Begins with a letter, whatever the name begins with.
  return `${kind}${pascal.slice(0, MAX_READABLE)}${shortHash([name, String(isPlainPlace)], HASH_LENGTH)}`;
}

/** `access-granted` as `AccessGranted`. */
export function pascalCase(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

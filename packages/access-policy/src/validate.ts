import { parseArn } from './arn';
import { parseOperator } from './conditions';

/** Where the document stands: on an identity, on a resource, or as the trust policy of a role. */
export type PolicyKind = 'identity' | 'resource' | 'trust';

export interface PolicyProblem {
  /** `Statement[0].Principal.AWS` */
  readonly path: string;
  readonly message: string;
}

/** Levels and statements far beyond what any policy quota admits; they keep a hostile document from taking long. */
const MAX_STATEMENTS = 1_000;

const DOCUMENT_KEYS = ['Version', 'Id', 'Statement'];
const STATEMENT_KEYS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];
const PRINCIPAL_TYPES = ['AWS', 'Service', 'Federated', 'CanonicalUser'];
const VERSIONS = ['2012-10-17', '2008-10-17'];

/**
 * Checks the grammar of a policy document and gives every problem at once; an empty list means that
 * `evaluate` understands all of it.
 * Source: "Grammar of the IAM JSON policy language".
 */
export function validatePolicy(value: unknown, kind: PolicyKind): readonly PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  const report = (path: string, message: string) => problems.push({ path, message });
  if (!isObject(value)) {
    report('', 'a policy document must be a JSON object');
    return problems;
  }
  unknownKeys(value, DOCUMENT_KEYS, '', report);
  if (value.Version !== undefined && !VERSIONS.includes(value.Version as string)) {
    report('Version', `must be ${VERSIONS.map(v => `"${v}"`).join(' or ')}`);
  }
  const statements = Array.isArray(value.Statement) ? value.Statement : [value.Statement];
  if (value.Statement === undefined || statements.length === 0) {
    report('Statement', 'must hold at least one statement');
    return problems;
  }
  if (statements.length > MAX_STATEMENTS) {
    report('Statement', `must hold at most ${MAX_STATEMENTS} statements`);
    return problems;
  }
  const sids = new Set<unknown>();
  statements.forEach((statement, i) => {
    const path = Array.isArray(value.Statement) ? `Statement[${i}]` : 'Statement';
    if (!isObject(statement)) {
      report(path, 'must be a JSON object');
      return;
    }
    checkStatement(statement, kind, path, report);
    if (statement.Sid !== undefined && sids.has(statement.Sid)) {
      report(`${path}.Sid`, `"${statement.Sid}" stands on another statement as well`);
    }
    sids.add(statement.Sid);
  });
  return problems;
}

type Report = (path: string, message: string) => void;
type PlainObject = { readonly [key: string]: unknown };

function isObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownKeys(value: PlainObject, known: readonly string[], path: string, report: Report): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) {
      report(path ? `${path}.${key}` : key, `is not known here; expected ${known.join(', ')}`);
    }
  }
}

function checkStatement(statement: PlainObject, kind: PolicyKind, path: string, report: Report): void {
  unknownKeys(statement, STATEMENT_KEYS, path, report);
  if (statement.Sid !== undefined && typeof statement.Sid !== 'string') {
    report(`${path}.Sid`, 'must be a string');
  }
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') {
    report(`${path}.Effect`, 'must be "Allow" or "Deny"');
  }
  exactlyOne(statement, 'Action', 'NotAction', path, report);
  for (const key of ['Action', 'NotAction'] as const) {
    eachText(statement[key], `${path}.${key}`, report, (text, at) => {
      if (text !== '*' && !/^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(text)) {
        report(at, `"${text}" is no action; expected "service:Action" or "*"`);
      }
    });
  }
  checkResource(statement, kind, path, report);
  checkPrincipal(statement, kind, path, report);
  checkCondition(statement.Condition, `${path}.Condition`, report);
}

function checkResource(statement: PlainObject, kind: PolicyKind, path: string, report: Report): void {
  const given = statement.Resource !== undefined || statement.NotResource !== undefined;
  if (kind === 'trust') {
    if (given) report(`${path}.Resource`, 'must not stand in a trust policy');
    return;
  }
  exactlyOne(statement, 'Resource', 'NotResource', path, report);
  for (const key of ['Resource', 'NotResource'] as const) {
    eachText(statement[key], `${path}.${key}`, report, (text, at) => {
      if (text !== '*' && !text.startsWith('arn:')) {
        report(at, `"${text}" is no resource; expected an ARN or "*"`);
      }
    });
  }
}

function checkPrincipal(statement: PlainObject, kind: PolicyKind, path: string, report: Report): void {
  if (kind === 'identity') {
    for (const key of ['Principal', 'NotPrincipal']) {
      if (statement[key] !== undefined) {
        report(`${path}.${key}`, "must not stand in an identity's policy");
      }
    }
    return;
  }
  exactlyOne(statement, 'Principal', 'NotPrincipal', path, report);
  for (const key of ['Principal', 'NotPrincipal']) {
    const principal = statement[key];
    const at = `${path}.${key}`;
    if (principal === undefined || principal === '*') continue;
    if (!isObject(principal)) {
      report(at, 'must be "*" or an object such as { "AWS": "111122223333" }');
      continue;
    }
    unknownKeys(principal, PRINCIPAL_TYPES, at, report);
    eachText(principal.AWS, `${at}.AWS`, report, (text, where) => {
      if (!isAwsPrincipal(text)) {
        report(
          where,
          `"${text}" is no principal; expected "*", a 12-digit account, or the ARN of an account, role or user`,
        );
      }
    });
    eachText(principal.Service, `${at}.Service`, report, (text, where) => {
      if (!/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(text)) {
        report(where, `"${text}" is no service, such as "events.amazonaws.com"`);
      }
    });
  }
}

function isAwsPrincipal(text: string): boolean {
  if (text === '*' || /^\d{12}$/.test(text)) return true;
  const arn = parseArn(text);
  return (
    arn !== undefined &&
    (arn.service === 'iam' || arn.service === 'sts') &&
    /^\d{12}$/.test(arn.account) &&
    /^(root|role\/.+|user\/.+|assumed-role\/.+|federated-user\/.+)$/.test(arn.resource) &&
    !/[*?]/.test(text)
  );
}

const isConditionValue = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);

function checkCondition(value: unknown, path: string, report: Report): void {
  if (value === undefined) return;
  if (!isObject(value)) {
    report(path, 'must be a JSON object');
    return;
  }
  for (const [operator, keys] of Object.entries(value)) {
    const at = `${path}.${operator}`;
    if (!parseOperator(operator)) {
      report(at, `"${operator}" is no condition operator`);
    }
    if (!isObject(keys)) {
      report(at, 'must be a JSON object of condition keys');
      continue;
    }
    for (const [key, values] of Object.entries(keys)) {
      const list = Array.isArray(values) ? values : [values];
      if (list.length === 0 || !list.every(isConditionValue)) {
        report(`${at}.${key}`, 'must be a string, number or boolean, or a list of these');
      }
    }
  }
}

function exactlyOne(statement: PlainObject, a: string, b: string, path: string, report: Report): void {
  const count = [a, b].filter(key => statement[key] !== undefined).length;
  if (count === 0) report(path, `needs ${a} or ${b}`);
  if (count === 2) report(path, `must not have both ${a} and ${b}`);
}

function eachText(value: unknown, path: string, report: Report, check: (text: string, path: string) => void): void {
  if (value === undefined) return;
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0) report(path, 'must not be empty');
  list.forEach((item, i) => {
    const at = Array.isArray(value) ? `${path}[${i}]` : path;
    if (typeof item !== 'string' || item === '') {
      report(at, 'must be a string that is not empty');
    } else {
      check(item, at);
    }
  });
}

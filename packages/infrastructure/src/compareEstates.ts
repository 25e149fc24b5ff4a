import { asList, type PolicyDocument, type PolicyStatement } from '@busline/access-policy';
import { canonicalStatement } from './canonical';
import { compareRules } from './compareRules';
import type { BusState, Drift, DriftResource, Estate, FieldDifference, RuleState } from './estate';

/** What was looked at. Nothing outside of it is called missing. */
export interface ComparisonScope {
  /** Accounts and Regions that were read to the end. */
  readonly read: readonly { readonly accountId: string; readonly region: string }[];
  /**
   * What to say of buses that nobody declared, in an account that was read: one drift for the bus (the default),
   * one for the bus and each of its rules, or nothing. The default bus of an account always exists and is never
   * unexpected itself.
   */
  readonly undeclaredBuses?: 'bus' | 'everything' | 'ignore';
}

/**
 * Where declared and observed differ. Patterns, policies and inputs are compared by what they mean, not by how they
 * are written; descriptions are not compared, since nothing depends on them. Rules that an AWS service manages are
 * not anybody's drift. Cost grows linearly.
 */
export function compareEstates(declared: Estate, observed: Estate, scope: ComparisonScope): readonly Drift[] {
  const read = new Set(scope.read.map(place => `${place.accountId} ${place.region}`));
  const inScope = (thing: { accountId: string; region: string }) => read.has(`${thing.accountId} ${thing.region}`);
  return [
    ...compareBuses(declared.buses.filter(inScope), observed.buses.filter(inScope), scope),
    ...compareAllRules(
      declared.rules.filter(inScope),
      observed.rules.filter(rule => inScope(rule) && rule.managedBy === undefined),
      rulesToReport(declared, scope),
    ),
  ];
}

function rulesToReport(declared: Estate, scope: ComparisonScope): (rule: RuleState) => boolean {
  if (scope.undeclaredBuses === 'everything') return () => true;
  const buses = new Set(declared.buses.map(bus => bus.arn));
  return rule => buses.has(rule.busArn);
}

function compareBuses(
  declared: readonly BusState[],
  observed: readonly BusState[],
  scope: ComparisonScope,
): readonly Drift[] {
  const observedByArn = new Map(observed.map(bus => [bus.arn, bus]));
  const drifts: Drift[] = [];
  for (const bus of declared) {
    const found = observedByArn.get(bus.arn);
    if (!found) {
      drifts.push({ kind: 'missing', resource: busResource(bus) });
      continue;
    }
    observedByArn.delete(bus.arn);
    const differences = compareKeys(bus, found);
    if (differences.length > 0) drifts.push({ kind: 'different', resource: busResource(bus), differences });
    drifts.push(...compareStatements(bus, found));
  }
  if (scope.undeclaredBuses === 'ignore') return drifts;
  for (const bus of observedByArn.values()) {
    if (bus.name !== 'default') drifts.push({ kind: 'unexpected', resource: busResource(bus) });
  }
  return drifts;
}

function compareKeys(declared: BusState, observed: BusState): readonly FieldDifference[] {
  if ((declared.kmsKeyIdentifier ?? '') === (observed.kmsKeyIdentifier ?? '')) return [];
  return [
    {
      field: 'encryption key',
      declared: quoted(declared.kmsKeyIdentifier),
      observed: quoted(observed.kmsKeyIdentifier),
    },
  ];
}

interface ReadableStatement {
  readonly statement: PolicyStatement;
  readonly parts: Readonly<Record<string, string>>;
  readonly meaning: string;
}

/** Statements of one meaning are one, whatever their ids; those left over are paired by id. */
function compareStatements(declared: BusState, observed: BusState): readonly Drift[] {
  const meant = statementsOf(declared);
  const unmatched = new Map<string, ReadableStatement[]>();
  for (const statement of statementsOf(observed)) {
    const same = unmatched.get(statement.meaning);
    if (same) same.push(statement);
    else unmatched.set(statement.meaning, [statement]);
  }
  const left = meant.filter(statement => {
    const same = unmatched.get(statement.meaning);
    if (!same) return true;
    takeBest(same, statement.statement.Sid);
    if (same.length === 0) unmatched.delete(statement.meaning);
    return false;
  });
  const extra = [...unmatched.values()].flat();
  const extraById = new Map(extra.filter(e => e.statement.Sid).map(e => [e.statement.Sid!, e]));
  const drifts: Drift[] = [];
  for (const statement of left) {
    const resource = statementResource(declared, statement);
    const other = statement.statement.Sid ? extraById.get(statement.statement.Sid) : undefined;
    if (!other) {
      drifts.push({ kind: 'missing', resource });
      continue;
    }
    extraById.delete(statement.statement.Sid!);
    extra.splice(extra.indexOf(other), 1);
    drifts.push({ kind: 'different', resource, differences: compareParts(statement.parts, other.parts) });
  }
  for (const statement of extra) drifts.push({ kind: 'unexpected', resource: statementResource(observed, statement) });
  return drifts;
}

/** Removes one of several equal statements, the one with this id if there is one. */
function takeBest(same: ReadableStatement[], id: string | undefined): void {
  const at = same.findIndex(candidate => candidate.statement.Sid === id);
  same.splice(at === -1 ? 0 : at, 1);
}

function statementsOf(bus: BusState): readonly ReadableStatement[] {
  const document = bus.policy as unknown as PolicyDocument | undefined;
  return asList(document?.Statement).map(statement => {
    const parts = canonicalStatement(statement);
    return { statement, parts, meaning: JSON.stringify(Object.entries(parts)) };
  });
}

function compareParts(
  declared: Readonly<Record<string, string>>,
  observed: Readonly<Record<string, string>>,
): readonly FieldDifference[] {
  return [...new Set([...Object.keys(declared), ...Object.keys(observed)])]
    .filter(field => declared[field] !== observed[field])
    .map(field => ({ field, declared: declared[field], observed: observed[field] }));
}

function compareAllRules(
  declared: readonly RuleState[],
  observed: readonly RuleState[],
  isReported: (rule: RuleState) => boolean,
): readonly Drift[] {
  const observedByArn = new Map(observed.map(rule => [rule.arn, rule]));
  const drifts: Drift[] = [];
  for (const rule of declared) {
    const found = observedByArn.get(rule.arn);
    observedByArn.delete(rule.arn);
    const resource = ruleResource(rule);
    const { subscription } = rule;
    if (!found) {
      drifts.push({ kind: 'missing', resource, subscription });
      continue;
    }
    const differences = compareRules(rule, found);
    if (differences.length > 0) drifts.push({ kind: 'different', resource, subscription, differences });
  }
  for (const rule of observedByArn.values()) {
    if (isReported(rule)) drifts.push({ kind: 'unexpected', resource: ruleResource(rule) });
  }
  return drifts;
}

function busResource({ arn, name, accountId, region }: BusState): DriftResource {
  return { type: 'bus', arn, name, accountId, region };
}

function ruleResource({ arn, name, accountId, region }: RuleState): DriftResource {
  return { type: 'rule', arn, name, accountId, region };
}

function statementResource(bus: BusState, { statement }: ReadableStatement): DriftResource {
  const { arn, accountId, region } = bus;
  return { type: 'policy-statement', arn, name: statement.Sid ?? '(statement without an id)', accountId, region };
}

function quoted(text: string | undefined): string | undefined {
  return text === undefined ? undefined : JSON.stringify(text);
}

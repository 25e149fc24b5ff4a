import { busArn, type RuleState } from '@busline/infrastructure';

/** Columns that say of a rule what its text then need not: there may be several hundred thousand of them. */
export interface RuleColumns {
  readonly arn: string;
  readonly name: string;
  readonly account_id: string;
  readonly region: string;
}

/** A declared rule as its row holds it beside its columns. */
export function toRuleText(rule: RuleState): string {
  // Named one by one, which is several times faster than all but some.
  const { description, pattern, schedule, enabled, managedBy, targets, subscription, sharedBy } = rule;
  return JSON.stringify({ description, pattern, schedule, enabled, managedBy, targets, subscription, sharedBy });
}

/** The declared rule of a row. */
export function ruleOfText(columns: RuleColumns, text: string): RuleState {
  const { arn, name, account_id: accountId, region } = columns;
  return { arn, name, busArn: busOfRule(columns), accountId, region, ...JSON.parse(text) };
}

/** `rule/<bus>/<name>`, or `rule/<name>` on the default bus. */
function busOfRule({ arn, name, account_id, region }: RuleColumns): string {
  const resource = arn.slice(arn.indexOf(RULE) + RULE.length);
  return busArn(account_id, region, resource === name ? 'default' : resource.slice(0, -`/${name}`.length));
}

const RULE = ':rule/';

import { duplicateRules } from './duplicates';
import { fileRules } from './files';
import { historyRules } from './history';
import { nameRules } from './names';
import { patternRules } from './patterns';
import { referenceRules } from './references';
import type { Rule } from './rule';
import { schemaRules } from './schemas';
import { shapeRules } from './shape';
import { textRules } from './text';

/** Every rule of an event repository. The reader, the documentation and the tests are made from this table. */
export const RULES: readonly Rule[] = [
  ...fileRules,
  ...shapeRules,
  ...nameRules,
  ...referenceRules,
  ...duplicateRules,
  ...schemaRules,
  ...patternRules,
  ...historyRules,
  ...textRules,
];

type CheckName = Extract<keyof Rule, `check${string}`>;
type RuleWith<C extends CheckName> = Rule & Required<Pick<Rule, C>>;

/** The rules that have a certain check. */
export function rulesWith<C extends CheckName>(check: C): readonly RuleWith<C>[] {
  return RULES.filter((rule): rule is RuleWith<C> => rule[check] !== undefined);
}

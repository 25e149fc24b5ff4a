import { duplicateRules } from './duplicates';
import { fileRules } from './files';
import { historyRules } from './history';
import { nameRules } from './names';
import { patternRules } from './patterns';
import { referenceRules } from './references';
import type { ExampleRule, FileRule, RepositoryRule, Rule } from './rule';
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

export const FILE_RULES = RULES.filter(
  (rule): rule is FileRule => rule.scope === 'file',
);
export const EXAMPLE_RULES = RULES.filter(
  (rule): rule is ExampleRule => rule.scope === 'example',
);
export const REPOSITORY_RULES = RULES.filter(
  (rule): rule is RepositoryRule => rule.scope === 'repository',
);

import {
  EVOLUTION_RULES,
  type EvolutionProblem,
  type Json,
  LINT_RULES,
  type Place,
  type Problem,
  RULES,
  type Severity,
} from '@busline/event-repository';

/*
 * SARIF 2.1.0, as code scanning takes it: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const DOCUMENTATION = 'https://github.com/busline/busline/blob/main';

interface SarifRule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly helpUri: string;
  readonly defaultConfiguration: { readonly level: Severity };
}

interface SarifLocation {
  readonly id?: number;
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
    readonly region: { readonly startLine: number; readonly startColumn: number };
  };
  readonly message?: { readonly text: string };
}

export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly name: string; readonly informationUri: string; readonly rules: readonly SarifRule[] };
    };
    readonly columnKind: 'utf16CodeUnits';
    readonly originalUriBaseIds: Readonly<Record<string, { readonly description: { readonly text: string } }>>;
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex?: number;
      readonly level: Severity;
      readonly message: { readonly text: string };
      readonly locations: readonly SarifLocation[];
      readonly relatedLocations?: readonly SarifLocation[];
      readonly properties?: Readonly<Record<string, Json>>;
    }[];
  }[];
}

const rule = (
  { id, purpose, severity }: { readonly id: string; readonly purpose: string; readonly severity: Severity },
  page: string,
): SarifRule => ({
  id,
  shortDescription: { text: purpose },
  helpUri: `${DOCUMENTATION}/${page}`,
  defaultConfiguration: { level: severity },
});

const SARIF_RULES: readonly SarifRule[] = [
  ...[...RULES, ...LINT_RULES].map(each => rule(each, 'packages/event-repository/RULES.md')),
  ...EVOLUTION_RULES.map(each => rule(each, 'docs/schema-evolution.md')),
];
const INDEX = new Map(SARIF_RULES.map(({ id }, index) => [id, index]));

/** Root of the checkout. */
const BASE = '%SRCROOT%';

/** A report as SARIF; `prefix` is the path of the event repository from the root of the checkout. */
export function sarifLog(problems: readonly (Problem | EvolutionProblem)[], prefix: string): SarifLog {
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'busline', informationUri: 'https://github.com/busline/busline', rules: SARIF_RULES },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [BASE]: { description: { text: 'The root of the checkout.' } } },
        results: problems.map(problem => resultOf(problem, prefix)),
      },
    ],
  };
}

function resultOf(problem: Problem | EvolutionProblem, prefix: string) {
  const index = INDEX.get(problem.rule);
  const related = 'related' in problem ? problem.related : undefined;
  return {
    ruleId: problem.rule,
    ...(index !== undefined && { ruleIndex: index }),
    level: problem.severity,
    message: { text: problem.message },
    locations: [locationOf(problem, prefix)],
    ...(related && {
      relatedLocations: [
        { ...locationOf(related, prefix), id: 1, message: { text: 'The same place in the old version.' } },
      ],
    }),
    ...propertiesOf(problem),
  };
}

function propertiesOf(problem: Problem | EvolutionProblem) {
  if (!('eventType' in problem)) return {};
  const { eventType, old, next, direction, counterexample } = problem;
  const properties: Record<string, Json> = { eventType, old, next };
  if (direction !== undefined) properties.direction = direction;
  if (counterexample !== undefined) properties.counterexample = counterexample;
  return { properties };
}

function locationOf({ file, line, column }: Place, prefix: string): SarifLocation {
  const uri = `${prefix}${file}`.split('/').map(encodeURIComponent).join('/');
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: BASE },
      region: { startLine: line, startColumn: column },
    },
  };
}

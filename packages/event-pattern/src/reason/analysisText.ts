import { listOf } from '../words';
import type { ClauseAnalysis, PatternAnalysis } from './types';

const VERDICTS: Readonly<Record<PatternAnalysis['verdict'], string>> = {
  always: 'Every event of the schema matches.',
  sometimes: 'Some events of the schema match, others do not.',
  never: 'No event of the schema can match.',
  unknown: 'Whether events of the schema match could not be decided.',
};

const code = (text: string) => `\`${text}\``;

/** What the schema has to do with one clause, in one line: `` `detail.data.chanel` is not in the schema; there is … ``. */
export function clauseAnalysisText({ field, wanted, verdict, reason }: ClauseAnalysis): string {
  const name = code(field);
  switch (reason?.kind) {
    case 'not-listed':
      return reason.nearName === undefined
        ? `${name} is not in the schema; wanted: ${wanted}`
        : `${name} is not in the schema; there is ${code(reason.nearName)}. Wanted: ${wanted}`;
    case 'no-value': {
      const inside = listOf(reason.inside.map(code), 'or');
      return `${name} is an object in the schema, and patterns see values only: ${inside}. Wanted: ${wanted}`;
    }
    case 'no-such-value':
      return `${name} has no such value in the schema; wanted: ${wanted}`;
    case 'may-be-absent':
      return `${name} may be absent; wanted: ${wanted}`;
    case 'undecided':
      return `${name}: could not be decided (${reason.reason}); wanted: ${wanted}`;
    default:
      return `${name} ${verdict} ${wanted}`;
  }
}

/** The clauses on which the verdict rests, a line each, and what else there is to say of it. */
export function analysisReasons(analysis: PatternAnalysis): readonly string[] {
  const deciding = analysis.clauses.filter(({ decides }) => decides);
  if (analysis.verdict === 'unknown') return [analysis.reason];
  if (analysis.verdict === 'never' && analysis.because === 'schema') return ['No event satisfies the schema itself'];
  if (analysis.verdict === 'never' && analysis.because === 'combination') {
    const clauses = deciding.map(({ field, wanted }) => `${code(field)} ${wanted}`);
    return [`These can hold, but not together: ${listOf(clauses, 'and')}`];
  }
  return deciding.map(clauseAnalysisText);
}

/** An analysis as lines of text for a terminal or a log. */
export function analysisText(analysis: PatternAnalysis): string {
  return [VERDICTS[analysis.verdict], ...analysisReasons(analysis).map(line => `  ${line}`)].join('\n');
}

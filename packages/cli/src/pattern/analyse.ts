import {
  analysePattern,
  analysisText,
  couldMatchType,
  type EventSchemaOptions,
  type PatternAnalysis,
} from '@busline/event-pattern';
import { readEventRepository } from '@busline/event-repository';
import { filesIn } from '../diskFiles';
import { UsageError } from '../errors';
import { count, type Output } from '../output';
import { checkStandardInput, readJsonFile, readPattern } from './files';
import type { PatternFormat } from './match';

export interface AnalyseOptions {
  readonly format: PatternFormat;
  readonly contentModel: 'closed-world' | 'open';
  /** Folder of an event repository, in place of a schema. */
  readonly repository?: string;
  readonly data?: string;
  readonly metadata?: string;
  readonly source?: string;
  readonly detailType?: string;
}

/** Exit status where it could not be decided. */
const UNDECIDED = 3;

interface Judged {
  /** The file, or `source "detail-type" version`. */
  readonly schema: string;
  readonly analysis: PatternAnalysis;
}

/**
 * `busline pattern analyse`: gives 0 where events can match, 1 where none ever can, 3 where that could not be decided.
 * @throws UsageError for a pattern or a schema that is none
 */
export function analyse(
  patternFile: string,
  schemaFile: string | undefined,
  options: AnalyseOptions,
  output: Output,
): number {
  if ((schemaFile === undefined) === (options.repository === undefined)) {
    throw new UsageError('Give either a schema or --repository');
  }
  const judged =
    schemaFile === undefined
      ? inRepository(patternFile, options)
      : [{ schema: schemaFile, analysis: bySchema(patternFile, schemaFile, options) }];
  output.out(options.format === 'json' ? asJson(patternFile, judged) : asText(judged, options.repository));
  const verdicts = judged.map(({ analysis }) => analysis.verdict);
  if (verdicts.some(verdict => verdict === 'always' || verdict === 'sometimes')) return 0;
  return verdicts.includes('unknown') ? UNDECIDED : 1;
}

function bySchema(patternFile: string, schemaFile: string, options: AnalyseOptions): PatternAnalysis {
  checkStandardInput([patternFile, schemaFile]);
  const { contentModel, source, detailType, data, metadata } = options;
  return analysePattern(readPattern(patternFile), readJsonFile(schemaFile), {
    contentModel,
    ...(source !== undefined && { source }),
    ...(detailType !== undefined && { detailType }),
    ...pathsOf(data, metadata),
  });
}

function pathsOf(data?: string, metadata?: string): Pick<EventSchemaOptions, 'eventPaths'> {
  for (const [option, path] of Object.entries({ '--data': data, '--metadata': metadata })) {
    if (path !== undefined && !/^detail(?:\.[^.]+)*$/.test(path)) {
      throw new UsageError(`${option} ${path}: expected a place in the event, such as detail.data`);
    }
  }
  if (data === undefined && metadata === undefined) return {};
  return { eventPaths: { ...(data !== undefined && { data }), ...(metadata !== undefined && { metadata }) } };
}

/** Every version of every event type that the pattern could take. */
function inRepository(patternFile: string, { repository: folder, contentModel }: AnalyseOptions): readonly Judged[] {
  const pattern = readPattern(patternFile);
  const { repository } = readEventRepository(filesIn(folder!));
  return repository.eventTypes
    .filter(({ source, detailType }) => couldMatchType(pattern, source, detailType))
    .flatMap(({ source, detailType, eventPaths, versions }) =>
      versions.map(({ version, schema }) => ({
        schema: `${source} "${detailType}" ${version}`,
        analysis: analysePattern(pattern, schema, {
          source,
          detailType,
          schemaVersion: version,
          eventPaths,
          contentModel,
        }),
      })),
    );
}

function asJson(patternFile: string, judged: readonly Judged[]): string {
  const schemas = judged.map(({ schema, analysis }) => ({ schema, ...analysis }));
  return JSON.stringify({ pattern: patternFile, schemas }, undefined, 2);
}

function asText(judged: readonly Judged[], folder: string | undefined): string {
  if (judged.length === 0)
    return `No event type of ${folder} has the source and detail-type that the pattern asks for.`;
  const lines = judged.map(({ schema, analysis }) => `${schema}: ${analysisText(analysis)}`);
  if (folder === undefined) return lines.join('\n');
  const taking = judged.filter(({ analysis }) => ['always', 'sometimes'].includes(analysis.verdict)).length;
  return [...lines, `Events of ${taking} of ${count(judged.length, 'version')} can match.`].join('\n');
}

export * from './types';
export { analysePattern, MAX_CLAUSES } from './analysePattern';
export { comparePatterns } from './comparePatterns';
export { examplesFor } from './examplesFor';
export { analysisReasons, analysisText, clauseAnalysisText } from './analysisText';

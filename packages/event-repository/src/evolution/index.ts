export * from './judge';
export * from './policy';
export * from './problems';
export { EVOLUTION_RULES, type EvolutionRule } from './rules';
export * from './subscriberImpact';
export * from './repositoryImpact';

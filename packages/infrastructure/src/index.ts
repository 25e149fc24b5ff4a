export * from './estate';
export * from './resources';
export { nameInArn, parseArn, partitionOf, busArn, ruleArn, queueArn, roleArn, accountArn, type Arn } from './arns';
export {
  deploymentsOf,
  type BusPlace,
  type DeclarationProblem,
  type DeclaredOptions,
  type EnvironmentDeployment,
  type ServiceDeployment,
  type SubscriptionDeployment,
} from './deployments';
export { declaredEstate, planEstate, plannedRule, type PlannedEstate } from './declaredEstate';
export { planTargetHop, ruleArnOf, type PlannedHop } from './hops';
export { declaredResources } from './declaredResources';
export { compareEstates, type ComparisonScope } from './compareEstates';
export { defaultQuotas, quotaUse, type Quotas, type QuotaReport, type QuotaUse } from './quotas';
export { canonicalPattern } from './canonical';
export {
  defaultRuleName,
  defaultSubscriberBusName,
  forwardRoleName,
  publisherStatementId,
  targetRoleName,
} from './names';
export { roleCounts } from './roleCounts';
export { shortHash } from './hash';
export { targetAccess, type TargetAccess } from './targets';
export { rolePolicy, roleTrust } from './policies';
export { deliveryStatements } from './deliveryStatements';
export type { NeededStack, Stack, StackFile, StackOwner } from './stacks/stack';
export { isStackPath, SERVICE_STACKS_FOLDER, stackFile, stackName, STACKS_FOLDER } from './stacks/stackNames';
export { centralStack, platformStack, serviceStack, stacksOf, type StackOptions } from './stacks/stacks';
export {
  GENERATED_MARK,
  generatedStacks,
  isGenerated,
  readStack,
  rulesOfTemplate,
  stackText,
  type GeneratedStack,
  type StackRead,
} from './stacks/stackText';
export { deploymentOrder } from './stacks/order';
export { MAX_TEMPLATE_BYTES, templateText } from './stacks/limits';
export { STACK_OUTDATED, stackChanges, staleStacks, type StackChanges } from './stacks/staleStacks';
export { queuePolicyTemplate, queueTemplate, roleTemplate } from './stacks/templateResources';

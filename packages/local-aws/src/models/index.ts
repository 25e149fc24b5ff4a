export { constraintsOf, validateInput } from './check';
export type { Constraint, ConstraintTable } from './constraint';
export { queryCompatible } from './queryCompatible';
export { isRpcV2Cbor, rpcV2Cbor } from './rpcV2Cbor';
export { restJson } from './restJson';
export { serviceModel, type ServiceName } from './serviceModels';
export type {
  ErrorModel,
  HttpBinding,
  Member,
  MemberLocation,
  OperationModel,
  ServiceModel,
  Shape,
  StructureShape,
} from './shapes';

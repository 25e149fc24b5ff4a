export { FlowPicture, type FlowNode } from './FlowPicture';

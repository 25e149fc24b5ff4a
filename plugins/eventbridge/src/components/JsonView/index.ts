export { JsonView, isAtOrBelow } from './JsonView';
export { jsonLines } from './jsonLines';

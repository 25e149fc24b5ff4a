export { BuslineStyles } from './BuslineStyles';
export { tokensFor, type Tokens } from './tokens';

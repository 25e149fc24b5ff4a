export { LineDiff } from './LineDiff';

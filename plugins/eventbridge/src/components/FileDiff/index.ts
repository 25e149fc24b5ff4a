export { FileDiff, type DiffView, type FileChange } from './FileDiff';

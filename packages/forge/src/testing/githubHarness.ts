export { startLocal as startGithub } from './harness';

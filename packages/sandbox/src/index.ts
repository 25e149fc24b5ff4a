export { startSandbox, type Sandbox, type SandboxOptions } from './startSandbox';
export { KEY_SUITE_DRIFTS, type Drift } from './drifts';
export { READER_ROLE } from './readerRoles';

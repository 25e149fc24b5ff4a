export { PermissionsTable, type PermissionRow } from './PermissionsTable';

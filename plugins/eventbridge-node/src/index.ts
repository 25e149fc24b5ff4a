export * from './catalogClassifications';
export * from './eventSources';
export * from './permissionRules';
export * from './untilCalm';
export * from './changePermissionRules';

export * from './eventSources';
export * from './permissionRules';

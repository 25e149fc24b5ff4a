export * from './types';
export * from './permissions';
export * from './api';
export * from './changes';
export * from './client';
export * from './entityName';
export * from './annotations';
export * from './searchDocument';

export * from './document';
export * from './request';

export { PageFrame, useScrollElement } from './PageFrame';
export type { PageSearch } from './SearchBox';
export { StaleBanner } from './StaleBanner';
export { NARROW, PHONE, HEAD_HEIGHT } from './Frame';

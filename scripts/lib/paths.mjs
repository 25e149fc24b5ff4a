import { fileURLToPath } from 'node:url';
import path from 'node:path';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
/** What the portal keeps: databases, the local AWS estate, imported repositories. `npm run reset` clears it. */
export const stateDir = path.resolve(root, process.env.BUSLINE_STATE_DIR ?? '.busline/state');
/** Node and browsers brought by the scripts; survives a reset, since nobody's work is in it. */
export const toolsDir = path.join(root, '.busline/tools');
export const yarnRelease = path.join(root, '.yarn/releases/yarn-4.13.0.cjs');
/** Compiles TypeScript while loading, as Backstage's own command line does. */
export const nodeTransform = path.join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs');

import type { Rule } from './rule';

const SCHEMA_FILE = /^events\/[^/]+\/[^/]+\/([^/]+)\/schema\.json$/;

export const historyRules: readonly Rule[] = [
  {
    id: 'released-version-changed',
    purpose: 'A schema version never changes once it is released: publishers and subscribers rely on it.',
    severity: 'error',
    category: 'history',
    checkRepository({ released, hashOf }, report) {
      for (const [path, hash] of released ?? []) {
        const version = SCHEMA_FILE.exec(path)?.[1];
        const now = version === undefined ? undefined : hashOf(path);
        if (now !== undefined && now !== hash) {
          report(path, {
            message: `version ${version} is released and must not change; add a new version beside it`,
          });
        }
      }
    },
  },
  {
    id: 'released-version-removed',
    purpose: 'A released schema version that goes away leaves stored and replayed events without a description.',
    severity: 'warning',
    category: 'history',
    checkRepository({ released, hashOf }, report) {
      for (const path of released?.keys() ?? []) {
        const version = SCHEMA_FILE.exec(path)?.[1];
        if (version !== undefined && hashOf(path) === undefined) {
          report(path, {
            message: `version ${version} is released and was removed`,
          });
        }
      }
    },
  },
];

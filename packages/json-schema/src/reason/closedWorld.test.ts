import { DRAFTS } from '../types';
import { findInstance } from './findInstance';

const TREE = {
  type: 'object',
  properties: { level: { type: 'string' }, child: { $ref: '#/definitions/tree' } },
};
const DOCUMENT = {
  type: 'object',
  properties: { tree: { $ref: '#/definitions/tree' } },
  definitions: { tree: TREE },
};

/** The property at the end of the path is there. */
function has(path: readonly string[]): unknown {
  const [name, ...rest] = path;
  return { type: 'object', required: [name], ...(rest.length > 0 ? { properties: { [name]: has(rest) } } : {}) };
}

describe.each(DRAFTS)('%s: what a reference leads to is closed, and no more', draft => {
  const ask = (path: readonly string[]) =>
    findInstance([{ schema: DOCUMENT, draft, contentModel: 'closed-world' }, { schema: has(path) }]).kind;

  test.each([
    [['tree', 'level'], 'found'],
    [['tree', 'child', 'child', 'level'], 'found'],
    [['tree', 'other'], 'empty'],
    [['tree', 'child', 'other'], 'empty'],
    [['other'], 'empty'],
  ])('%j: %s', (path, kind) => {
    expect(ask(path)).toBe(kind);
  });
});

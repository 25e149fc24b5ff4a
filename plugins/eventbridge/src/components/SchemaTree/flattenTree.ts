import type { SchemaNode } from '@busline/json-schema';

/** Nodes looked at in one go: a schema of 5 MB must not freeze the page. */
export const MAX_NODES = 4000;
/** "Expand all" goes no deeper; deeper ones are opened one by one. */
export const MAX_DEPTH = 24;

/** One row of the list of properties. */
export interface TreeRow {
  readonly node: SchemaNode;
  readonly depth: number;
  /** Tells rows apart; the same property can be reached in several ways. */
  readonly key: string;
  readonly open: boolean;
}

export type Opened = ReadonlyMap<string, boolean>;

/**
 * The rows that a tree shows: the root's children, and below each what is open. A node that nobody has touched is
 * open down to `openDepth`.
 */
export function flattenTree(root: SchemaNode, opened: Opened, openDepth: number): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const walk = (parent: SchemaNode, parentKey: string, depth: number) => {
    parent.children().forEach((node, index) => {
      if (rows.length >= MAX_NODES) return;
      const key = `${parentKey}/${index}`;
      const open = node.hasChildren && (opened.get(key) ?? depth < openDepth) && depth < MAX_DEPTH;
      rows.push({ node, depth, key, open });
      if (open) walk(node, key, depth + 1);
    });
  };
  walk(root, '', 0);
  return rows;
}

/** The rows whose name, type, description or values a search finds, and everything above them. */
export function searchTree(root: SchemaNode, search: string): readonly TreeRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  let looked = 0;
  const walk = (parent: SchemaNode, parentKey: string, depth: number): readonly TreeRow[] =>
    parent.children().flatMap((node, index) => {
      looked += 1;
      if (looked > MAX_NODES) return [];
      const key = `${parentKey}/${index}`;
      const below = node.hasChildren && depth < MAX_DEPTH ? walk(node, key, depth + 1) : [];
      if (below.length === 0 && !isFound(node, words)) return [];
      return [{ node, depth, key, open: below.length > 0 }, ...below];
    });
  return walk(root, '', 0);
}

function isFound(node: SchemaNode, words: readonly string[]): boolean {
  const text = [node.path, node.name, node.type, node.title, node.description, ...(node.enum ?? []).map(String)]
    .join(' ')
    .toLowerCase();
  return words.every(word => text.includes(word));
}

import { describeSchema, type SchemaNode } from '@busline/json-schema';
import type { Json } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useMemo, useState } from 'react';
import { ActionButton } from '../ActionButton';
import { EmptyState } from '../EmptyState';
import { ErrorPanel } from '../ErrorPanel';
import { flattenTree, MAX_DEPTH, MAX_NODES, searchTree, type Opened } from './flattenTree';
import { SchemaRow, type SchemaTags } from './SchemaRow';

/** Rows put into the document at once; more on request. */
const ROWS_AT_ONCE = 250;
/** How deep a tree is open at first: a schema of some twenty fields is seen whole. */
const OPEN_DEPTH = 1;

const Root = styled('div')({
  minWidth: 0,
  '& .bl-tree-tools': {
    display: 'flex',
    flexWrap: 'wrap',
    gap: 8,
    alignItems: 'center',
    padding: '10px 14px',
    borderBottom: '1px solid var(--bl-line)',
    '& input': {
      flex: '1 1 180px',
      minWidth: 0,
      height: 34,
      padding: '0 11px',
      border: '1px solid var(--bl-line-strong)',
      borderRadius: 7,
      background: 'var(--bl-surface)',
      color: 'var(--bl-text)',
      font: 'inherit',
      fontSize: 14,
    },
  },
  '& .bl-tree-intro': {
    margin: 0,
    padding: '10px 16px 0',
    color: 'var(--bl-muted)',
    fontSize: 13.5,
  },
  '& .bl-tree-list': {
    margin: 0,
    padding: '4px 0 8px',
    listStyle: 'none',
    overflow: 'auto',
  },
  '& .bl-prop': {
    padding: '8px 16px 9px 14px',
    '&[data-marked]': { background: 'var(--bl-mark)' },
    '& + .bl-prop': {
      borderTop: '1px solid color-mix(in srgb, var(--bl-line) 60%, transparent)',
    },
  },
  '& .bl-prop-line': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '2px 9px',
    minHeight: 22,
  },
  '& .bl-prop-toggle': {
    flex: 'none',
    display: 'inline-grid',
    placeItems: 'center',
    width: 22,
    height: 22,
    marginLeft: -4,
    marginRight: -5,
    padding: 0,
    border: 0,
    borderRadius: 5,
    background: 'transparent',
    color: 'var(--bl-muted)',
  },
  '& button.bl-prop-toggle': {
    cursor: 'pointer',
    '&:hover': { background: 'var(--bl-hover)', color: 'var(--bl-text)' },
  },
  '& .bl-prop-name': {
    fontFamily: 'var(--bl-mono)',
    fontSize: 13.5,
    fontWeight: 600,
    color: 'var(--bl-text)',
    overflowWrap: 'anywhere',
    '&[data-kind=item], &[data-kind=additional], &[data-kind=alternative], &[data-kind=condition]': {
      fontFamily: 'inherit',
      fontStyle: 'italic',
      fontWeight: 500,
    },
  },
  '& .bl-prop-type': {
    fontSize: 13,
    color: 'var(--bl-muted)',
    overflowWrap: 'anywhere',
  },
  '& .bl-prop-more': { paddingLeft: 22 },
  '& .bl-prop p code': { fontFamily: 'var(--bl-mono)', fontSize: '0.92em' },
  '& .bl-prop p': {
    margin: '1px 0 0',
    fontSize: 14,
    lineHeight: '20px',
    overflowWrap: 'anywhere',
  },
  '& .bl-prop-facts': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '3px 5px',
    marginTop: 3,
    fontSize: 13,
    lineHeight: '19px',
    color: 'var(--bl-muted)',
    overflowWrap: 'anywhere',
    '& code': {
      fontFamily: 'var(--bl-mono)',
      fontSize: 12.5,
      padding: '0 5px',
      borderRadius: 4,
      background: 'var(--bl-sunken)',
      color: 'var(--bl-text)',
      overflowWrap: 'anywhere',
    },
  },
  '& .bl-prop-wrong': { color: 'var(--bl-error)' },
  '& .bl-tree-more': { display: 'flex', padding: '8px 16px 14px' },
});

type Described = { readonly root: SchemaNode } | { readonly error: unknown };

function useDescribed(schema: Json): Described {
  return useMemo(() => {
    try {
      const root = describeSchema(schema);
      // Children are found when asked for; what is wrong with the top shows here and not while drawing.
      root.children();
      return { root };
    } catch (error) {
      return { error };
    }
  }, [schema]);
}

/** A schema as a list of properties: filter, expand and collapse all, a line to each property. */
export function SchemaTree(props: {
  readonly schema: Json;
  /** The filter, where the page keeps it in its URL. */
  readonly search?: string;
  readonly onSearch?: (search: string) => void;
  /** Without filter and buttons: beside an example. */
  readonly plain?: boolean;
  readonly marked?: string;
  readonly onMark?: (path: string | undefined) => void;
  readonly maxHeight?: number;
  /** What is to be said of places, by their path in an event: a tag beside the name. */
  readonly tags?: SchemaTags;
  /** How deep the tree is open at first. */
  readonly openDepth?: number;
}) {
  const described = useDescribed(props.schema);
  if ('error' in described) {
    return (
      <div style={{ padding: 16 }}>
        <ErrorPanel title="This schema cannot be shown as a list of properties" error={described.error} />
      </div>
    );
  }
  return <Tree {...props} root={described.root} />;
}

function Tree(props: Parameters<typeof SchemaTree>[0] & { readonly root: SchemaNode }) {
  const { root, onSearch, plain, marked, onMark, maxHeight } = props;
  const [ownSearch, setOwnSearch] = useState('');
  const search = (props.search ?? ownSearch).trim();
  const [opened, setOpened] = useState<Opened>(new Map());
  const [openDepth, setOpenDepth] = useState(props.openDepth ?? OPEN_DEPTH);
  const [shown, setShown] = useState(ROWS_AT_ONCE);
  const rows = useMemo(
    () => (search ? searchTree(root, search) : flattenTree(root, opened, openDepth)),
    [root, search, opened, openDepth],
  );
  const setAll = (depth: number) => {
    setOpened(new Map());
    setOpenDepth(depth);
  };
  return (
    <Root>
      {!plain && (
        <div className="bl-tree-tools">
          <input
            type="search"
            placeholder="Filter properties"
            aria-label="Filter properties"
            value={props.search ?? ownSearch}
            onChange={event => (onSearch ?? setOwnSearch)(event.target.value)}
          />
          <ActionButton data-quiet="" onClick={() => setAll(MAX_DEPTH)}>
            Expand all
          </ActionButton>
          <ActionButton data-quiet="" onClick={() => setAll(0)}>
            Collapse all
          </ActionButton>
        </div>
      )}
      {rootWords(root, rows.length === 0 && !search) && (
        <p className="bl-tree-intro">{rootWords(root, rows.length === 0 && !search)}</p>
      )}
      {root.unresolved !== undefined && (
        <p className="bl-tree-intro bl-prop-wrong">
          The whole refers to <code>{root.unresolved}</code>, which is not part of this schema and was not followed.
        </p>
      )}
      {rows.length === 0 && search && (
        <EmptyState title="No property fits">Nothing in this schema is called or described like “{search}”.</EmptyState>
      )}
      <ul
        className="bl-tree-list"
        aria-label="Properties"
        style={{ maxHeight }}
        onMouseLeave={() => onMark?.(undefined)}
        // A list that scrolls by itself must be reachable by keyboard.
        {...(maxHeight ? { tabIndex: 0 } : {})}
      >
        {rows.slice(0, shown).map(row => (
          <SchemaRow
            key={row.key}
            row={row}
            search={search}
            marked={marked !== undefined && marked !== '' && row.node.path === marked}
            onToggle={() => setOpened(new Map(opened).set(row.key, !row.open))}
            onMark={onMark}
            tag={props.tags?.get(row.node.path)}
          />
        ))}
      </ul>
      {rows.length > shown && (
        <div className="bl-tree-more">
          <ActionButton onClick={() => setShown(shown + ROWS_AT_ONCE)}>
            Show {Math.min(ROWS_AT_ONCE, rows.length - shown)} more of{' '}
            {rows.length >= MAX_NODES ? 'very many' : rows.length} properties
          </ActionButton>
        </div>
      )}
    </Root>
  );
}

/** What is to say of the whole: its own type where it is no plain object, its limits. */
function rootWords(root: SchemaNode, empty: boolean): string | undefined {
  const words = [...(root.type === 'object' && !empty ? [] : [root.type]), ...root.constraints];
  if (empty) words.push('no property is described');
  return words.length > 0 ? words.join(' · ') : undefined;
}

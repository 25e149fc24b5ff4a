import type { Json } from '@busline/json-schema';
import { Backticks } from '../Backticks';
import { Highlight } from '../Highlight';
import { ChevronDownIcon, ChevronRightIcon } from '../icons';
import { Tag, type TagTone } from '../Tag';
import type { TreeRow } from './flattenTree';

/** Enumerated values shown before "and 12 more". */
const SHOWN_VALUES = 12;

const written = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value));

/** Tags by the path of a place. */
export type SchemaTags = ReadonlyMap<string, { readonly text: string; readonly tone: TagTone }>;

/** One property: name, type, required mark, meaning, constraints in words. */
export function SchemaRow(props: {
  readonly row: TreeRow;
  readonly search: string;
  readonly marked: boolean;
  readonly onToggle: () => void;
  readonly onMark?: (path: string | undefined) => void;
  readonly tag?: { readonly text: string; readonly tone: TagTone };
}) {
  const { row, search, marked, onToggle, onMark } = props;
  const { node, depth, open } = row;
  return (
    <li
      className="bl-prop"
      data-marked={marked ? '' : undefined}
      data-path={node.path}
      style={{ paddingLeft: 14 + depth * 22 }}
      onMouseEnter={() => onMark?.(node.path)}
      onFocus={() => onMark?.(node.path)}
    >
      <div className="bl-prop-line">
        {node.hasChildren ? (
          <button
            type="button"
            className="bl-prop-toggle"
            aria-expanded={open}
            aria-label={`${open ? 'Collapse' : 'Expand'} ${node.name}`}
            onClick={onToggle}
          >
            {open ? <ChevronDownIcon /> : <ChevronRightIcon />}
          </button>
        ) : (
          <span className="bl-prop-toggle" />
        )}
        <code className="bl-prop-name" data-kind={node.kind}>
          <Highlight text={nameOf(row)} search={search} />
        </code>
        <span className="bl-prop-type">
          <Highlight text={node.type} search={search} />
        </span>
        {props.tag && <Tag tone={props.tag.tone}>{props.tag.text}</Tag>}
        {node.required && <Tag tone="accent">required</Tag>}
        {node.deprecated && <Tag tone="warn">deprecated</Tag>}
        {node.readOnly && <Tag>read only</Tag>}
        {node.writeOnly && <Tag>write only</Tag>}
      </div>
      <div className="bl-prop-more">
        {(node.description ?? node.title) && (
          <p>
            {search ? (
              <Highlight text={node.description ?? node.title!} search={search} />
            ) : (
              <Backticks text={node.description ?? node.title!} />
            )}
          </p>
        )}
        <Facts row={row} search={search} />
      </div>
    </li>
  );
}

function Facts(props: { readonly row: TreeRow; readonly search: string }) {
  const { node } = props.row;
  const values = node.enum ?? [];
  return (
    <>
      {values.length > 0 && (
        <div className="bl-prop-facts">
          one of{' '}
          {values.slice(0, SHOWN_VALUES).map((value, index) => (
            <code key={index}>
              <Highlight text={written(value)} search={props.search} />
            </code>
          ))}
          {values.length > SHOWN_VALUES && <span>and {values.length - SHOWN_VALUES} more</span>}
        </div>
      )}
      {node.const && (
        <div className="bl-prop-facts">
          always <code>{written(node.const.value)}</code>
        </div>
      )}
      {node.constraints.length > 0 && <div className="bl-prop-facts">{node.constraints.join(' · ')}</div>}
      {node.default && (
        <div className="bl-prop-facts">
          by default <code>{written(node.default.value)}</code>
        </div>
      )}
      {node.recursionOf !== undefined && (
        <div className="bl-prop-facts">
          the same again as <code>{node.recursionOf || 'the whole'}</code>
        </div>
      )}
      {node.unresolved !== undefined && (
        <div className="bl-prop-facts bl-prop-wrong">
          refers to <code>{node.unresolved}</code>, which is not part of this schema and was not followed
        </div>
      )}
    </>
  );
}

function nameOf({ node }: TreeRow): string {
  switch (node.kind) {
    case 'pattern':
      return `/${node.name}/`;
    case 'item':
      return 'each element';
    case 'additional':
      return 'any other property';
    default:
      return node.name;
  }
}

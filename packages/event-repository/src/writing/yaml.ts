import { Document, isMap, isScalar, isSeq, type Node, Scalar, visit } from 'yaml';
import { sameDeclaration } from '../equal';
import { parseYaml } from '../text/yamlText';

/** Width up to which a list or mapping of plain values stands on one line. */
const FLOW_WIDTH = 60;

const plain = (value: object): unknown => JSON.parse(JSON.stringify(value));

/**
 * Writes a value as YAML that reads back as the same value, whatever its texts
 * hold: what looks like a number, a date, a tag or a comment is quoted, and
 * what YAML cannot carry plainly is written with escapes.
 */
export function toYaml(value: object, comments: readonly string[] = []): string {
  const head = comments.map(comment => `# ${comment.replace(/\s+/g, ' ')}\n`).join('');
  const text = readable(value);
  if (sameDeclaration(parseYaml(text).value, plain(value))) return head + text;
  return head + escaped(value);
}

function readable(value: object): string {
  const document = new Document(value, {
    // Quote what older readers take for true, false, a number or a date.
    compat: 'yaml-1.1',
    aliasDuplicateObjects: false,
  });
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && node.value.includes('\n')) {
        node.type = Scalar.BLOCK_LITERAL;
      } else if (node.value === '=') {
        // YAML 1.1 has a type for it, on which CloudFormation's tools fail; event patterns have it as an operator.
        node.type = Scalar.QUOTE_SINGLE;
      }
    },
    Collection: (_, node) => {
      if (isShort(node)) node.flow = true;
    },
  });
  return document.toString({
    lineWidth: 0,
    singleQuote: true,
    flowCollectionPadding: false,
  });
}

/** A collection of plain values that fits on a line; mappings only inside lists. */
function isShort(node: Node): boolean {
  if (isSeq(node)) {
    return (
      node.items.every(item => isScalar(item) && !String(item.value).includes('\n')) &&
      JSON.stringify(node.toJSON()).length <= FLOW_WIDTH
    );
  }
  return isMap(node) && node.items.length === 0;
}

/** JSON, which is YAML, with everything escaped that is not printable ASCII. */
function escaped(value: object): string {
  const json = JSON.stringify(value, undefined, 2).replace(
    /[\u007f-\uffff]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${json}\n`;
}

import { isObject } from '../declarations/values';
import type { Pointer } from '../text/position';
import type { Json } from '../types';
import type { Rule } from './rule';

/** Keys under which Markdown stands. */
const MARKDOWN_KEYS = new Set(['description', 'reason', 'notes']);

/** Elements of HTML that a description could try to use; other words in angle brackets are placeholders. */
const HTML_TAG =
  /<\/?(?:a|abbr|article|aside|audio|b|base|big|blockquote|body|br|button|canvas|center|code|dd|del|details|div|dl|dt|em|embed|font|footer|form|frame|frameset|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|math|meta|nav|noscript|object|ol|option|p|param|pre|script|section|select|small|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|title|tr|u|ul|video)(?:\s[^<>]*|\/)?>|<!--/i;

const CODE = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g;

/** The first HTML tag of a Markdown text outside of code. */
export function htmlTagIn(markdown: string): string | undefined {
  if (!markdown.includes('<')) return undefined;
  return HTML_TAG.exec(markdown.replace(CODE, ''))?.[0];
}

function* markdownIn(value: Json, pointer: Pointer = []): Iterable<readonly [Pointer, string]> {
  if (!isObject(value)) return;
  for (const [key, child] of Object.entries(value)) {
    if (typeof child === 'string') {
      if (MARKDOWN_KEYS.has(key)) yield [[...pointer, key], child];
    } else if (key !== 'pattern' && key !== 'parameters') {
      yield* markdownIn(child, [...pointer, key]);
    }
  }
}

/** Where CloudFormation puts in a parameter or a secret; it does so anywhere in a template, and knows no escape. */
const DYNAMIC_REFERENCE = '{{resolve:';

/** The places of keys and texts that hold what CloudFormation would replace. */
function* dynamicReferencesIn(value: Json, pointer: Pointer = []): Iterable<readonly [Pointer, 'key' | 'value']> {
  if (typeof value === 'string') {
    if (value.includes(DYNAMIC_REFERENCE)) yield [pointer, 'value'];
  } else if (Array.isArray(value)) {
    for (const [index, child] of value.entries()) yield* dynamicReferencesIn(child, [...pointer, index]);
  } else if (isObject(value)) {
    for (const [key, child] of Object.entries(value)) {
      if (key.includes(DYNAMIC_REFERENCE)) yield [[...pointer, key], 'key'];
      yield* dynamicReferencesIn(child, [...pointer, key]);
    }
  }
}

export const textRules: readonly Rule[] = [
  {
    id: 'html-in-description',
    purpose: 'Descriptions are Markdown; HTML tags in them are shown as text, never run.',
    severity: 'warning',
    category: 'text',
    checkFile({ raw, text }, report) {
      if (!raw || !text.includes('<')) return;
      for (const [pointer, markdown] of markdownIn(raw)) {
        const tag = htmlTagIn(markdown);
        if (tag) {
          const shown = tag.length > 40 ? `${tag.slice(0, 39)}…` : tag;
          report({
            pointer,
            message: `${shown} is HTML and is shown as text; write Markdown`,
          });
        }
      }
    },
  },
  {
    id: 'dynamic-reference',
    purpose: 'CloudFormation would put a parameter or a secret in the place of `{{resolve:…}}`, wherever it stands.',
    severity: 'error',
    category: 'text',
    checkFile({ raw, text }, report) {
      // With a backslash YAML can write it otherwise.
      if (!raw || !(text.includes(DYNAMIC_REFERENCE) || text.includes('\\'))) return;
      for (const [pointer, at] of dynamicReferencesIn(raw)) {
        const message = `${DYNAMIC_REFERENCE}…}} would be replaced by CloudFormation, with a secret, say; write it otherwise`;
        report({ pointer, at, message });
      }
    },
  },
];

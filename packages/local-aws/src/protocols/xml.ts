const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** What XML 1.0 cannot hold, and tab and line ends, which it can. */
const NOT_PLAIN = /[^ -\ufffd]/g;

/** Text that stands in an element. What XML cannot hold is replaced, so that a client can always parse. */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"]/g, c => ESCAPES[c])
    .replace(NOT_PLAIN, c => ('\t\n\r'.includes(c) ? c : '\ufffd'))
    .replace(/\r/g, '&#13;');
}

/** A value as the query protocol writes it: objects as elements, lists as `member` elements, dates as ISO text. */
export function toXml(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  return `<${name}>${contents(value)}</${name}>`;
}

function contents(value: unknown): string {
  if (value instanceof Date) {
    return value.toISOString().replace(/\.\d{3}Z$/, 'Z');
  }
  if (Array.isArray(value)) return value.map(v => toXml('member', v)).join('');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, member]) => toXml(name, member))
      .join('');
  }
  return escapeXml(String(value));
}

/*
 * What is known of the formats as languages: for each an expression that every
 * text of the format matches (`exact` where the converse holds too), one that
 * only texts of the format match, texts that have it, and the formats that it
 * is part of.
 */
interface FormatLanguage {
  readonly pattern: string;
  readonly exact?: boolean;
  /** Only texts of the format match it. */
  readonly inner?: string;
  readonly samples: readonly string[];
  /** A text of the format with that many characters, if there is one of that length. */
  readonly long?: (length: number) => string;
  /** Characters of the longest text. */
  readonly most?: number;
  readonly within?: readonly string[];
}

const LEAP_YEAR = '(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)';
const DATE =
  '(?:\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|' +
  `02-(?:0[1-9]|1\\d|2[0-8]))|${LEAP_YEAR}-02-29)`;
const MINUTES = '(?:[01]\\d|2[0-3]):[0-5]\\d';
const AFTER_SECONDS = `(?:\\.\\d+)?(?:[zZ]|[+-]${MINUTES})`;
/** A leap second is the last of a day in UTC, which depends on the offset. */
const MAYBE_TIME = `${MINUTES}:(?:[0-5]\\d|60)${AFTER_SECONDS}`;
const TIME = `${MINUTES}:[0-5]\\d${AFTER_SECONDS}`;

const DAY_TIME = 'T(?:\\d+H(?:\\d+M(?:\\d+S)?)?|\\d+M(?:\\d+S)?|\\d+S)';
const DURATION = `^P(?:\\d+W|(?:\\d+Y(?:\\d+M(?:\\d+D)?)?|\\d+M(?:\\d+D)?|\\d+D)(?:${DAY_TIME})?|${DAY_TIME})$`;

const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const HOST = `${LABEL}(?:\\.${LABEL})*`;
/** Far below what labels and names may be long. */
const SHORT_LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,14}[a-zA-Z0-9])?';
const SHORT_HOST = `${SHORT_LABEL}(?:\\.${SHORT_LABEL}){0,3}`;

const LOCAL_CHAR = "[\\w!#$%&'*+/=?^`{|}~-]";
const LOCAL = `${LOCAL_CHAR}+(?:\\.${LOCAL_CHAR}+)*`;
const MAIL = `^(?:${LOCAL}|"[^\\r\\n]*")@(?:${HOST}|\\[[0-9a-fA-F:.IPv]*\\])$`;
/** With a point, as people expect it. */
const SHORT_MAIL = `^${LOCAL}@${SHORT_LABEL}(?:\\.${SHORT_LABEL}){1,3}$`;

const HOST_CHAR = "(?:[\\w\\-.~!$&'()*+,;=]|%[0-9a-fA-F]{2})";
const CHAR = "(?:[\\w\\-.~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})";
const URI_TAIL = `(?:\\?(?:${CHAR}|[/?])*)?(?:#(?:${CHAR}|[/?])*)?`;
const URI_ROOTLESS = `${CHAR}+(?:/${CHAR}*)*`;

/** With something after the scheme, as people and most checks expect it. */
function fullUri(authority: string): string {
  return `[a-zA-Z][a-zA-Z0-9+.-]*:(?://${authority}(?::\\d*)?(?:/${CHAR}*)*|/${URI_ROOTLESS}|${URI_ROOTLESS})${URI_TAIL}`;
}

function uri(authority: string): string {
  return `[a-zA-Z][a-zA-Z0-9+.-]*:(?://${authority}(?::\\d*)?(?:/${CHAR}*)*|/(?:${URI_ROOTLESS})?|${URI_ROOTLESS}|)${URI_TAIL}`;
}

const PLAIN_URI = fullUri(`${HOST_CHAR}+`);
/** With the address of a host in brackets, which an expression does not check. */
const MAYBE_URI = uri(`(?:${CHAR}*@)?(?:\\[[\\w\\-.~!$&'()*+,;=:]+\\]|${HOST_CHAR}*)`);
const PLAIN_PATH = `(?:/${CHAR}+)+(?:\\?${CHAR}*)?`;
const ASCII = '^[!-~]*$';

const GROUP = '[0-9a-fA-F]{1,4}';
const PLAIN_IPV6 = `^(?:(?:${GROUP}:){7}${GROUP}|::(?:${GROUP}(?::${GROUP}){0,4})?|(?:${GROUP}:){1,3}(?::${GROUP}){1,3}|(?:${GROUP}:){1,6}:)$`;

/** As `formats.ts` has it. */
const URI_TEMPLATE =
  '^(?:[^\\u0000-\\u0020"\'<>%\\\\^`{|}]|%[0-9a-fA-F]{2}|' +
  '\\{[+#./;?&=,!@|]?(?:\\w|\\.|%[0-9a-fA-F]{2})+(?::[1-9]\\d{0,3}|\\*)?' +
  '(?:,(?:\\w|\\.|%[0-9a-fA-F]{2})+(?::[1-9]\\d{0,3}|\\*)?)*\\})*$';

const POINTER = '(?:/(?:[^~/]|~[01])*)*';

const letters = (count: number) => 'a'.repeat(Math.max(1, count));
const digits = (count: number) => '1'.repeat(Math.max(1, count));
const longHost = (length: number) => letters(length).replace(/(a{60})a(?=a)/g, '$1.');
const REFERENCES = ['uri-reference', 'iri-reference'];
const MAX_HOST = 253;
/** Letters, digits, points and hyphens, of any script. */
const ANY_HOST = '^[A-Za-z0-9.\\u0080-\\u{10ffff}-]+$';

export const FORMAT_LANGUAGES: { readonly [name: string]: FormatLanguage } = {
  date: {
    pattern: `^${DATE}$`,
    exact: true,
    samples: ['2020-01-01', '2024-02-29'],
    within: ['hostname', 'host-name', 'idn-hostname', 'regex', ...REFERENCES],
  },
  time: {
    pattern: `^${MAYBE_TIME}$`,
    inner: `^${TIME}$`,
    samples: ['00:00:00Z', '12:30:15.5+01:00'],
    long: length => `00:00:00.${digits(length - 10)}Z`,
    within: ['regex'],
  },
  'date-time': {
    pattern: `^${DATE}[tT]${MAYBE_TIME}$`,
    inner: `^${DATE}[tT]${TIME}$`,
    samples: ['2020-01-01T00:00:00Z', '2024-02-29T12:30:15.5+01:00'],
    long: length => `2020-01-01T00:00:00.${digits(length - 21)}Z`,
    within: ['regex'],
  },
  duration: {
    pattern: DURATION,
    exact: true,
    samples: ['P1D', 'PT1S', 'P1W', 'P1Y2M3DT4H5M6S', `P${'1'.repeat(MAX_HOST)}D`],
    long: length => `P${digits(length - 2)}D`,
    within: ['regex', ...REFERENCES],
  },
  email: {
    pattern: MAIL,
    inner: SHORT_MAIL,
    samples: ['a@b.c', 'a.b@c', '+@b.c'],
    long: length => `${letters(length - 4)}@b.c`,
    within: ['idn-email'],
  },
  'idn-email': {
    pattern: '@',
    inner: SHORT_MAIL,
    samples: ['a@b.c', '\u00e4@b.c', '+@b.c', '<@b.c'],
    long: length => `${letters(length - 4)}@b.c`,
  },
  hostname: {
    pattern: `^${HOST}$`,
    inner: `^${SHORT_HOST}$`,
    samples: ['a', 'a.b', 'a-b.c'],
    long: longHost,
    most: MAX_HOST,
    within: ['idn-hostname', 'host-name', 'regex', ...REFERENCES],
  },
  'host-name': {
    pattern: `^${HOST}$`,
    inner: `^${SHORT_HOST}$`,
    samples: ['a', 'a.b'],
    long: longHost,
    most: MAX_HOST,
    within: ['idn-hostname', 'hostname', 'regex', ...REFERENCES],
  },
  'idn-hostname': {
    pattern: ANY_HOST,
    inner: `^${SHORT_HOST}$`,
    samples: ['a', '\u00e4.b'],
    long: longHost,
    most: MAX_HOST,
    within: ['iri-reference', 'regex'],
  },
  ipv4: {
    pattern: '^(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)$',
    exact: true,
    samples: ['0.0.0.0', '192.168.0.1'],
    within: ['ip-address', 'hostname', 'host-name', 'idn-hostname', 'regex', ...REFERENCES],
  },
  'ip-address': {
    pattern: '^(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)$',
    exact: true,
    samples: ['0.0.0.0', '192.168.0.1'],
    within: ['ipv4', 'hostname', 'host-name', 'idn-hostname', 'regex', ...REFERENCES],
  },
  ipv6: {
    pattern: '^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*$',
    inner: PLAIN_IPV6,
    samples: ['::', '::1', '1:2:3:4:5:6:7:8', 'aaaa:aaaa:aaaa:aaaa:aaaa:aaaa:255.255.255.255'],
    most: 45,
    within: ['regex'],
  },
  uri: {
    pattern: `^${MAYBE_URI}$`,
    inner: `^${PLAIN_URI}$`,
    samples: ['a:b', 'http://a', 'https://a.b/c?d#e', 'urn:a', 'a:('],
    long: length => `a:${letters(length - 2)}`,
    within: ['iri', 'uri-reference', 'iri-reference'],
  },
  'uri-reference': {
    pattern: ASCII,
    inner: `^(?:${PLAIN_URI}|${PLAIN_PATH})$`,
    samples: ['', 'a', '/a', 'http://a', '/('],
    long: letters,
    within: ['iri-reference'],
  },
  iri: {
    pattern: '^[a-zA-Z][a-zA-Z0-9+.-]*:',
    inner: `^${PLAIN_URI}$`,
    samples: ['a:b', 'http://a', 'http://\u00e4', 'a:('],
    long: length => `a:${letters(length - 2)}`,
    within: ['iri-reference'],
  },
  'iri-reference': {
    pattern: '^',
    inner: `^(?:${PLAIN_URI}|${PLAIN_PATH})$`,
    samples: ['', 'a', '\u00e4', 'http://a', '/('],
    long: letters,
  },
  'uri-template': { pattern: URI_TEMPLATE, exact: true, samples: ['', 'a', '{a}', '/a/{b}', '('], long: letters },
  uuid: {
    pattern: '^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$',
    exact: true,
    samples: ['00000000-0000-0000-0000-000000000000', 'a0000000-0000-4000-8000-000000000000'],
    within: ['hostname', 'host-name', 'idn-hostname', 'regex', ...REFERENCES],
  },
  'json-pointer': {
    pattern: `^${POINTER}$`,
    exact: true,
    samples: ['', '/a', '/a/0', '/ ', '/('],
    long: length => `/${letters(length - 1)}`,
  },
  'relative-json-pointer': {
    pattern: `^(?:0|[1-9]\\d*)(?:#|${POINTER})$`,
    exact: true,
    samples: ['0', '1/a', '0#', '0/ ', '0/('],
    long: length => `0/${letters(length - 2)}`,
  },
  regex: { pattern: '^', inner: '^[A-Za-z0-9 ]*$', samples: ['', 'a', '^a$'], long: letters },
};

/** Whether every text of one format has the other. */
export function isWithin(format: string, other: string): boolean {
  return format === other || (FORMAT_LANGUAGES[format]?.within?.includes(other) ?? false);
}

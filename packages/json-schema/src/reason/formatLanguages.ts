/*
 * What is known of the formats as languages: for each an expression that every
 * text of the format matches (`exact` where the converse holds too), texts
 * that have it, and the formats that it is part of.
 */
interface FormatLanguage {
  readonly pattern: string;
  readonly exact?: boolean;
  readonly samples: readonly string[];
  readonly within?: readonly string[];
}

const HOST = '^[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?$';
const ASCII = '^[!-~]*$';

export const FORMAT_LANGUAGES: { readonly [name: string]: FormatLanguage } = {
  date: { pattern: '^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])$', samples: ['2020-01-01', '2024-02-29'] },
  time: {
    pattern: '^[0-2]\\d:[0-5]\\d:[0-6]\\d(?:\\.\\d+)?(?:[zZ]|[+-][0-2]\\d:[0-5]\\d)$',
    samples: ['00:00:00Z', '12:30:15.5+01:00'],
  },
  'date-time': {
    pattern:
      '^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])[tT][0-2]\\d:[0-5]\\d:[0-6]\\d(?:\\.\\d+)?(?:[zZ]|[+-][0-2]\\d:[0-5]\\d)$',
    samples: ['2020-01-01T00:00:00Z', '2024-02-29T12:30:15.5+01:00'],
  },
  duration: { pattern: '^P[0-9WYMDTHS]+$', samples: ['P1D', 'PT1S', 'P1W', 'P1Y2M3DT4H5M6S'] },
  email: { pattern: '^[^@]*.*@[\\[\\]a-zA-Z0-9.:-]+$', samples: ['a@b.c', 'a.b@c'], within: ['idn-email'] },
  'idn-email': { pattern: '@', samples: ['a@b.c', '\u00e4@b.c'] },
  hostname: { pattern: HOST, samples: ['a', 'a.b', 'a-b.c'], within: ['idn-hostname', 'host-name'] },
  'host-name': { pattern: HOST, samples: ['a', 'a.b'], within: ['idn-hostname', 'hostname'] },
  'idn-hostname': { pattern: '.', samples: ['a', '\u00e4.b'] },
  ipv4: {
    pattern: '^(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)$',
    exact: true,
    samples: ['0.0.0.0', '192.168.0.1'],
    within: ['ip-address', 'hostname', 'host-name', 'idn-hostname'],
  },
  'ip-address': {
    pattern: '^(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)$',
    exact: true,
    samples: ['0.0.0.0', '192.168.0.1'],
    within: ['ipv4', 'hostname', 'host-name', 'idn-hostname'],
  },
  ipv6: { pattern: '^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*$', samples: ['::', '::1', '1:2:3:4:5:6:7:8'] },
  uri: {
    pattern: '^[a-zA-Z][a-zA-Z0-9+.-]*:[!-~]*$',
    samples: ['a:', 'http://a', 'https://a.b/c?d#e', 'urn:a'],
    within: ['iri', 'uri-reference', 'iri-reference'],
  },
  'uri-reference': { pattern: ASCII, samples: ['', 'a', '/a', 'http://a'], within: ['iri-reference'] },
  iri: {
    pattern: '^[a-zA-Z][a-zA-Z0-9+.-]*:',
    samples: ['a:', 'http://a', 'http://\u00e4'],
    within: ['iri-reference'],
  },
  'iri-reference': { pattern: '^', samples: ['', 'a', '\u00e4', 'http://a'] },
  'uri-template': { pattern: '^', samples: ['', 'a', '{a}', '/a/{b}'] },
  uuid: {
    pattern: '^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$',
    exact: true,
    samples: ['00000000-0000-0000-0000-000000000000', 'a0000000-0000-4000-8000-000000000000'],
  },
  'json-pointer': { pattern: '^(?:/(?:[^~/]|~[01])*)*$', samples: ['', '/a', '/a/0'] },
  'relative-json-pointer': { pattern: '^\\d+(?:#|(?:/.*)?[^#]*)', samples: ['0', '1/a', '0#'] },
  regex: { pattern: '^', samples: ['', 'a', '^a$'] },
};

/** Whether every text of one format has the other. */
export function isWithin(format: string, other: string): boolean {
  return format === other || (FORMAT_LANGUAGES[format]?.within?.includes(other) ?? false);
}

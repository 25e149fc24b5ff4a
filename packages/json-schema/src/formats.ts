/*
 * The formats of JSON Schema. Each says whether a text has the form; values of
 * other types always do. Sources: RFC 3339 (dates), 5321 (e-mail), 1123 and
 * 5890 (host names), 4291 (IPv6), 3986 and 3987 (URI, IRI), 6570 (templates),
 * 6901 (pointers), 4122 (UUID).
 */
import { isRegExp } from './regex';

type Format = (text: string) => boolean;

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) {
    return false;
  }
  const [year, month, day] = parts.slice(1).map(Number);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && leap ? 29 : DAYS[month - 1];
  return month >= 1 && month <= 12 && day >= 1 && day <= days;
}

const TIME = /^(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:[zZ]|([+-])(\d{2}):(\d{2}))$/;

function isTime(text: string): boolean {
  const parts = TIME.exec(text);
  if (!parts) {
    return false;
  }
  const [hour, minute, second] = parts.slice(1, 4).map(Number);
  const offsetHour = Number(parts[5] ?? 0);
  const offsetMinute = Number(parts[6] ?? 0);
  if (hour > 23 || minute > 59 || offsetHour > 23 || offsetMinute > 59) {
    return false;
  }
  if (second < 60) {
    return true;
  }
  // a leap second is the last one of a day in UTC
  const sign = parts[4] === '-' ? -1 : 1;
  const utc = hour * 60 + minute - sign * (offsetHour * 60 + offsetMinute);
  return second === 60 && (utc + 1440) % 1440 === 1439;
}

function isDateTime(text: string): boolean {
  const at = text.search(/[tT]/);
  return at === 10 && isDate(text.slice(0, at)) && isTime(text.slice(at + 1));
}

const DURATION =
  /^P(?!$)(?:\d+W|(?:\d+Y(?:\d+M(?:\d+D)?)?|\d+M(?:\d+D)?|\d+D)?(?:T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S))?)$/;

const LABEL = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/;
const UNICODE_LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}\u00b7\u200c\u200d\u30fb-]*[\p{L}\p{N}\p{M}])?$/u;
const MAX_HOST = 253;
const MAX_LABEL = 63;

function isHost(text: string, label: RegExp, dot: RegExp): boolean {
  return text.length <= MAX_HOST && text.split(dot).every(each => each.length <= MAX_LABEL && label.test(each));
}

function isHostname(text: string): boolean {
  return isHost(text, LABEL, /\./);
}

const LOCAL_PART = /^(?:[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*|"(?:[^"\\\r\n]|\\.)*")$/;

function isEmailWith(local: RegExp, host: Format): Format {
  return text => {
    const at = text.lastIndexOf('@');
    if (at < 1 || !local.test(text.slice(0, at))) {
      return false;
    }
    const domain = text.slice(at + 1);
    if (!domain.startsWith('[')) {
      return host(domain);
    }
    const address = domain.endsWith(']') ? domain.slice(1, -1) : '';
    return address.startsWith('IPv6:') ? isIpv6(address.slice('IPv6:'.length)) : isIpv4(address);
  };
}

function isIpv4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text);
}

function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) {
    return false;
  }
  let groups = 0;
  for (let i = 0; i < halves.length; i++) {
    const parts = halves[i] === '' ? [] : halves[i].split(':');
    for (let j = 0; j < parts.length; j++) {
      const last = i === halves.length - 1 && j === parts.length - 1;
      if (last && parts[j].includes('.')) {
        if (!isIpv4(parts[j])) {
          return false;
        }
        groups += 2;
      } else if (/^[0-9a-fA-F]{1,4}$/.test(parts[j])) {
        groups += 1;
      } else {
        return false;
      }
    }
  }
  return halves.length === 2 ? groups <= 7 : groups === 8;
}

// ALPHA, DIGIT and marks of RFC 3986, or a percent code; IRIs add what is not ASCII
const ASCII_CHAR = "(?:[\\w\\-.~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})";
const UNICODE_CHAR = "(?:[\\w\\-.~!$&'()*+,;=:@\\u{a0}-\\u{10ffff}]|%[0-9a-fA-F]{2})";

function uriExpression(char: string, absolute: boolean): RegExp {
  const user = `(?:${char}*@)?`;
  const ip = "\\[(?:[0-9a-fA-F:.]+|[vV][0-9a-fA-F]+\\.[\\w\\-.~!$&'()*+,;=:]+)\\]";
  const host = `(?:${ip}|${char.replace(':@', '')}*)`;
  const authority = `\\/\\/(?:${user}(?<host>${host})(?::\\d*)?)`;
  const path = `(?:\\/${char}*)*`;
  const rootless = `${char}+${path}`;
  const tail = `(?:\\?(?:${char}|[/?])*)?(?:#(?:${char}|[/?])*)?`;
  const scheme = '[a-zA-Z][a-zA-Z0-9+.-]*:';
  const hierarchy = `(?:${authority}${path}|\\/(?:${rootless})?|${rootless}|)`;
  return new RegExp(
    absolute
      ? `^${scheme}${hierarchy}${tail}$`
      : `^(?:${scheme}${hierarchy}|${authority}${path}|\\/(?:${rootless})?|${char.replace(
          ':@',
          '@',
        )}+${path}|)${tail}$`,
    'u',
  );
}

function isUriWith(char: string, absolute: boolean): Format {
  const expression = uriExpression(char, absolute);
  return text => {
    const match = expression.exec(text);
    const host = match?.groups?.host;
    return match !== null && !(host?.startsWith('[') && !/^\[v/i.test(host) && !isIpv6(host.slice(1, -1)));
  };
}

// control characters are among what a template may not have
const URI_TEMPLATE =
  // eslint-disable-next-line no-control-regex
  /^(?:[^\u0000-\u0020"'<>%\\^`{|}]|%[0-9a-fA-F]{2}|\{[+#./;?&=,!@|]?(?:\w|\.|%[0-9a-fA-F]{2})+(?::[1-9]\d{0,3}|\*)?(?:,(?:\w|\.|%[0-9a-fA-F]{2})+(?::[1-9]\d{0,3}|\*)?)*\})*$/u;

const POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/;

const FORMATS: { readonly [name: string]: Format } = {
  date: isDate,
  time: isTime,
  'date-time': isDateTime,
  duration: text => DURATION.test(text) && !text.endsWith('T'),
  email: isEmailWith(LOCAL_PART, isHostname),
  'idn-email': isEmailWith(/^[^\s@"]+$|^".*"$/u, text => isHost(text, UNICODE_LABEL, /[.\u3002\uff0e\uff61]/)),
  hostname: isHostname,
  'host-name': isHostname,
  'idn-hostname': text => isHost(text, UNICODE_LABEL, /[.\u3002\uff0e\uff61]/),
  ipv4: isIpv4,
  'ip-address': isIpv4,
  ipv6: isIpv6,
  uri: isUriWith(ASCII_CHAR, true),
  'uri-reference': isUriWith(ASCII_CHAR, false),
  iri: isUriWith(UNICODE_CHAR, true),
  'iri-reference': isUriWith(UNICODE_CHAR, false),
  'uri-template': text => URI_TEMPLATE.test(text),
  uuid: text => /^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/.test(text),
  'json-pointer': text => POINTER.test(text),
  'relative-json-pointer': text => {
    const parts = /^(?:0|[1-9]\d*)(.*)$/s.exec(text);
    return parts !== null && (parts[1] === '#' || POINTER.test(parts[1]));
  },
  regex: text => isRegExp(text),
};

export function isKnownFormat(name: string): boolean {
  return Object.hasOwn(FORMATS, name);
}

/** Whether the text has the format; a format that is not known does not restrict. */
export function hasFormat(name: string, text: string): boolean {
  return isKnownFormat(name) ? FORMATS[name](text) : true;
}

import type { EventEnvelope } from '../environment';
import { AwsError } from '../service';
import type { InputTransformer, Rule, Target } from './types';

/**
 * What a target receives: the event, a part of it, a constant, or a template filled in.
 * Source: "Amazon EventBridge input transformation".
 */
export function targetInput(
  target: Target,
  rule: Pick<Rule, 'arn' | 'name'>,
  event: EventEnvelope,
  ingestedAt: number,
): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) {
    return JSON.stringify(atPath(event, target.InputPath) ?? null);
  }
  if (target.InputTransformer === undefined) return JSON.stringify(event);
  const { InputTemplate, InputPathsMap = {} } = target.InputTransformer;
  return fillIn(InputTemplate, name => {
    if (Object.hasOwn(InputPathsMap, name)) {
      return atPath(event, InputPathsMap[name]);
    }
    return reserved(name, rule, event, ingestedAt);
  });
}

const RESERVED = [
  'aws.events.rule-arn',
  'aws.events.rule-name',
  'aws.events.event.ingestion-time',
  'aws.events.event',
  'aws.events.event.json',
];

function reserved(name: string, rule: Pick<Rule, 'arn' | 'name'>, event: EventEnvelope, ingestedAt: number): unknown {
  switch (name) {
    case 'aws.events.rule-arn':
      return rule.arn;
    case 'aws.events.rule-name':
      return rule.name;
    case 'aws.events.event.ingestion-time':
      return new Date(ingestedAt).toISOString();
    case 'aws.events.event': {
      // The original event without its detail.
      const { detail: _detail, ...rest } = event;
      return rest;
    }
    default:
      return event;
  }
}

const STEP = /\.([^.[\]]+)|\[(\d+)\]|\['([^']*)'\]|\["([^"]*)"\]/y;

/** The keys of a path such as `$.detail.items[0]['first name']`, or nothing where it is none. */
function parsePath(path: string): readonly string[] | undefined {
  if (!path.startsWith('$')) return undefined;
  const keys: string[] = [];
  let position = 1;
  while (position < path.length) {
    STEP.lastIndex = position;
    const match = STEP.exec(path);
    if (!match) return undefined;
    keys.push(match[1] ?? match[2] ?? match[3] ?? match[4]);
    position = STEP.lastIndex;
  }
  return keys;
}

function atPath(value: unknown, path: string): unknown {
  let current = value;
  for (const key of parsePath(path) ?? []) {
    if (typeof current !== 'object' || current === null) return undefined;
    if (!Object.hasOwn(current, key)) return undefined;
    current = (current as Readonly<Record<string, unknown>>)[key];
  }
  return current;
}

const PLACEHOLDER = /<([A-Za-z0-9_.-]+)>/y;

/**
 * Puts values in for `<name>`. Inside a JSON string a value is written as text of that string; elsewhere as JSON.
 * A value that the event does not have leaves nothing inside a string, and null elsewhere.
 */
function fillIn(template: string, valueOf: (name: string) => unknown): string {
  let output = '';
  let inString = false;
  for (let i = 0; i < template.length; i += 1) {
    const character = template[i];
    PLACEHOLDER.lastIndex = i;
    const match = character === '<' ? PLACEHOLDER.exec(template) : null;
    if (match) {
      output += asText(valueOf(match[1]), inString);
      i = PLACEHOLDER.lastIndex - 1;
    } else if (inString && character === '\\') {
      output += template.slice(i, i + 2);
      i += 1;
    } else {
      if (character === '"') inString = !inString;
      output += character;
    }
  }
  return output;
}

function asText(value: unknown, inString: boolean): string {
  if (!inString) return JSON.stringify(value ?? null);
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}

/** @throws AwsError ValidationException where a path is none, or a placeholder is not in the map */
export function checkTemplate(targetId: string, { InputPathsMap = {}, InputTemplate }: InputTransformer): void {
  for (const [name, path] of Object.entries(InputPathsMap)) {
    if (name.startsWith('AWS.') || name.startsWith('aws.')) {
      throw invalid(targetId, `InputPathsMap keys cannot start with AWS: ${name}`);
    }
    if (!parsePath(path)) throw invalid(targetId, `invalid path ${path}`);
  }
  for (const [, name] of InputTemplate.matchAll(/<([A-Za-z0-9_.-]+)>/g)) {
    if (!Object.hasOwn(InputPathsMap, name) && !RESERVED.includes(name)) {
      throw invalid(targetId, `placeholder <${name}> is not defined in InputPathsMap`);
    }
  }
}

function invalid(targetId: string, reason: string): AwsError {
  return new AwsError('ValidationException', `Invalid InputTransformer for target ${targetId} : ${reason}.`);
}

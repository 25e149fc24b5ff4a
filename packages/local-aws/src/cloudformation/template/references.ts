import type { JsonValue } from '../../service';
import { validationError } from '../errors';

/** What a value says about another part of the template. */
export type Reference =
  | { readonly kind: 'ref'; readonly name: string }
  | { readonly kind: 'attribute'; readonly name: string; readonly attribute?: string }
  | { readonly kind: 'condition'; readonly name: string }
  | { readonly kind: 'import'; readonly value: JsonValue };

const SUB_VARIABLE = /\$\{([^}]*)\}/g;
const SUB_NAME = /^[\w.:]+$/;

/** One piece of a `Fn::Sub` text: literal, or the name of a variable. */
export type SubPiece = { readonly text: string } | { readonly variable: string };

/**
 * Takes a `Fn::Sub` text apart; `${!Literal}` stands for `${Literal}`.
 * @throws AwsError ValidationError for a name that cannot be one
 */
export function subPieces(text: string): readonly SubPiece[] {
  const pieces: SubPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(SUB_VARIABLE)) {
    pieces.push({ text: text.slice(end, match.index) });
    end = match.index + match[0].length;
    const name = match[1].trim();
    if (name.startsWith('!')) {
      pieces.push({ text: `\${${name.slice(1)}}` });
    } else if (SUB_NAME.test(name)) {
      pieces.push({ variable: name });
    } else {
      throw validationError(
        'Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons',
      );
    }
  }
  pieces.push({ text: text.slice(end) });
  return pieces;
}

/** A `Fn::Sub` variable as the reference that it is. */
export function subReference(variable: string): Reference {
  const dot = variable.indexOf('.');
  return dot < 0
    ? { kind: 'ref', name: variable }
    : { kind: 'attribute', name: variable.slice(0, dot), attribute: variable.slice(dot + 1) };
}

/** The one member of an object whose only member it is. */
export function onlyEntry(value: JsonValue | undefined): readonly [string, JsonValue] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  return entries.length === 1 ? [entries[0][0], (entries[0][1] ?? null) as JsonValue] : undefined;
}

/** Every reference in a value, wherever it stands. */
export function* referencesIn(value: JsonValue | undefined): Generator<Reference> {
  if (typeof value !== 'object' || value === null) return;
  const [name, argument] = onlyEntry(value) ?? [];
  if (name === 'Ref' && typeof argument === 'string') {
    yield { kind: 'ref', name: argument };
    return;
  }
  if (name === 'Condition' && typeof argument === 'string') {
    yield { kind: 'condition', name: argument };
    return;
  }
  if (name === 'Fn::GetAtt') yield* attributeReference(argument as JsonValue);
  if (name === 'Fn::Sub') yield* subReferences(argument as JsonValue);
  if (name === 'Fn::ImportValue') yield { kind: 'import', value: argument as JsonValue };
  if (name === 'Fn::If' && Array.isArray(argument) && typeof argument[0] === 'string') {
    yield { kind: 'condition', name: argument[0] };
  }
  for (const child of Object.values(value)) yield* referencesIn(child as JsonValue);
}

function* attributeReference(argument: JsonValue): Generator<Reference> {
  const parts = typeof argument === 'string' ? argument.split(/\.(.*)/s) : argument;
  if (!Array.isArray(parts) || typeof parts[0] !== 'string') return;
  yield { kind: 'attribute', name: parts[0], attribute: typeof parts[1] === 'string' ? parts[1] : undefined };
}

function* subReferences(argument: JsonValue): Generator<Reference> {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text !== 'string') return;
  const own = new Set(Object.keys((variables as object | null) ?? {}));
  for (const piece of subPieces(text)) {
    if ('variable' in piece && !own.has(piece.variable)) yield subReference(piece.variable);
  }
}

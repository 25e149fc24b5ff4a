/*
 * Which values does a reader reject of those that a writer allows? Suspects
 * (`conjuncts.ts`) are asked one by one, each as the question "a value of the
 * writer that is rejected there"; what is found is confirmed by the validator
 * on both sides. Where no suspect is found to be one, but some place was not
 * looked at, the question is asked as a whole.
 */
import { evaluate, type Run } from '../evaluation';
import { isArray, isObject } from '../json';
import { keywordsOf } from '../keywordTable';
import { rootPath, toPointer, type PathLink } from '../pointer';
import type { Json, ValidationError } from '../types';
import { Budget, DEFAULT_STEPS } from './budget';
import { findSuspects, type Step, type Suspect, type Trail } from './conjuncts';
import type { Item, Lit } from './items';
import { litHolds } from './literals';
import { isIn } from './objects';
import { literalOf, reasonOf, type SchemaReading } from './readings';
import { shrink } from './shrink';
import { Solver, type Answer } from './solver';
import { viewOf, type View } from './views';

/** One way in which the reader rejects what the writer allows. */
export interface Rejection {
  /** Allowed by the writer, rejected by the reader, both confirmed by the validator. */
  readonly value: Json;
  /** The reader's keyword; `false` for a schema that allows nothing. */
  readonly keyword: string;
  /** JSON pointer of that keyword in the reader's document. */
  readonly readerPointer: string;
  /** JSON pointer of what the writer says of the same place. */
  readonly writerPointer: string;
  /** JSON pointer of the place in the value. */
  readonly instancePath: string;
  /** What is wrong there, to follow the name of the place. */
  readonly message: string;
}

export type Rejected =
  /** A proof: the reader accepts all that the writer allows. */
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly rejections: readonly Rejection[] }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface RejectedOptions {
  /** Work that the answer may cost; past it the answer is `unknown`. `DEFAULT_STEPS` if left out. */
  readonly steps?: number;
  /** Ways that are looked for; one if left out. */
  readonly max?: number;
}

/** Work on a further way, once one is found. */
const STEPS_FOR_MORE = 30_000;
/** Ways that are looked for in vain, once one is found. */
const MAX_FAILURES = 20;

class Questions {
  readonly #solver: Solver;
  readonly #budget: Budget;
  readonly #view: View;

  constructor(private readonly writer: Lit, private readonly reader: Lit, private readonly options: RejectedOptions) {
    this.#budget = new Budget(options.steps ?? DEFAULT_STEPS);
    this.#solver = new Solver(this.#budget);
    this.#view = viewOf([{ ...writer, path: rootPath() }], writer.closed);
  }

  run(): Rejected {
    if (this.writer.world.dynamic || this.reader.world.dynamic) {
      // what a reference means depends on the way to it
      return this.#asWhole();
    }
    const reader = { ...this.reader, path: rootPath() };
    const { suspects, complete } = findSuspects(this.#view, reader, steps => this.#budget.spend(steps));
    const rejections: Rejection[] = [];
    const known = new Set<string>();
    let reason: string | undefined;
    let failures = 0;
    for (const suspect of suspects) {
      if (rejections.length >= (this.options.max ?? 1) || (rejections.length > 0 && failures > MAX_FAILURES)) {
        break;
      }
      const answer = this.#ask(suspect, rejections.length > 0);
      if (answer.kind === 'found') {
        const rejection = this.#rejection(suspect, answer.value);
        const key = `${rejection.readerPointer} ${rejection.message}`;
        if (!known.has(key)) {
          known.add(key);
          rejections.push(rejection);
        }
      } else if (answer.kind === 'unknown') {
        reason ??= answer.reason;
        failures += 1;
      }
    }
    if (rejections.length > 0) {
      return { kind: 'found', rejections };
    }
    if (!complete || reason !== undefined) {
      const whole = this.#asWhole();
      return whole.kind === 'unknown' && reason !== undefined ? { kind: 'unknown', reason } : whole;
    }
    return { kind: 'none' };
  }

  #ask(suspect: Suspect, further: boolean): Answer {
    try {
      const budget = further ? new Budget(STEPS_FOR_MORE) : this.#budget;
      const answer = this.#solver.ask([this.writer, along(suspect.trail, suspect.goals)], budget);
      if (answer.kind !== 'found' || this.#isRejected(answer.value)) {
        return answer.kind === 'found' ? { kind: 'found', value: this.#shrunk(answer.value, suspect) } : answer;
      }
      return { kind: 'unknown', reason: 'the validator refuted a value that was found' };
    } catch (error) {
      return { kind: 'unknown', reason: reasonOf(error) };
    }
  }

  #isRejected(value: Json): boolean {
    return litHolds(this.writer, value) && litHolds(this.reader, value);
  }

  /** As small as it can be and still be rejected at the same place. */
  #shrunk(value: Json, suspect?: Suspect): Json {
    const isAlike = (each: Json) => !suspect || placeOf(suspect.trail, each, suspect.goals) !== undefined;
    return shrink(value, each => isAlike(each) && this.#isRejected(each), this.#view);
  }

  #asWhole(): Rejected {
    const answer = this.#solver.ask([this.writer, this.reader], this.#budget);
    if (answer.kind !== 'found') {
      return answer.kind === 'empty' ? { kind: 'none' } : answer;
    }
    const value = this.#shrunk(answer.value);
    const [error] = errorsOf(this.reader, value, rootPath(), rootPath());
    return { kind: 'found', rejections: [rejectionOf(value, error, '')] };
  }

  #rejection(suspect: Suspect, value: Json): Rejection {
    const writer = suspect.writerPath ? toPointer(suspect.writerPath) : '';
    const readerPointer = toPointer(suspect.readerPath);
    const isMeant = (error: ValidationError) =>
      error.schemaPath === readerPointer &&
      (suspect.part.name === undefined || error.message.includes(JSON.stringify(suspect.part.name)));
    const whole = errorsOf(this.reader, value, rootPath(), rootPath());
    const error = whole.find(isMeant);
    if (error) {
      return { ...rejectionOf(value, error, writer), keyword: keywordOf(suspect, error) };
    }
    // inside an alternative, of which the validator only says that none fits
    const place = placeOf(suspect.trail, value, suspect.goals);
    const local = place && errorsOf({ ...suspect.reader, closed: false }, place.value, suspect.reader.path, place.path);
    const own = local?.find(isMeant) ?? local?.find(each => each.schemaPath.startsWith(readerPointer));
    return own
      ? { ...rejectionOf(value, own, writer), readerPointer, keyword: keywordOf(suspect, own) }
      : rejectionOf(value, whole[0], writer);
  }
}

function keywordOf({ part }: Suspect, error: ValidationError): string {
  return part.keyword === 'false' ? error.keyword : part.keyword;
}

function rejectionOf(value: Json, error: ValidationError | undefined, writerPointer: string): Rejection {
  return {
    value,
    keyword: error?.keyword ?? 'false',
    readerPointer: error?.schemaPath ?? '',
    writerPointer,
    instancePath: error?.instancePath ?? '',
    message: error?.message ?? 'is not allowed',
  };
}

const MAX_ERRORS = 200;

function errorsOf(
  { schema, scope, world, closed }: Pick<Lit, 'schema' | 'scope' | 'world' | 'closed'>,
  value: Json,
  path: PathLink,
  instance: PathLink,
): readonly ValidationError[] {
  const errors: ValidationError[] = [];
  const run: Run = {
    document: world.document,
    assertFormat: world.assertFormat,
    maxErrors: MAX_ERRORS,
    errors,
    depth: 0,
    keywordsOf,
    closed,
  };
  evaluate(run, schema, value, scope, path, instance, undefined, true);
  return errors;
}

/** The goals, of a value at the end of the trail. */
function along(trail: Trail | undefined, goals: readonly Item[]): Item {
  let at: Item = { kind: 'or', alternatives: [goals] };
  for (let link = trail; link; link = link.outer) {
    at = { kind: 'or', alternatives: [taken(link.step, at)] };
  }
  return at;
}

function taken(step: Step, goal: Item): readonly Item[] {
  const object: Item = { kind: 'types', types: ['object'] };
  const array: Item = { kind: 'types', types: ['array'] };
  switch (step.kind) {
    case 'property':
      return [object, { kind: 'required', name: step.name }, { kind: 'property', name: step.name, goal }];
    case 'someProperty':
      return [object, { kind: 'someProperty', where: step.where, goal }];
    case 'item':
      return [array, { kind: 'minItems', value: step.index + 1 }, { kind: 'item', index: step.index, goal }];
    default:
      return [array, { kind: 'someItem', from: step.from, goal }];
  }
}

interface Found {
  readonly value: Json;
  readonly path: PathLink;
}

function isLit(item: Item): item is Lit {
  return item.kind === 'schema';
}

/** Where in the value the trail ends, at a value that meets the goals. */
function placeOf(trail: Trail | undefined, value: Json, goals: readonly Item[]): Found | undefined {
  const steps: Step[] = [];
  for (let link = trail; link; link = link.outer) {
    steps.push(link.step);
  }
  const lits = goals.filter(isLit);
  const find = (at: Found, index: number): Found | undefined => {
    if (index < 0) {
      return lits.every(each => litHolds(each, at.value)) ? at : undefined;
    }
    for (const next of stepsFrom(at, steps[index])) {
      const found = find(next, index - 1);
      if (found) {
        return found;
      }
    }
    return undefined;
  };
  return find({ value, path: rootPath() }, steps.length - 1);
}

function stepsFrom({ value, path }: Found, step: Step): readonly Found[] {
  if (isObject(value) && (step.kind === 'property' || step.kind === 'someProperty')) {
    const names = Object.keys(value).filter(name =>
      step.kind === 'property' ? name === step.name : isIn(step.where, name),
    );
    return names.map(key => ({ value: value[key], path: { parent: path, key } }));
  }
  if (isArray(value) && (step.kind === 'item' || step.kind === 'someItem')) {
    return value.flatMap((each, key) =>
      (step.kind === 'item' ? key === step.index : key >= step.from)
        ? [{ value: each, path: { parent: path, key } }]
        : [],
    );
  }
  return [];
}

/**
 * Whether the reader rejects a value that the writer allows: `found`, with as
 * many ways as were wanted and found, each with a value of its own; `none`,
 * which is a proof; `unknown` with the reason. Readers are read
 * as written, whatever their content model. Whatever is wrong with a schema is a reason.
 */
export function findRejected(writer: SchemaReading, reader: SchemaReading, options: RejectedOptions = {}): Rejected {
  try {
    return new Questions(literalOf(writer, true), literalOf(reader, false), options).run();
  } catch (error) {
    return { kind: 'unknown', reason: reasonOf(error) };
  }
}

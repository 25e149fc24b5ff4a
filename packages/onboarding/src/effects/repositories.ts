import { generateClient } from '@busline/codegen';
import { type EventRepository, indexRepository } from '@busline/event-repository';
import { isGenerated, stackText } from '@busline/infrastructure';
import type { PlanningContext, RepositoryState } from '../context';
import type { Draft } from '../draft/draft';
import type { PlacedStack } from '../plan/effects';
import type { FileChange, RepositoryChange } from '../plan/plan';
import { clientInput } from './clientFiles';

export interface RepositoriesInput {
  readonly state: RepositoryState;
  readonly context: PlanningContext;
  readonly draft: Draft;
  readonly after: EventRepository;
  readonly title: string;
  /** Stacks of the service, before and after. */
  readonly stacksBefore: readonly PlacedStack[];
  readonly stacksAfter: readonly PlacedStack[];
  /** Whether the service's code changes with its declarations. */
  readonly withClient: boolean;
  /** Told of a file that is a person's although a generated one belongs there. */
  readonly onForeignFile: (path: string) => void;
}

/** The files that change, in the event repository and in the service's. */
export function repositoryChanges(input: RepositoriesInput): readonly RepositoryChange[] {
  const { state, draft, title } = input;
  const events: RepositoryChange = {
    role: 'events',
    ...(state.url === undefined ? {} : { url: state.url }),
    title,
    files: eventFiles(input),
  };
  const files = serviceFiles(input);
  const url = draft.service === undefined ? undefined : serviceUrl(input, draft.service);
  if (files.length === 0 || url === undefined) return [events];
  return [events, { role: 'service', url, title, files }];
}

function serviceUrl({ after, state }: RepositoriesInput, service: string): string | undefined {
  const of = (repository: EventRepository) => indexRepository(repository).services.get(service)?.repository;
  return of(after) ?? of(state.read.repository);
}

function change(path: string, before: string | undefined, after: string | undefined, generated: boolean): FileChange[] {
  if (before === after) return [];
  const addedOrChanged = before === undefined ? 'added' : 'changed';
  return [
    {
      path,
      status: after === undefined ? 'removed' : addedOrChanged,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
      generated,
    },
  ];
}

const byPath = (a: FileChange, b: FileChange) => (a.path < b.path ? -1 : 1);

function eventFiles({
  state,
  draft,
  stacksBefore,
  stacksAfter,
  onForeignFile,
}: RepositoriesInput): readonly FileChange[] {
  const declared = [...draft.files].flatMap(([path, text]) => change(path, state.files.read(path), text, false));
  const isHere = ({ repository }: PlacedStack) => repository === 'events';
  const read = (path: string) => state.files.read(path);
  const stacks = stackChanges(stacksBefore.filter(isHere), stacksAfter.filter(isHere), read, onForeignFile);
  return [...declared, ...stacks].sort(byPath);
}

function stackChanges(
  before: readonly PlacedStack[],
  after: readonly PlacedStack[],
  read: (path: string) => string | undefined,
  onForeignFile: (path: string) => void,
): readonly FileChange[] {
  const texts = new Map(after.map(({ path, stack }) => [path, stackText(stack)]));
  const paths = new Set([...before.map(({ path }) => path), ...texts.keys()]);
  return [...paths].flatMap(path => {
    const was = read(path);
    if (was !== undefined && !isGenerated(was)) {
      onForeignFile(path);
      return [];
    }
    return change(path, was, texts.get(path), true);
  });
}

/** No file that a person wrote is touched: a sample is added only where there is nothing of its name. */
function serviceFiles(input: RepositoriesInput): readonly FileChange[] {
  const { context, draft, after, stacksBefore, stacksAfter, withClient, onForeignFile } = input;
  const read = context.serviceFile ?? (() => undefined);
  const isThere = ({ repository }: PlacedStack) => repository === 'service';
  const stacks = stackChanges(stacksBefore.filter(isThere), stacksAfter.filter(isThere), read, onForeignFile);
  const service = draft.service === undefined ? undefined : indexRepository(after).services.get(draft.service);
  if (!withClient || !service) return [...stacks].sort(byPath);
  const client = generateClient(clientInput(after, service, draft.subscriptions[0]?.name)).flatMap(
    ({ path, text, kind }) => {
      const was = read(path);
      if (kind === 'sample') return was === undefined && takesSamples(context) ? change(path, was, text, false) : [];
      if (was !== undefined && !isGeneratedText(was)) {
        onForeignFile(path);
        return [];
      }
      return change(path, was, text, true);
    },
  );
  return [...stacks, ...client].sort(byPath);
}

/** A repository with a project of its own is not given files that its tests would stumble over; unless it has what they need. */
export function takesSamples({ serviceFile, serviceRepositoryIsEmpty }: PlanningContext): boolean {
  if (serviceRepositoryIsEmpty || !serviceFile) return true;
  const project = serviceFile('package.json');
  return project === undefined || project.includes('"ajv"');
}

/** In YAML as in TypeScript and Markdown the mark stands behind the sign of a comment. */
function isGeneratedText(text: string): boolean {
  return isGenerated(text) || /^(?:\/\/|<!--) Generated by Busline /.test(text);
}

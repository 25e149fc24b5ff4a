import type { EventRepository, Problem, RepositoryFiles } from '@busline/event-repository';
import { STACKS_FOLDER } from './stackNames';
import { generatedStacks, isGenerated, type GeneratedStack } from './stackText';

/** The rule's name, as `busline check` gives it in brackets. */
export const STACK_OUTDATED = 'stack-outdated';

/** What generating would do to the files of one repository. */
export interface StackChanges {
  readonly write: readonly { readonly path: string; readonly text: string; readonly isNew: boolean }[];
  /** Generated files of stacks that are no longer declared. */
  readonly remove: readonly string[];
  /** Files that somebody wrote by hand where a generated one belongs. They are left alone. */
  readonly blocked: readonly string[];
}

/** Compares the files that a repository should have with those it has. */
export function stackChanges(
  wanted: readonly Pick<GeneratedStack, 'path' | 'text'>[],
  files: RepositoryFiles,
  folder: string = STACKS_FOLDER,
): StackChanges {
  const write: { path: string; text: string; isNew: boolean }[] = [];
  const blocked: string[] = [];
  for (const { path, text } of wanted) {
    const current = files.read(path);
    if (current === undefined) write.push({ path, text, isNew: true });
    else if (current === text) continue;
    else if (isGenerated(current)) write.push({ path, text, isNew: false });
    else blocked.push(path);
  }
  const kept = new Set(wanted.map(({ path }) => path));
  const remove = files
    .paths()
    .filter(path => path.startsWith(`${folder}/`) && !kept.has(path) && isGenerated(files.read(path) ?? ''));
  return { write, remove: [...remove].sort(), blocked };
}

/**
 * Generated files of the event repository that are not what its declarations say, where it has a `stacks/` folder: what would be
 * deployed is not what was reviewed.
 */
export function staleStacks(repository: EventRepository, files: RepositoryFiles): readonly Problem[] {
  if (!files.paths().some(path => path.startsWith(`${STACKS_FOLDER}/`))) return [];
  const wanted = repository.environments
    .flatMap(({ name }) => generatedStacks(repository, name))
    .filter(file => file.repository === 'events');
  const { write, remove, blocked } = stackChanges(wanted, files);
  const problem = (file: string, message: string): Problem => ({
    file,
    line: 1,
    column: 1,
    rule: STACK_OUTDATED,
    severity: 'error',
    message,
  });
  return [
    ...write.map(({ path, isNew }) =>
      isNew
        ? problem(path, 'is missing, though its stack is declared; `busline generate` writes it')
        : problem(path, 'is not what the declarations say; `busline generate` writes it again'),
    ),
    ...remove.map(path => problem(path, 'holds a stack that is no longer declared; `busline generate` removes it')),
    ...blocked.map(path => problem(path, 'was not generated, though a generated stack belongs here; move it away')),
  ];
}

import type { RepositoryFiles } from '@busline/event-repository';
import { repository, subscription } from '../testRepository';
import { generatedStacks } from './stackText';
import { stackChanges, staleStacks } from './staleStacks';

const WHOLE = repository();
const filesOf = (files: Readonly<Record<string, string>>): RepositoryFiles => ({
  paths: () => Object.keys(files),
  read: path => (Object.hasOwn(files, path) ? files[path] : undefined),
});
const generated = (repo = WHOLE) =>
  Object.fromEntries(generatedStacks(repo, 'prod').map(({ path, text }) => [path, text]));
const found = (files: Readonly<Record<string, string>>, repo = WHOLE) =>
  staleStacks(repo, filesOf(files)).map(
    ({ file, rule, severity, message }) => `${severity} ${file} ${message} (${rule})`,
  );

describe('staleStacks', () => {
  it('says nothing where all is as generated, or nothing was ever generated', () => {
    expect(found(generated())).toEqual([]);
    expect(found({ 'README.md': '' })).toEqual([]);
  });

  it('tells what is missing, outdated, left over, or written by hand', () => {
    const { 'stacks/prod/platform.yaml': _, ...files } = generated();
    const more = repository({ subscriptions: [subscription('delivery-service', 'other')] });
    expect(
      found(
        {
          ...files,
          'stacks/prod/gone.yaml': files['stacks/prod/delivery-service.yaml'],
          'stacks/prod/notes.yaml': 'mine: true\n',
          'stacks/prod/access-service.yaml': 'mine: true\n',
        },
        more,
      ),
    ).toEqual([
      'error stacks/prod/platform.yaml is missing, though its stack is declared; `busline generate` writes it (stack-outdated)',
      'error stacks/prod/delivery-service@account.yaml is not what the declarations say; `busline generate` writes it again (stack-outdated)',
      'error stacks/prod/delivery-service.yaml is not what the declarations say; `busline generate` writes it again (stack-outdated)',
      'error stacks/prod/gone.yaml holds a stack that is no longer declared; `busline generate` removes it (stack-outdated)',
      'error stacks/prod/access-service.yaml was not generated, though a generated stack belongs here; move it away (stack-outdated)',
    ]);
  });
});

describe('stackChanges', () => {
  it('never touches what a person wrote', () => {
    const files = filesOf({ 'busline/stacks/prod.yaml': 'mine: true\n', 'busline/stacks/other.yaml': 'mine: true\n' });
    expect(stackChanges([{ path: 'busline/stacks/prod.yaml', text: 'x' }], files, 'busline/stacks')).toEqual({
      write: [],
      remove: [],
      blocked: ['busline/stacks/prod.yaml'],
    });
  });
});

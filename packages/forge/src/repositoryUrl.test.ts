import { ForgeError } from './errors';
import { cloneUrlOf, repositoryOfUrl } from './repositoryUrl';

describe('The repository of an address', () => {
  it.each([
    ['https://github.com/key/access-service'],
    ['https://github.com/key/access-service.git'],
    ['https://github.com/key/access-service/'],
    ['  https://GitHub.com/key/access-service'],
    ['url:https://github.com/key/access-service'],
    ['git@github.com:key/access-service.git'],
    ['ssh://git@github.com/key/access-service.git'],
    ['git+ssh://git@github.com/key/access-service.git'],
  ])('%s', url => {
    expect(repositoryOfUrl(url)).toBe('key/access-service');
  });

  it('goes by what the forge stands in for', () => {
    const options = { insteadOf: ['https://git.key.example/scm', 'https://github.com/'] };
    expect(repositoryOfUrl('https://git.key.example/scm/key/events.git', options)).toBe('key/events');
    expect(repositoryOfUrl('git@git.key.example:scm/key/events.git', options)).toBe('key/events');
    expect(repositoryOfUrl('https://github.com/key/events', options)).toBe('key/events');
  });

  it.each([
    ['https://gitlab.com/key/events', 'is no repository of this forge; its addresses begin with https://github.com/'],
    ['https://github.com.evil.example/key/events', 'is no repository of this forge'],
    ['https://github.com/key', 'is no name of a repository'],
    ['https://github.com/key/events/tree/main', 'is no name of a repository'],
    ['https://github.com/../../etc', 'is no name of a repository'],
    ['https://ada:secret@github.com/key/events', 'must not hold a user or a password'],
    ['', 'is no repository of this forge'],
  ])('refuses %j', (url, message) => {
    expect(() => repositoryOfUrl(url)).toThrow(message);
    expect(() => repositoryOfUrl(url)).toThrow(ForgeError);
    expect(() => repositoryOfUrl(url)).not.toThrow('secret');
  });

  it('and back', () => {
    expect(cloneUrlOf('key/events')).toBe('https://github.com/key/events.git');
    expect(cloneUrlOf('key/events', 'http://localhost:3000/api/eventbridge/git/')).toBe(
      'http://localhost:3000/api/eventbridge/git/key/events.git',
    );
    expect(() => cloneUrlOf('../events')).toThrow(ForgeError);
  });
});

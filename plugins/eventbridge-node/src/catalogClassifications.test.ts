import { ConfigReader } from '@backstage/config';
import { readCatalogClassifications } from './catalogClassifications';

const read = (classifications?: unknown) =>
  readCatalogClassifications(
    new ConfigReader({
      catalog: { providers: { eventbridge: { ...(classifications ? { classifications } : {}) } } },
    } as object),
  );

describe('readCatalogClassifications', () => {
  it('leaves restricted event types out where nothing is said', () => {
    expect(read()).toEqual(['public', 'internal', 'confidential']);
    expect(readCatalogClassifications(new ConfigReader({}))).toEqual(['public', 'internal', 'confidential']);
  });

  it.each([[['restricted']], [['public', 'restricted']], [[]]])('takes %j as it is', names => {
    expect(read(names)).toEqual(names);
  });

  it.each([['Restricted'], ['secret'], ['__proto__']])('refuses %j and names the key and what there is', name => {
    expect(() => read(['public', name])).toThrow(
      `catalog.providers.eventbridge.classifications: "${name}" is no classification; there are public, internal, confidential, restricted`,
    );
  });
});

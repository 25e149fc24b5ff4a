import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Json } from '@busline/plugin-eventbridge-common';
import { FixtureApi } from '../../../testing/FixtureApi';
import { giveElementsASize, renderPortal } from '../../../testing/renderPortal';

const PATH = '/events/types/com.key.access/Access%20Granted/schema';
const OUTSIDE = 'https://schemas.example.com/person.json';

/** The portal at the schema tab of an event type whose newest version is this. */
async function renderSchema(schema: Json, at = PATH) {
  const api = new FixtureApi();
  const real = api.getSchemaVersion.bind(api);
  jest.spyOn(api, 'getSchemaVersion').mockImplementation(async (...asked) => ({ ...(await real(...asked)), schema }));
  await renderPortal(at, api);
}

const properties = () => [...document.querySelectorAll('.bl-prop-name')].map(name => name.textContent);

describe('the schema tab', () => {
  beforeEach(() => giveElementsASize());
  afterEach(() => jest.restoreAllMocks());

  it('ends a schema that refers to itself where it repeats, also when all is expanded', async () => {
    const user = userEvent.setup();
    const node = {
      type: 'object',
      properties: { name: { type: 'string' }, parent: { $ref: '#/$defs/node' }, twin: { $ref: '#/$defs/node' } },
    };
    await renderSchema({ type: 'object', properties: { tree: { $ref: '#/$defs/node' } }, $defs: { node } });
    await screen.findByRole('list', { name: 'Properties' });
    await user.click(screen.getByRole('button', { name: 'Expand all' }));
    expect(properties()).toEqual(['tree', 'name', 'parent', 'twin']);
    expect(screen.getAllByText(/the same again as/)).toHaveLength(2);
  });

  it('ends a search through it too', async () => {
    await renderSchema(
      { type: 'object', properties: { again: { $ref: '#' }, other: { type: 'array', items: { $ref: '#' } } } },
      `${PATH}?find=other`,
    );
    await screen.findByRole('list', { name: 'Properties' });
    expect(properties()).toEqual(['other', 'each element']);
  });

  it('says that a reference to the outside was not followed, and asks nobody for it', async () => {
    const fetched = jest.spyOn(globalThis, 'fetch');
    await renderSchema({
      type: 'object',
      properties: { person: { $ref: OUTSIDE }, file: { $ref: 'file:///etc/passwd' }, home: { type: 'string' } },
    });
    const list = await screen.findByRole('list', { name: 'Properties' });
    const [person, file, home] = within(list).getAllByRole('listitem');
    expect(person).toHaveTextContent(`refers to ${OUTSIDE}, which is not part of this schema and was not followed`);
    expect(file).toHaveTextContent(
      'refers to file:///etc/passwd, which is not part of this schema and was not followed',
    );
    expect(home).not.toHaveTextContent('not followed');
    expect(fetched).not.toHaveBeenCalled();
  });

  it('says the same where the whole schema is such a reference', async () => {
    await renderSchema({ $ref: OUTSIDE });
    expect(await screen.findByText(/The whole refers to/)).toHaveTextContent(OUTSIDE);
  });
});

import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { screen } from '@testing-library/react';
import { TROUBLED_SOURCES } from '../../testing/estateFixtures';
import { FixtureApi } from '../../testing/FixtureApi';
import { giveElementsASize, renderPortal } from '../../testing/renderPortal';

// In a file of its own: Backstage keeps a decision of the policy for the whole life of a page.
describe('the page of the sources, for a person who may not refresh them', () => {
  beforeEach(() => giveElementsASize());
  afterEach(() => jest.restoreAllMocks());

  it('has no button for it, and everything else', async () => {
    await renderPortal('/events/sources', new FixtureApi(undefined, TROUBLED_SOURCES), AuthorizeResult.DENY);
    expect(await screen.findByRole('region', { name: 'Key Suite' })).toHaveTextContent('Fresh');
    expect(screen.getByRole('button', { name: '3 problems' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Read now/ })).not.toBeInTheDocument();
  });
});

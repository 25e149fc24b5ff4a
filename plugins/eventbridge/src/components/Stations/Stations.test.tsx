import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { expectNoSeriousAxe } from '../../testing/expectNoSeriousAxe';
import { Stations } from './Stations';

describe('a line of stations', () => {
  it('says of each whether it is reached, when, and what is waited for', async () => {
    await renderInTestApp(
      <Stations
        label="Where the change stands"
        stations={[
          { id: 'opened', title: 'Opened', state: 'reached', at: new Date(Date.now() - 3 * 3_600_000).toISOString() },
          { id: 'approved', title: 'Approved', state: 'current', detail: 'Waits for access' },
          { id: 'merged', title: 'Merged', state: 'failed', detail: 'Conflicts with main' },
          { id: 'deployed', title: 'Deployed', state: 'unneeded' },
          { id: 'live', title: 'Live', state: 'ahead' },
        ]}
      />,
    );
    expect(screen.getByRole('list', { name: 'Where the change stands' })).toBeInTheDocument();
    expect(screen.getAllByRole('listitem').map(station => station.textContent)).toEqual([
      'Opened, reached3 hours ago',
      'Approved, nextnextWaits for access',
      'Merged, failedConflicts with main',
      'Deployed, not needednot needed',
      'Live, not yet',
    ]);
    expect(screen.getByText('Approved').closest('li')).toHaveAttribute('aria-current', 'step');
    await expectNoSeriousAxe(document.body);
  });
});

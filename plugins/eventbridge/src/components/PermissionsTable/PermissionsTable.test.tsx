import { renderInTestApp } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expectNoSeriousAxe } from '../../testing/expectNoSeriousAxe';
import { PermissionsTable, type PermissionRow } from './PermissionsTable';

const GRANTS: readonly PermissionRow[] = [
  {
    who: '`access-service` in access-prod',
    what: 'publish events',
    where: 'bus `key-central`',
    condition: 'source is `com.key.access`',
    statement: { Sid: 'AccessPublishes', Effect: 'Allow', Action: 'events:PutEvents' },
  },
  { who: 'EventBridge', what: 'send messages', where: 'queue `grants`', statement: { Sid: 'Queue' }, change: 'gained' },
];

describe('a table of permissions', () => {
  it('says who may do what, where and when; a row opens its statement and no other', async () => {
    const user = userEvent.setup();
    await renderInTestApp(<PermissionsTable label="Permissions" permissions={GRANTS} none="Nobody gains anything." />);
    const [, first, second] = within(screen.getByRole('table', { name: 'Permissions' })).getAllByRole('row');
    expect(
      within(first)
        .getAllByRole('cell')
        .slice(1)
        .map(cell => cell.textContent?.trim()),
    ).toEqual(['access-service in access-prod', 'publish events', 'bus key-central', 'source is com.key.access']);
    expect(second).toHaveTextContent('always');
    expect(second).toHaveTextContent('gained');
    const opens = within(first).getByRole('button', { name: /^Policy statement: access-service/ });
    await user.click(opens);
    expect(screen.getByRole('region', { name: 'the policy statement' })).toHaveTextContent('"Sid": "AccessPublishes"');
    expect(screen.queryByText(/"Queue"/)).not.toBeInTheDocument();
    await expectNoSeriousAxe(document.body);
    await user.click(opens);
    expect(screen.queryByRole('region', { name: 'the policy statement' })).not.toBeInTheDocument();
  });

  it('says so where nobody gains anything', async () => {
    await renderInTestApp(<PermissionsTable label="Permissions" permissions={[]} none="Nobody gains anything." />);
    expect(screen.getByText('Nobody gains anything.')).toBeInTheDocument();
  });
});

import { renderInTestApp } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expectNoSeriousAxe } from '../../testing/expectNoSeriousAxe';
import { FileDiff } from './FileDiff';

const BEFORE = Array.from({ length: 30 }, (_, index) => `key${index}: ${index}`).join('\n');
const CHANGED = { path: 'services/a.yaml', before: BEFORE, after: BEFORE.replace('key2: 2', 'key2: "two"') };

const lines = (kind: string) => [...document.querySelectorAll(`.bl-line[data-kind=${kind}]`)].map(l => l.textContent);

describe('the diff of a file', () => {
  it('says how much changed, what goes before what comes, and opens what is unchanged', async () => {
    const user = userEvent.setup();
    await renderInTestApp(<FileDiff file={CHANGED} />);
    expect(screen.getByRole('region', { name: 'services/a.yaml, changed' })).toBeInTheDocument();
    expect(screen.getByLabelText('1 lines added, 1 removed')).toBeInTheDocument();
    expect(lines('removed')).toEqual(['key2: 2']);
    expect(lines('added')).toEqual(['key2: "two"']);
    expect(lines('same')).toHaveLength(5);
    await user.click(screen.getByRole('button', { name: 'Show 24 unchanged lines' }));
    expect(lines('same')).toHaveLength(29);
    await expectNoSeriousAxe(document.body);
  });

  it('stands side by side on request', async () => {
    await renderInTestApp(<FileDiff file={CHANGED} view="split" />);
    const row = screen.getByText('"two"').closest('tr')!;
    expect(
      within(row)
        .getAllByRole('cell')
        .map(cell => cell.textContent),
    ).toEqual(['3', 'key2: 2', '3', 'key2: "two"']);
  });

  it('leaves a generated file closed until it is asked for', async () => {
    const user = userEvent.setup();
    await renderInTestApp(<FileDiff file={{ path: 'stacks/a.yaml', after: 'a: 1\n', generated: true }} />);
    expect(lines('added')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'stacks/a.yaml', expanded: false }));
    expect(lines('added')).toEqual(['a: 1']);
  });

  it('shows markup as text', async () => {
    await renderInTestApp(<FileDiff file={{ path: 'a.txt', after: '<img src=x onerror=alert(1)>' }} />);
    expect(lines('added')).toEqual(['<img src=x onerror=alert(1)>']);
    expect(document.querySelector('td img')).toBeNull();
  });
});

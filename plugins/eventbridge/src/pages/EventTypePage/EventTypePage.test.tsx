import { NotAllowedError } from '@backstage/errors';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { FixtureApi } from '../../testing/FixtureApi';
import { EVENT_TYPES, HOSTILE_MARKDOWN } from '../../testing/fixtures';
import { giveElementsASize, renderPortal } from '../../testing/renderPortal';

const PATH = '/events/types/com.key.access/Access%20Granted';

/** Rules that need a real layout or belong to the page around the plugin. */
const AXE_RULES = {
  'color-contrast': { enabled: false },
  region: { enabled: false },
};

async function seriousViolations() {
  const { violations } = await axe.run(document.body, { rules: AXE_RULES });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`);
}

describe('the page of an event type', () => {
  beforeEach(() => giveElementsASize());
  afterEach(() => jest.restoreAllMocks());

  it('says in its head what it is, whose, and what can be done', async () => {
    await renderPortal(PATH, new FixtureApi());
    expect(await screen.findByRole('link', { name: 'access-team' })).toHaveAttribute(
      'href',
      '/catalog/default/group/access-team',
    );
    expect(screen.getByRole('heading', { level: 1, name: 'Access Granted' })).toBeInTheDocument();
    for (const fact of ['Domain', 'Owner', 'Lifecycle', 'Classification', 'Version']) {
      expect(screen.getByText(fact, { selector: 'dt' })).toBeInTheDocument();
    }
    expect(screen.getByRole('button', { name: 'Subscribe' })).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Publish a new version' })).toBeInTheDocument();
    expect(screen.getByText('Restricted', { selector: 'strong' })).toBeInTheDocument();
  });

  it('runs nothing that a description brings', async () => {
    const [first, ...others] = EVENT_TYPES;
    const hostile = {
      ...first,
      summary: 'A guest was let in.',
      description: HOSTILE_MARKDOWN,
    };
    await renderPortal(PATH, new FixtureApi([hostile, ...others]));
    expect(await screen.findByText('Bold stays bold.')).toBeInTheDocument();
    expect(document.querySelector('article script')).toBeNull();
    expect(document.querySelector('article [onerror]')).toBeNull();
    // No picture is fetched from where a description says, either.
    expect([...document.querySelectorAll('article img')].map(img => img.getAttribute('src') ?? '')).toEqual(
      expect.not.arrayContaining(['x']),
    );
    for (const link of document.querySelectorAll('article a')) {
      expect(link.getAttribute('href') ?? '').not.toMatch(/^\s*javascript:/i);
    }
    expect(window).not.toHaveProperty('__hacked');
  });

  it('shows who sends and who receives it, as a picture and as a list', async () => {
    const user = userEvent.setup();
    const address = await renderPortal(PATH, new FixtureApi());
    expect(await screen.findByRole('link', { name: /^Access Service/ })).toHaveAttribute(
      'href',
      '/catalog/default/component/access-service',
    );
    expect(screen.getByText('data.method is pin or phone')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'List' }));
    expect(address.current()).toBe(`${PATH}?flow=list`);
    expect(screen.getByText('publishes it.', { exact: false })).toHaveTextContent('Access Service publishes it.');
    expect(screen.getAllByText(/receives/, { selector: 'li' }).map(line => line.textContent)).toContain(
      'Notification Service receives only when data.method is pin or phone.',
    );
  });

  it('marks in the example what is pointed at in the schema, and the other way round', async () => {
    const user = userEvent.setup();
    await renderPortal(PATH, new FixtureApi());
    const example = await screen.findByRole('region', {
      name: 'Example a guest by pin',
    });
    const property = screen.getByText('validUntil', { selector: '.bl-prop-name' }).closest('li')!;
    await user.hover(property);
    const marked = example.querySelectorAll('[data-marked]');
    expect([...marked].map(line => line.textContent?.trim())).toEqual(['"validUntil": "2026-11-21T18:00:00Z",']);

    await user.hover(within(example).getByText('"home_4k2m9x1p",').closest('.bl-json-line')!);
    expect(screen.getByText('homeId', { selector: '.bl-prop-name' }).closest('li')).toHaveAttribute('data-marked');
    expect(property).not.toHaveAttribute('data-marked');
  });

  it('shows the schema of any version as a list that can be filtered, all in the URL', async () => {
    const user = userEvent.setup();
    const address = await renderPortal(`${PATH}/schema`, new FixtureApi());
    expect(await screen.findByText('grantId', { selector: '.bl-prop-name' })).toBeInTheDocument();
    await user.type(screen.getByRole('searchbox', { name: 'Filter properties' }), 'mail');
    await waitFor(() => expect(address.current()).toBe(`${PATH}/schema?find=mail`));
    expect([...document.querySelectorAll('.bl-prop-name')].map(name => name.textContent)).toEqual(['guest', 'email']);

    await user.selectOptions(screen.getByRole('combobox', { name: 'Version' }), '1.1.0');
    expect(address.current()).toContain('version=1.1.0');
    expect(await screen.findByText('No property fits')).toBeInTheDocument();
  });

  it('compares two versions as changes and side by side', async () => {
    await renderPortal(`${PATH}/versions?from=1.0.0&to=2.1.0`, new FixtureApi());
    const changes = await screen.findByRole('list', {
      name: 'Changes from 1.0.0 to 2.1.0',
    });
    expect(within(changes).getAllByText('added').length).toBeGreaterThan(0);
    expect(within(changes).getAllByText('probably renamed').length).toBeGreaterThan(0);
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: 'Side by side' }));
    const text = await screen.findByRole('region', {
      name: '1.0.0 beside 2.1.0',
    });
    expect(text.querySelectorAll('[data-kind=removed]').length).toBeGreaterThan(0);
    expect(text.querySelectorAll('[data-kind=added]').length).toBeGreaterThan(0);
  });

  it('says of each version whom it breaks', async () => {
    await renderPortal(`${PATH}/versions`, new FixtureApi());
    const timeline = await screen.findByRole('list', { name: 'Versions, newest first' });
    expect(await within(timeline).findByText('another major')).toBeInTheDocument();
    expect(within(timeline).getByText(/does not read events of/)).toBeInTheDocument();
  });

  it('names the subscribers that a step hits, with the event that shows it', async () => {
    const user = userEvent.setup();
    await renderPortal(`${PATH}/versions?from=1.1.0&to=2.1.0`, new FixtureApi());
    const list = await screen.findByRole('list', { name: 'Subscribers and the step from 1.1.0 to 2.1.0' });
    const [first] = within(list).getAllByRole('listitem');
    expect(first).toHaveTextContent('broken');
    expect(first).toHaveTextContent('Its pattern takes no event of 2.1.0.');
    await user.click(within(first).getByRole('button', { name: 'Show an event' }));
    expect(within(first).getByRole('region', { name: 'the event' })).toHaveTextContent('com.key.access');
  });

  it('opens a finding at its place, with the event that proves it', async () => {
    const user = userEvent.setup();
    const address = await renderPortal(`${PATH}/versions?from=1.1.0&to=2.1.0`, new FixtureApi());
    const breaking = await screen.findByRole('list', { name: 'What breaks backward' });
    const [first] = within(breaking).getAllByRole('listitem');
    await user.click(within(first).getByRole('button', { name: 'Show the place and an event' }));
    expect(address.current()).toContain('finding=backward-0');
    expect(within(first).getByRole('region', { name: 'the event' })).toHaveTextContent('{');
    expect(within(first).getByRole('button', { name: /Copy/ })).toBeInTheDocument();
    // The place in the list of properties, then in the text.
    const properties = screen.getByRole('region', { name: 'Properties of 2.1.0' });
    expect(properties.querySelectorAll('[data-marked]')).toHaveLength(1);
    expect(within(properties).getAllByText('added').length).toBeGreaterThan(0);
    await user.click(screen.getByRole('button', { name: 'Side by side' }));
    const text = await screen.findByRole('region', { name: '1.1.0 beside 2.1.0' });
    expect(text.querySelector('td[data-focus]')).toBeInTheDocument();
    await user.click(within(first).getByRole('button', { name: 'Close' }));
    expect(address.current()).not.toContain('finding=');
  });

  it('opens a subscriber with rule, pattern, policy in words and delivery', async () => {
    const user = userEvent.setup();
    const address = await renderPortal(`${PATH}/subscribers`, new FixtureApi());
    await user.click(
      await screen.findByRole('button', {
        name: 'Details of welcome-guest of Notification Service in production',
      }),
    );
    expect(address.current()).toBe(`${PATH}/subscribers?open=welcome-guest-production-0`);
    expect(await screen.findByText('notification-service-welcome-guest')).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'the event pattern' })).toHaveTextContent('"Access Granted"');
    expect(screen.getByText(/EventBridge may send messages to welcome-guest-queue/)).toBeInTheDocument();
    expect(screen.getByText('24 h, at most 185 times')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /AWS console/ })).toHaveAttribute('rel', 'noopener noreferrer');
  });

  it('shows unknown numbers as unknown, never as zero', async () => {
    await renderPortal(`${PATH}/subscribers`, new FixtureApi());
    const row = (await screen.findByText('Delivery Service')).closest('[role=row]') as HTMLElement;
    expect(await within(row).findByText('unknown')).toBeInTheDocument();
    expect(row).not.toHaveTextContent(/\b0 in/);
    const partly = screen.getByText('Billing Service').closest('[role=row]') as HTMLElement;
    expect(await within(partly).findByText(/of 24 h/)).toBeInTheDocument();
  });

  it('explains how to subscribe, at an address of its own', async () => {
    const user = userEvent.setup();
    const address = await renderPortal(PATH, new FixtureApi());
    await user.click(await screen.findByRole('button', { name: 'Subscribe' }));
    expect(address.current()).toBe(`${PATH}?how=subscribe`);
    const panel = await screen.findByRole('dialog', {
      name: 'Subscribe to Access Granted',
    });
    expect(within(panel).getByRole('region', { name: 'the subscription file' })).toHaveTextContent(
      'detail-type: ["Access Granted"]',
    );
    act(() => address.back());
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });

  it('gives code to publish and to consume, in the language of the URL', async () => {
    const user = userEvent.setup();
    const address = await renderPortal(PATH, new FixtureApi());
    expect(await screen.findByRole('region', { name: 'the code that publishes' })).toHaveTextContent(
      'PutEventsCommand',
    );
    await user.click(screen.getByRole('button', { name: 'Python' }));
    expect(address.current()).toBe(`${PATH}?lang=python`);
    const publish = screen.getByRole('region', {
      name: 'the code that publishes',
    });
    expect(publish).toHaveTextContent('import boto3');
    expect(publish).toHaveTextContent('com.key.access');
    expect(screen.getByRole('region', { name: 'the code that consumes' })).toHaveTextContent('receive_message');
  });

  it('exports an AsyncAPI 3 document with every version and every service', async () => {
    const user = userEvent.setup();
    const saved: Blob[] = [];
    URL.createObjectURL = blob => {
      saved.push(blob as Blob);
      return 'blob:test';
    };
    URL.revokeObjectURL = () => {};
    const click = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    await renderPortal(PATH, new FixtureApi());
    await user.click(await screen.findByRole('button', { name: 'Export' }));
    await user.click(await screen.findByRole('menuitem', { name: 'AsyncAPI 3 as JSON' }));
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(click.mock.contexts[0]).toHaveProperty('download', 'com-key-access-access-granted.asyncapi.json');
    const text = await saved[0].text();
    const document = JSON.parse(text);
    expect(document.asyncapi).toBe('3.0.0');
    expect(Object.keys(document.components.schemas)).toHaveLength(3);
    const services = Object.values<{ 'x-service'?: string }>(document.operations).map(o => o['x-service']);
    expect(services.sort()).toEqual([
      'access-service',
      'audit-trail',
      'billing-service',
      'delivery-service',
      'notification-service',
    ]);
  });

  it('warns of a deprecated event type and leads to its replacement', async () => {
    await renderPortal('/events/types/com.key.deliveries/Delivery%20Requested', new FixtureApi());
    expect(await screen.findByText('Deprecated', { selector: 'strong' })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Delivery Scheduled' })).toHaveAttribute(
      'href',
      '/events/types/com.key.deliveries/Delivery%20Scheduled',
    );
  });

  it('says so when there is no such event type', async () => {
    await renderPortal('/events/types/com.key.access/Nothing', new FixtureApi());
    expect(await screen.findByText('There is no such event type')).toBeInTheDocument();
  });

  it('says so when it may not be seen', async () => {
    const api = new FixtureApi();
    jest.spyOn(api, 'getEventType').mockRejectedValue(new NotAllowedError('no'));
    await renderPortal(PATH, api);
    expect(await screen.findByText(/You may not see this/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
  });

  it('keeps the page when one part fails', async () => {
    const api = new FixtureApi();
    jest.spyOn(api, 'listEventTypeSubscriptions').mockRejectedValue(new Error('Throttled by AWS'));
    await renderPortal(PATH, api);
    expect(await screen.findByText('The subscribers could not be read')).toBeInTheDocument();
    expect(screen.getByText('Throttled by AWS')).toBeInTheDocument();
    expect(await screen.findByRole('region', { name: 'Example a guest by pin' })).toBeInTheDocument();
  });

  it.each(['', '/schema', '/versions', '/subscribers?open=welcome-guest-production-0'])(
    'has nothing that axe finds serious at %s',
    async tab => {
      await renderPortal(`${PATH}${tab}`, new FixtureApi());
      await screen.findByRole('heading', { level: 1 });
      await act(async () => {});
      expect(await seriousViolations()).toEqual([]);
    },
  );
});

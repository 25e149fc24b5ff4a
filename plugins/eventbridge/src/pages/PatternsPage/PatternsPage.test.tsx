import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expectNoSeriousAxe } from '../../testing/expectNoSeriousAxe';
import { FixtureApi } from '../../testing/FixtureApi';
import { renderPortal } from '../../testing/renderPortal';

const pattern = () => screen.getByRole('textbox', { name: 'Pattern' });
const event = () => screen.getByRole('textbox', { name: 'Event' });
const result = () => screen.getByRole('region', { name: 'Result' });
const textOf = (box: HTMLElement) => (box as HTMLTextAreaElement).value;
const type = (box: HTMLElement, value: string) => fireEvent.change(box, { target: { value } });

describe('the playground', () => {
  it('asks for what is missing', async () => {
    await renderPortal('/events/patterns', new FixtureApi());
    expect(await screen.findByText('With a pattern and an event, the answer stands here.')).toBeInTheDocument();
    type(pattern(), '{"source":["a"]}');
    expect(await screen.findByText(/Now an event/)).toBeInTheDocument();
    type(event(), '{');
    expect(await screen.findByText('Once the event is right, the answer stands here.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /line 1, column 2: the JSON ends too early/ })).toBeInTheDocument();
    await expectNoSeriousAxe(document.body);
  });

  it('explains every clause while somebody types, and asks nobody', async () => {
    const api = new FixtureApi();
    const find = jest.spyOn(api, 'findReceivers');
    await renderPortal('/events/patterns', api);
    await waitFor(pattern);
    type(pattern(), '{"detail":{"level":["ERROR"],"where":[{"exists":false}]}}');
    type(event(), '{"detail":{"level":"error","n":1}}');
    expect(await within(result()).findByText('The event does not match')).toBeInTheDocument();
    const [level, where] = within(result()).getAllByRole('listitem');
    expect(level).toHaveTextContent('not satisfied: detail.levelwantedis ERRORfound"error"hintdiffers in case only');
    expect(where).toHaveTextContent('satisfied: detail.wherewantedis absentfoundno such field, as wanted');
    type(event(), '{"detail":{"level":"ERROR"}}');
    expect(await within(result()).findByText('The event matches')).toBeInTheDocument();
    // No bus delivers an event without source and detail-type.
    expect(screen.getByText(/no text at “source” or “detail-type”/)).toBeInTheDocument();
    expect(find).not.toHaveBeenCalled();
  });

  it('makes the event of an entry for PutEvents', async () => {
    await renderPortal('/events/patterns', new FixtureApi());
    await waitFor(pattern);
    type(event(), JSON.stringify({ Source: 'a', DetailType: 'B', Detail: '{"n":1}', EventBusName: 'central' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Show that event' }));
    await waitFor(() =>
      expect(JSON.parse(textOf(event()))).toMatchObject({ source: 'a', 'detail-type': 'B', detail: { n: 1 } }),
    );
  });

  it('names who would receive an example, and holds the pattern of one against it', async () => {
    const address = await renderPortal(
      '/events/patterns?source=com.key.access&detailType=Access%20Granted&version=2.1.0&example=a-resident',
      new FixtureApi(),
    );
    await waitFor(() => expect(textOf(event())).toContain('"method": "key"'));
    expect(await within(result()).findByText('The event matches')).toBeInTheDocument();
    const list = await screen.findByRole('list', { name: 'Receive this event' });
    expect(within(list).getByText('Audit Trail')).toBeInTheDocument();
    fireEvent.click(within(list).getByRole('link', { name: /^Why Audit Trail receives it/ }));
    await waitFor(() => expect(address.current()).toMatch(/[?&]subscription=/));
    expect(textOf(event())).toContain('"method": "key"');
    expect(await screen.findByText(/of Audit Trail, /)).toBeInTheDocument();
  });
});

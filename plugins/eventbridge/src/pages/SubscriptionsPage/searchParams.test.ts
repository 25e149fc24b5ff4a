import { isNarrowed, queryOf, subscriptionListCodec, toggleFilter } from './searchParams';

const { read, write } = subscriptionListCodec;

describe('the URL of the list of subscriptions', () => {
  it.each([
    '',
    'q=door',
    'service=billing-service&service=audit-trail&environment=production',
    'account=222222222222&standing=drifted&standing=unknown&targetType=sqs',
    'sort=standing&order=desc&open=record-access-1',
  ])('reads back as itself: %s', url => {
    expect(write(read(new URLSearchParams(url))).toString()).toBe(url);
  });

  it('leaves out what it does not understand, so that a link with a slip still shows the list', () => {
    const state = read(new URLSearchParams('standing=lost&targetType=fax&sort=colour&order=up&service=&what=1'));
    expect(state).toEqual({ q: '', filters: {} });
  });

  it('asks the API for the list, not for the open row', () => {
    const state = read(new URLSearchParams('q=%20door%20&standing=drifted&sort=account&order=desc&open=x'));
    expect(queryOf(state)).toEqual({
      q: 'door',
      standing: ['drifted'],
      sort: 'account',
      order: 'desc',
    });
  });

  it('takes a chosen value back and leaves nothing of an empty filter', () => {
    const none = read(new URLSearchParams());
    const chosen = toggleFilter(none, 'service', 'billing-service');
    expect(isNarrowed(chosen)).toBe(true);
    expect(toggleFilter(chosen, 'service', 'billing-service')).toEqual(none);
  });
});

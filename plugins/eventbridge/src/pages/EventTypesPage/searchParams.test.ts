import { paramsFromState, queryFromState, stateFromParams, toggleFacet, type ListState } from './searchParams';

const roundTrip = (state: ListState) => stateFromParams(new URLSearchParams(paramsFromState(state).toString()));

describe('the state of the list in its URL', () => {
  it.each<ListState>([
    { q: '', facets: {} },
    { q: 'a "b" & c=d?#%', facets: {} },
    {
      q: 'x',
      facets: {
        domain: ['a', 'b&c'],
        bus: ['arn:aws:events:eu-west-1:111111111111:event-bus/central'],
      },
    },
    {
      q: '',
      facets: { owner: ['group:default/access-team'] },
      sort: 'subscribers',
      order: 'desc',
    },
  ])('reads back what it wrote: %j', state => expect(roundTrip(state)).toEqual(state));

  it('leaves out what it does not understand', () => {
    const state = stateFromParams(
      new URLSearchParams('sort=__proto__&order=up&domain=&domain=a&domain=a&constructor=x'),
    );
    expect(state).toEqual({ q: '', facets: { domain: ['a'] } });
  });

  it('orders a search by relevance until somebody chooses otherwise', () => {
    expect(queryFromState({ q: ' x ', facets: {} })).toEqual({
      q: 'x',
      sort: 'relevance',
    });
    expect(queryFromState({ q: '', facets: {} })).toEqual({ sort: 'name' });
    expect(queryFromState({ q: 'x', facets: {}, sort: 'owner', order: 'desc' })).toMatchObject({
      sort: 'owner',
      order: 'desc',
    });
  });

  it('chooses a value and takes it back', () => {
    const chosen = toggleFacet({ q: '', facets: {} }, 'domain', 'a');
    expect(chosen.facets).toEqual({ domain: ['a'] });
    expect(toggleFacet(chosen, 'domain', 'a').facets).toEqual({});
  });
});

import { changeListCodec, queryOf, toggleState } from './searchParams';

const read = (search: string) => changeListCodec.read(new URLSearchParams(search));
const ME = { userEntityRef: 'user:default/ada', ownershipEntityRefs: ['user:default/ada', 'group:default/access'] };

describe('the list of change requests in its URL', () => {
  it('reads what it writes', () => {
    const state = read('q=fraud&state=live&state=open&service=fraud-guard&mine=turn');
    expect(state).toEqual({ q: 'fraud', states: ['open', 'live'], service: 'fraud-guard', mine: 'turn' });
    expect(changeListCodec.write(state).toString()).toBe('q=fraud&state=open&state=live&service=fraud-guard&mine=turn');
  });

  it('leaves out what it does not know', () => {
    expect(read('state=__proto__&mine=yours&state=open')).toEqual({ q: '', states: ['open'] });
  });

  it('chooses a state and takes it back', () => {
    const chosen = toggleState(read('state=open'), 'live');
    expect(chosen.states).toEqual(['open', 'live']);
    expect(toggleState(chosen, 'open').states).toEqual(['live']);
  });

  it('asks for those that wait for me by all that counts as me, and for mine by myself', () => {
    expect(queryOf(read('mine=turn'), ME)).toEqual({ turnOf: ME.ownershipEntityRefs });
    expect(queryOf(read('mine=asked&q=%20a%20'), ME)).toEqual({ q: 'a', requestedBy: ['user:default/ada'] });
    expect(queryOf(read('mine=turn'), undefined)).toBeUndefined();
    expect(queryOf(read(''), undefined)).toEqual({});
  });
});

/** @jest-environment node */
import { addressOf, readAddress, type Playground } from './playgroundAddress';
import { packText, unpackText } from './sharing';

async function throughAddress(state: Playground) {
  const url = new URL(`https://portal.example/events/patterns${await addressOf(state)}`);
  return { url, read: await readAddress(url.search, url.hash) };
}

it.each(['', '{ "a": ["Zoë 🚪", "&=#%+"] }', '{'.repeat(5000), '\u0000\n\t"'])(
  'a text comes through: %#',
  async text => {
    expect(await unpackText(await packText(text))).toBe(text);
    const state: Playground = { pattern: { kind: 'text', text }, event: { kind: 'text', text: `${text} ` } };
    const { url, read } = await throughAddress(state);
    expect(read).toEqual({ ...state, isBroken: false });
    // Nothing of it is sent to a server.
    expect(url.search).toBe('');
  },
);

it('what was not changed is named, not written out', async () => {
  const state: Playground = {
    pattern: { kind: 'subscription', id: 'abc' },
    event: { kind: 'example', ref: { source: 's', detailType: 'A & B', version: '1.0.0', example: 'one.json' } },
  };
  const { url, read } = await throughAddress(state);
  expect(url.hash).toBe('');
  expect(read).toEqual({ ...state, isBroken: false });
});

it('an example alone brings the pattern of its event type', async () => {
  const { pattern } = await readAddress('?source=s&detailType=D', '');
  expect(pattern).toEqual({ kind: 'text', text: '{\n  "source": ["s"],\n  "detail-type": ["D"]\n}' });
});

it.each(['#pattern=1!!!', '#pattern=1AAAA', '#pattern=0%E0%A4%A', '#pattern=zzz', '#pattern'])(
  '%s is cut off, and says so',
  async hash => {
    expect(await readAddress('', hash)).toEqual({
      pattern: { kind: 'text', text: '' },
      event: { kind: 'text', text: '' },
      isBroken: hash !== '#pattern',
    });
  },
);

it('does not unpack what would be enormous', async () => {
  expect(await unpackText(await packText(' '.repeat(5_000_000)))).toBeUndefined();
});

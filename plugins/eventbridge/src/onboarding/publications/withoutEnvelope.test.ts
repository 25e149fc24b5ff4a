import { withoutEnvelope } from './withoutEnvelope';

const EVENT = {
  version: '0',
  id: '1',
  'detail-type': 'Parcel Delivered',
  source: 'com.key.parcels',
  detail: { metadata: { id: 'a', schemaVersion: '1.0.0' }, data: { parcelId: 'p-1' } },
};
const DATA = JSON.stringify({ parcelId: 'p-1' }, null, 2);

describe('an example that is pasted', () => {
  it('is kept as it is where it is the data, and where it is no JSON yet', () => {
    for (const text of ['{"parcelId": "p-1"}', '{"detail": {"a": 1}}', '{"parcel', '[1]', 'null']) {
      expect(withoutEnvelope(text, {})).toEqual({ exampleText: text });
    }
  });

  it('gives its data, its source and its detail-type where it is a whole event', () => {
    expect(withoutEnvelope(JSON.stringify(EVENT), {})).toEqual({
      exampleText: DATA,
      source: 'com.key.parcels',
      detailType: 'Parcel Delivered',
    });
  });

  it('does not write over what somebody wrote', () => {
    const written = { source: 'com.key.mine', detailType: 'Parcel Lost' };
    expect(withoutEnvelope(JSON.stringify(EVENT), written)).toEqual({ exampleText: DATA });
  });

  it('gives the whole detail of an event that wraps nothing', () => {
    const foreign = { ...EVENT, detail: { state: 'running' } };
    expect(withoutEnvelope(JSON.stringify(foreign), {}).exampleText).toBe(
      JSON.stringify({ state: 'running' }, null, 2),
    );
  });
});

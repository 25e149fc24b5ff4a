import type { EventRepository } from '@busline/event-repository';
import { KEY_SUITE, keySuiteWith, KEY_SUITE_FILES } from '../__testUtils__/keySuite';
import { approvalsNeeded } from './people';

const EVENT = 'events/com.key.identity/identity-document-verified/event.yaml';
const SUBSCRIPTION = 'subscriptions/delivery-service/identity.yaml';
const SERVICE = 'services/delivery-service.yaml';
const subscribe = {
  [SUBSCRIPTION]: `description: Know who is there.
pattern: { source: [com.key.identity], detail-type: [Identity Document Verified] }
target: { type: sqs, name: delivery-identity }
`,
};
const edited = (path: string, from: RegExp, to: string) => {
  const text = KEY_SUITE_FILES.get(path)!;
  expect(text).toMatch(from);
  return { [path]: text.replace(from, to) };
};

const before = KEY_SUITE.read.repository;
const inWords = (after: EventRepository) =>
  approvalsNeeded(before, after).map(({ owner, service, subscription }) => `${owner} ${service}/${subscription}`);
const NEEDED = ['group:default/identity delivery-service/identity'];

describe('approvalsNeeded', () => {
  it.each([
    ['a subscription', {}],
    ['one that makes the event type public', edited(EVENT, /classification: restricted/, 'classification: public')],
    ['one that takes the event type over', edited(EVENT, /owner: \S+/, 'owner: group:default/deliveries')],
    ['one that claims to be of the owner', edited(SERVICE, /owner: \S+/, 'owner: group:default/identity')],
    ['one that takes the event type away', { [EVENT]: undefined }],
  ])('asks the owner of before for %s', (_, changes) => {
    expect(inWords(keySuiteWith({ ...subscribe, ...changes }).read.repository)).toEqual(NEEDED);
  });

  it('asks nobody twice, nor for what is not restricted', () => {
    const after = keySuiteWith(subscribe).read.repository;
    expect(approvalsNeeded(after, after)).toEqual([]);
    expect(approvalsNeeded(after, before)).toEqual([]);
  });
});

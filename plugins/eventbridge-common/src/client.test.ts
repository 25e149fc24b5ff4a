import { EventbridgeClient } from './client';

const urls: string[] = [];
const clientThatGets = (status: number, body: unknown) => {
  urls.length = 0;
  return new EventbridgeClient({
    discoveryApi: { getBaseUrl: async () => 'http://portal/api/eventbridge' },
    fetchApi: {
      fetch: async (input, init) => {
        urls.push(`${init?.method} ${input}`);
        return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
      },
    },
  });
};
const PAGE = { items: [], totalItems: 0 };

it.each([
  [
    { source: 'com.key', detailType: 'A/B?c#d e' },
    'GET http://portal/api/eventbridge/event-types/com.key/A%2FB%3Fc%23d%20e',
  ],
  [{ source: '../admin', detailType: '%2e' }, 'GET http://portal/api/eventbridge/event-types/..%2Fadmin/%252e'],
])('addresses %j safely', async (ref, url) => {
  await clientThatGets(200, {}).getEventType(ref);
  expect(urls).toEqual([url]);
});

it.each([
  { source: '..', detailType: 'x' },
  { source: 'x', detailType: '.' },
  { source: '', detailType: 'x' },
  { source: 'x', detailType: '\ud800' },
])('refuses %j, which no address can carry', async ref => {
  await expect(clientThatGets(200, {}).getEventType(ref)).rejects.toThrow(/cannot be part of an address/);
  expect(urls).toEqual([]);
});

it('repeats a filter for each of its values and leaves out what is not given', async () => {
  await clientThatGets(200, PAGE).listEventTypes({ domain: ['a', 'b&c'], q: undefined, limit: 5 });
  expect(urls).toEqual(['GET http://portal/api/eventbridge/event-types?domain=a&domain=b%26c&limit=5']);
});

it('asks for the counts of subscription filters', async () => {
  await clientThatGets(200, {}).getSubscriptionFacets({ q: 'a b', standing: ['drifted'], account: ['1', '2'] });
  expect(urls).toEqual([
    'GET http://portal/api/eventbridge/subscriptions/facets?q=a+b&standing=drifted&account=1&account=2',
  ]);
});

it.each([
  [400, 'InputError'],
  [401, 'AuthenticationError'],
  [403, 'NotAllowedError'],
  [404, 'NotFoundError'],
  [409, 'ConflictError'],
  [503, 'ServiceUnavailableError'],
  [500, 'ResponseError'],
])('throws on %d an error named %s with the message of the server', async (status, name) => {
  const body = { error: { name, message: 'What happened' }, request: {}, response: { statusCode: status } };
  await expect(clientThatGets(status, body).getOverview()).rejects.toMatchObject({
    name,
    message: expect.stringContaining(status === 500 ? '500' : 'What happened'),
  });
});

import { pullRequestsOf } from './webhooks';

describe('news of pull requests', () => {
  it.each([
    [
      { repository: { full_name: 'key/events' }, pull_request: { number: 12 } },
      [{ repository: 'key/events', number: 12 }],
    ],
    [
      { repository: { full_name: 'key/events' }, check_run: { pull_requests: [{ number: 3 }, { number: 4 }] } },
      [
        { repository: 'key/events', number: 3 },
        { repository: 'key/events', number: 4 },
      ],
    ],
    [{ repository: { full_name: 'key/events' }, zen: 'Keep it simple' }, []],
    [{ pull_request: { number: 12 } }, []],
    [{ repository: { full_name: 7 }, pull_request: { number: '12' } }, []],
    ['text', []],
    [null, []],
  ])('%j', (payload, expected) => {
    expect(pullRequestsOf(payload)).toEqual(expected);
  });
});

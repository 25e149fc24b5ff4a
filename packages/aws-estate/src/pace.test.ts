import { createPace } from './pace';

const call = { accountId: '1', region: 'r', action: 'events:ListRules' };

describe('pace', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** How many of so many calls may go out within so many milliseconds. */
  async function passed(pace: ReturnType<typeof createPace>, calls: number, milliseconds: number, at = call) {
    let done = 0;
    const count = () => {
      done += 1;
    };
    for (let i = 0; i < calls; i++) pace.take(at).then(count, () => {});
    await jest.advanceTimersByTimeAsync(milliseconds);
    return done;
  }

  it('keeps below the rate that AWS documents', async () => {
    const done = await passed(createPace(), 600, 10_000);
    expect(done).toBeLessThanOrEqual(50 * 10);
    expect(done).toBeGreaterThanOrEqual(50 * 0.8 * 10);
  });

  it('takes the rate that was raised', async () => {
    expect(await passed(createPace({ 'events:*': 200 }), 300, 1000)).toBeGreaterThan(140);
  });

  it('lets accounts, Regions and operations go beside each other', async () => {
    const pace = createPace();
    await passed(pace, 100, 0);
    for (const other of [
      { ...call, accountId: '2' },
      { ...call, region: 'q' },
      { ...call, action: 'events:ListTargetsByRule' },
    ]) {
      expect(await passed(pace, 5, 0, other)).toBe(5);
    }
  });

  it('slows down where AWS throttles, and comes back', async () => {
    const pace = createPace();
    const calm = await passed(createPace(), 200, 2000);
    for (let i = 0; i < 4; i++) pace.throttled(call);
    const slow = await passed(pace, 200, 2000);
    expect(slow).toBeLessThan(calm / 4);
    const recovered = createPace();
    for (let i = 0; i < 4; i++) recovered.throttled(call);
    for (let i = 0; i < 100; i++) recovered.succeeded(call);
    expect(await passed(recovered, 200, 2000)).toBeGreaterThan(calm / 2);
  });

  it('does not hold back what has no known rate', async () => {
    expect(await passed(createPace(), 1000, 0, { ...call, action: 'sqs:CreateQueue' })).toBe(1000);
  });

  it('stops waiting when it is cancelled', async () => {
    const pace = createPace({ 'events:*': 1 });
    const cancel = new AbortController();
    await pace.take(call);
    const waiting = pace.take(call, cancel.signal);
    cancel.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});

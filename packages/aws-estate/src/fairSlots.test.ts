import { createFairSlots } from './fairSlots';

const settle = () => new Promise(resolve => setImmediate(resolve));

describe('fair slots', () => {
  it('runs no more at once than there are slots', async () => {
    const slots = createFairSlots(3);
    let now = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        slots.run(`account-${i % 2}`, async () => {
          now += 1;
          most = Math.max(most, now);
          await settle();
          now -= 1;
        }),
      ),
    );
    expect(most).toBe(3);
  });

  it('gives everybody who waits one slot before anybody gets a second', async () => {
    const slots = createFairSlots(1);
    const order: string[] = [];
    const work = (name: string) => slots.run(name, async () => void order.push(name));
    await Promise.all([
      ...Array.from({ length: 5 }, () => work('large')),
      ...Array.from({ length: 2 }, () => work('small')),
      work('tiny'),
    ]);
    expect(order).toEqual(['large', 'large', 'small', 'tiny', 'large', 'small', 'large', 'large']);
  });

  it('gives the slot back after a failure', async () => {
    const slots = createFairSlots(1);
    await expect(slots.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(slots.run('a', async () => 'yes')).resolves.toBe('yes');
  });
});

import { letGoOfMemory, lettingGoOfMemory } from './letGoOfMemory';

const afterATurn = () => new Promise(resolve => setImmediate(resolve));

it('lets go of what nobody holds', async () => {
  const gone = new WeakRef({});
  const held = {};
  const stays = new WeakRef(held);
  await afterATurn();
  letGoOfMemory();
  expect(gone.deref()).toBeUndefined();
  expect(stays.deref()).toBe(held);
  expect(globalThis.gc).toBeUndefined();
});

it('gives what was run for, or why that failed', async () => {
  await expect(lettingGoOfMemory(async () => 'done')).resolves.toBe('done');
  await expect(lettingGoOfMemory(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
});

import type { ChangeStore } from './ChangeStore';

/** The same request may come again after it was closed, or after the service has left: each time with a branch of its own. */
export async function freeBranch(store: ChangeStore, wanted: string): Promise<string> {
  const branch = wanted.replace(NUMBERED, '$1');
  const taken = await store.branchesLike(branch);
  if (!taken.has(branch)) return branch;
  for (let number = 2; ; number++) if (!taken.has(`${branch}-${number}`)) return `${branch}-${number}`;
}

/** A branch that was numbered already: the request's hash is ten characters long, what is behind it is the number. */
const NUMBERED = /^(.*-[0-9a-f]{10})-\d+$/;

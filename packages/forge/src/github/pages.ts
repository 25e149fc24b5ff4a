import { ForgeError } from '../errors';

/** GitHub's largest page. */
export const PAGE_SIZE = 100;
/** 10,000 pull requests, statuses or files: more is no answer to any question asked here. */
const MAX_PAGES = 100;

/** All items of all pages. */
export async function allPages<Answer, Item>(
  pages: AsyncIterable<Answer>,
  pick: (answer: Answer) => readonly Item[],
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let count = 0;
  for await (const answer of pages) {
    items.push(...pick(answer));
    count += 1;
    if (count >= MAX_PAGES) throw new ForgeError('failed', `GitHub has more than ${MAX_PAGES} pages to give`);
  }
  return items;
}

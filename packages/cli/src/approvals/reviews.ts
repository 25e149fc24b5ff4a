import { UsageError } from '../errors';

/** What people said of a pull request. */
export interface Reviews {
  /** Login of who opened it, who cannot approve it. */
  readonly author: string;
  /** The commit that would be merged: only what was said of it counts. */
  readonly head: string;
  readonly reviews: readonly Review[];
  /** Logins by team: `@organisation/team`. A team that is not here could not be read. */
  readonly teams: ReadonlyMap<string, readonly string[]>;
}

interface Review {
  readonly login: string;
  readonly state: string;
  readonly commit: string;
}

const SHAPE =
  '{ "author": login, "head": commit, "reviews": [GitHub\'s answer about reviews], "teams": { "@organisation/team": [login] } }';

/**
 * Reads the file that the workflow writes: GitHub's own answer about reviews, and the members of the teams.
 * https://docs.github.com/rest/pulls/reviews#list-reviews-for-a-pull-request
 * @throws UsageError naming the member that is not as it should be
 */
export function parseReviews(text: string): Reviews {
  const value = parse(text);
  if (!isObject(value)) throw wrong('the document', 'an object');
  const { author, head, reviews, teams = {} } = value;
  if (typeof author !== 'string' || author === '') throw wrong('author', 'a login');
  if (typeof head !== 'string' || !/^[0-9a-f]{40,64}$/.test(head)) throw wrong('head', 'the id of a commit');
  if (!Array.isArray(reviews)) throw wrong('reviews', 'a list');
  if (!isObject(teams)) throw wrong('teams', 'an object');
  return {
    author: author.toLowerCase(),
    head,
    reviews: reviews.flatMap(reviewAt),
    teams: new Map(
      Object.entries(teams).map(([team, members]) => {
        if (!Array.isArray(members) || !members.every(login => typeof login === 'string')) {
          throw wrong(`teams.${team}`, 'a list of logins');
        }
        return [team.toLowerCase(), members.map(login => login.toLowerCase())];
      }),
    ),
  };
}

function reviewAt(value: unknown, index: number): readonly Review[] {
  if (!isObject(value)) throw wrong(`reviews[${index}]`, 'an object');
  const { user, state, commit_id: commit } = value;
  if (typeof state !== 'string') throw wrong(`reviews[${index}].state`, 'a text');
  // Of an account that is gone, and of a commit that is gone, GitHub says null.
  if (user === null || commit === null || commit === undefined) return [];
  if (!isObject(user) || typeof user.login !== 'string') throw wrong(`reviews[${index}].user.login`, 'a login');
  if (typeof commit !== 'string') throw wrong(`reviews[${index}].commit_id`, 'the id of a commit');
  return [{ login: user.login.toLowerCase(), state: state.toUpperCase(), commit }];
}

/** Logins whose last word on the head is an approval. A comment alone changes no verdict. */
export function approvers({ author, head, reviews }: Reviews): ReadonlySet<string> {
  const last = new Map<string, string>();
  for (const { login, state, commit } of reviews) {
    if (login === author || commit !== head || state === 'COMMENTED' || state === 'PENDING') continue;
    last.set(login, state);
  }
  return new Set([...last].filter(([, state]) => state === 'APPROVED').map(([login]) => login));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--reviews: no JSON: ${(error as Error).message}`);
  }
}

function wrong(what: string, expected: string): UsageError {
  return new UsageError(`--reviews: ${what} is not ${expected}; expected ${SHAPE}`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

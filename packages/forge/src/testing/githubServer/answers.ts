/** What a route gives back: a body to be completed, and pages where it is a list. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** How many items come behind this page and before it, for the Link header. */
  readonly pages?: { readonly page: number; readonly last: number };
}

export interface RouteRequest {
  readonly values: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- checked against the description before it comes here
  readonly body: any;
  /** `owner/name`. */
  readonly repository: string;
}

export type Route = (request: RouteRequest) => Promise<Answer>;

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const nothing: Answer = { status: 204 };
export const refuse = (status: number, message: string, errors?: readonly unknown[]): Answer => ({
  status,
  body: {
    message,
    documentation_url: 'https://docs.github.com/rest',
    status: String(status),
    ...(errors && { errors }),
  },
});
export const notFound = refuse(404, 'Not Found');
export const invalid = (message: string, ...errors: readonly unknown[]): Answer => refuse(422, message, errors);

/** GitHub's pages: 30 items by default and 100 at most. */
export function paged<T>(
  query: URLSearchParams,
  items: readonly T[],
  wrap: (page: readonly T[]) => unknown = page => page,
): Answer {
  const size = Math.min(Number(query.get('per_page') ?? 30), 100);
  const page = Number(query.get('page') ?? 1);
  const body = wrap(items.slice((page - 1) * size, page * size));
  return { status: 200, body, pages: { page, last: Math.max(1, Math.ceil(items.length / size)) } };
}

import { expect, type APIRequestContext } from '@playwright/test';
import type { SampleUser } from './portal';

/** Calls the API as one of the sample users, as the pages do; that of another plugin by its whole path. */
export async function call<T>(
  request: APIRequestContext,
  user: SampleUser,
  method: 'GET' | 'POST',
  url: string,
  data?: unknown,
): Promise<T> {
  const session = await request.get('/api/auth/sample/refresh?env=development', {
    headers: { 'x-busline-sample-user': user, 'x-requested-with': 'XMLHttpRequest' },
  });
  const { backstageIdentity } = await session.json();
  const response = await request.fetch(url.startsWith('/api/') ? url : `/api/eventbridge${url}`, {
    method,
    headers: { authorization: `Bearer ${backstageIdentity.token}` },
    ...(data !== undefined && { data }),
  });
  expect(response.ok(), `${method} ${url}: ${await response.text()}`).toBe(true);
  return response.json();
}

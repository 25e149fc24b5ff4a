import type { Outcome } from './targets';

/** Longer than this, a callback counts as hanging. */
const TIMEOUT_MS = 30_000;

/**
 * Calls the URL that stands for a function with the event as JSON. Any 2xx takes it; 429 and 5xx are tried again,
 * as is no answer at all; another answer refuses it.
 */
export async function invokeLambda(url: string, payload: string): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: payload,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.arrayBuffer();
    if (response.ok) return { kind: 'delivered' };
    const throttled = response.status === 429;
    return {
      kind: 'failed',
      code: throttled ? 'THROTTLING' : 'ERROR_FROM_TARGET',
      message: `The function's callback ${url} answered ${response.status} ${response.statusText}`.trim(),
      retryable: throttled || response.status >= 500,
    };
  } catch (error) {
    const { name, message } = error as Error;
    const timedOut = name === 'TimeoutError';
    return {
      kind: 'failed',
      code: timedOut ? 'TIMEOUT' : 'CONNECTION_FAILURE',
      message: `The function's callback ${url} did not answer: ${message}`,
      retryable: true,
    };
  }
}

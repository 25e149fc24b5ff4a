/** Why the forge did not do it, for code; the message is for people. */
export type ForgeFailure =
  /** A name, path or value that no forge takes. */
  | 'invalid'
  | 'not-found'
  /** The credentials are missing, not taken, or may not do this. */
  | 'forbidden'
  /** The forge understood and refused (422): closed, empty, a reviewer who is the author. */
  | 'rejected'
  /** Does not merge, or somebody was faster. */
  | 'conflict'
  /** A branch protection rule refuses. */
  | 'protected'
  | 'rate-limited'
  | 'timeout'
  | 'unreachable'
  | 'cancelled'
  | 'unsupported'
  /** The forge itself failed, or answered what nobody expects. */
  | 'failed';

export interface ForgeErrorDetails {
  readonly repository?: string;
  /** Of a conflict. */
  readonly paths?: readonly string[];
  /** Of a protected branch: who has yet to agree. */
  readonly awaited?: readonly string[];
  /** Of a rate limit: seconds until it is worth another try. */
  readonly retryAfter?: number;
  /** HTTP status, where the forge answered. */
  readonly status?: number;
}

/** What went wrong on a forge. The message says where, what and why in words and never holds credentials. */
export class ForgeError extends Error {
  readonly kind: ForgeFailure;
  readonly repository?: string;
  readonly paths: readonly string[];
  readonly awaited: readonly string[];
  readonly retryAfter?: number;
  readonly status?: number;

  constructor(kind: ForgeFailure, message: string, details: ForgeErrorDetails = {}) {
    super(safeText(message));
    this.name = 'ForgeError';
    this.kind = kind;
    this.repository = details.repository;
    this.paths = details.paths ?? [];
    this.awaited = details.awaited ?? [];
    this.retryAfter = details.retryAfter;
    this.status = details.status;
  }
}

/** Failures that may pass by themselves: worth another try later. */
const PASSING: ReadonlySet<ForgeFailure> = new Set(['rate-limited', 'timeout', 'unreachable', 'failed']);

export function isPassing(error: unknown): boolean {
  return error instanceof ForgeError && PASSING.has(error.kind);
}

/** Room for a list of conflicting paths, and an end to what a forge may send. */
const MAX_MESSAGE = 2_000;

/** Text without what looks like a token, a key or a password. */
export function safeText(text: string): string {
  return text
    .replace(/\bgh[a-z]_[A-Za-z0-9_]{6,}/g, '(token)')
    .replace(/\bgithub_pat_\w+/g, '(token)')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '(token)')
    .replace(/\b((?:bearer|token|basic)\s+)[\w.+/=:~-]{8,}/gi, '$1(hidden)')
    .replace(/(\/\/)[^\s/@]+@/g, '$1')
    .replace(/((?:access_token|token|secret|password|signature)["']?\s*[:=]\s*["']?)[^\s"',;&]+/gi, '$1(hidden)')
    .slice(0, MAX_MESSAGE);
}

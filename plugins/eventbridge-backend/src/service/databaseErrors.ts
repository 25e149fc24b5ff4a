import { isError, ServiceUnavailableError } from '@backstage/errors';
import type { ErrorRequestHandler } from 'express';

/** Node's, Postgres's (class 08 and 57P0x: "PostgreSQL Error Codes"), knex's and SQLite's names for "not there". */
const UNAVAILABLE_CODES =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|EHOSTUNREACH|08...|57P0[123]|53300|SQLITE_(BUSY|LOCKED|CANTOPEN|IOERR|FULL).*)$/;
const UNAVAILABLE_MESSAGES =
  /Connection terminated|Timeout acquiring a connection|Connection ended|Unable to acquire a connection|database connection is not open|connection timeout|aborted/i;

export function isDatabaseAway(error: unknown): boolean {
  if (!isError(error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && UNAVAILABLE_CODES.test(code)) return true;
  if (error instanceof AggregateError && error.errors.some(isDatabaseAway)) return true;
  return error.name === 'KnexTimeoutError' || (isFromDatabase(error) && UNAVAILABLE_MESSAGES.test(error.message));
}

/** Whether it is an error of SQLite or of Postgres (with an SQLSTATE and a severity), or was thrown by their drivers. */
export function isFromDatabase(error: unknown): boolean {
  if (!isError(error)) return false;
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  if (typeof code === 'string' && (code.startsWith('SQLITE_') || (/^[0-9A-Z]{5}$/.test(code) && severity))) return true;
  return /node_modules[\\/](pg|pg-pool|pg-protocol|knex|tarn|better-sqlite3)[\\/]/.test(error.stack ?? '');
}

/** Says that the database is away instead of showing what its driver says; that goes to the log with the request. */
export const databaseErrorHandler: ErrorRequestHandler = (error, _req, _res, next) => {
  next(
    isDatabaseAway(error)
      ? new ServiceUnavailableError(
          'The portal’s database does not answer at the moment. Nothing is lost; try again shortly.',
          error,
        )
      : error,
  );
};

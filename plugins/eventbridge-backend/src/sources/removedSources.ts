import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { writing } from '../database/writing';
import { createDeclaredContext } from '../ingest/declaredContext';
import { finishEstate, NOTHING_DECLARED } from '../ingest/writeEstate';
import { writeRepository } from '../ingest/writeRepository';

interface RemovedRow {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
}

/**
 * Takes away what sources said that the configuration no longer has, as if they had become empty. One source after the
 * other has a transaction of its own behind the lock of all writers, so that of several replicas that start together one
 * does it and the others find nothing to do. A replica with an older configuration that still reads such a source finds
 * no row of it and writes nothing (`isConfigured`).
 */
export async function removeSources(
  knex: Knex,
  configured: readonly string[],
  { logger, now }: { readonly logger: LoggerService; readonly now: Date },
): Promise<void> {
  const rows: { id: string }[] = await knex('sources').whereNotIn('id', configured).orderBy('position').select('id');
  for (const { id } of rows) {
    const removed = await writing(knex, async trx => removeSource(trx, id, now));
    if (removed) logger.info(`Source ${id} is no longer configured: what it declared or observed was removed`);
  }
}

async function removeSource(trx: Knex, id: string, now: Date): Promise<boolean> {
  const source: RemovedRow | undefined = await trx('sources').where({ id }).first('id', 'kind', 'title');
  if (!source) return false;
  if (source.kind === 'aws') {
    await finishEstate(trx, source, [], now);
  } else {
    const context = createDeclaredContext(NOTHING_DECLARED, { sourceId: id, sourceTitle: source.title });
    await writeRepository(trx, context, [], now, { before: undefined, after: undefined });
  }
  await trx('source_problems').where({ source_id: id }).delete();
  await trx('sources').where({ id }).delete();
  return true;
}

/** Whether the source is still there; ask it within the transaction that writes. */
export async function isConfigured(trx: Knex, id: string): Promise<boolean> {
  return (await trx('sources').where({ id }).first('id')) !== undefined;
}

import type { Knex } from 'knex';

/**
 * What follows from several sources at once: which source's declaration of an event type counts.
 * The first source in the configuration that has it, so that an observed type gives way to a declared one.
 */
export async function derivePrimary(trx: Knex): Promise<void> {
  await trx.raw(`
    UPDATE event_types SET is_primary = NOT is_primary
    WHERE is_primary <> (NOT EXISTS (
      SELECT 1 FROM event_types AS other
      JOIN sources AS other_source ON other_source.id = other.source_id
      JOIN sources AS own_source ON own_source.id = event_types.source_id
      WHERE other.source = event_types.source
        AND other.detail_type = event_types.detail_type
        AND other_source.position < own_source.position
    ))`);
}

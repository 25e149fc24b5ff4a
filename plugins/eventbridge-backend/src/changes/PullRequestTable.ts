import type { NewPullRequest, PullRequestRecord, PullRequestStore, RecordFilter } from '@busline/forge';
import type { Knex } from 'knex';

/** Two that open at once may want the same number; each round one of them gets it. */
const MAX_ROUNDS = 50;

interface Row {
  readonly document: string;
}

/** Pull requests of the local forge in the plugin's database, shared by all replicas. */
export function createPullRequestTable(knex: Knex): PullRequestStore {
  const table = () => knex('forge_pull_requests');
  const findOpen = async ({ repository, head, base }: NewPullRequest) =>
    toRecord(
      await table().where({ repository, state: 'open', head: head.branch, base: base.branch }).first('document'),
    );
  return {
    async open(draft) {
      for (let round = 0; round < MAX_ROUNDS; round++) {
        const standing = await findOpen(draft);
        if (standing) return { record: standing, created: false };
        const { repository } = draft;
        const last: { number?: number | null } | undefined = await table()
          .where({ repository })
          .max({ number: 'number' })
          .first();
        const record: PullRequestRecord = { ...draft, number: Number(last?.number ?? 0) + 1, version: 1 };
        // Taken numbers and a second open one are refused by the keys; then somebody else was faster.
        const inserted = await table().insert(toRow(record)).onConflict().ignore().returning('number');
        if (inserted.length === 1) return { record, created: true };
      }
      throw new Error(`No number was free for a pull request in ${draft.repository} after ${MAX_ROUNDS} rounds`);
    },
    async get(repository, number) {
      return toRecord(await table().where({ repository, number }).first('document'));
    },
    async list(repository, filter) {
      const rows: Row[] = await table()
        .where({ repository, ...toColumns(filter) })
        .orderBy('number', 'desc')
        .select('document');
      return rows.map(row => toRecord(row)!);
    },
    async replace(record) {
      const { repository, number, version } = record;
      return (
        (await table()
          .where({ repository, number, version: version - 1 })
          .update(toRow(record))) === 1
      );
    },
  };
}

function toRow(record: PullRequestRecord) {
  return {
    repository: record.repository,
    number: record.number,
    version: record.version,
    state: record.state,
    head: record.head.branch,
    base: record.base.branch,
    document: JSON.stringify(record),
  };
}

function toRecord(row: Row | undefined): PullRequestRecord | undefined {
  return row && (JSON.parse(row.document) as PullRequestRecord);
}

function toColumns({ state, head, base }: RecordFilter) {
  return {
    ...(state !== undefined && { state }),
    ...(head !== undefined && { head }),
    ...(base !== undefined && { base }),
  };
}

import { randomUUID } from 'node:crypto';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import createKnex, { type Knex } from 'knex';

export type DatabaseKind = 'SQLite' | 'Postgres';
export const DATABASES: readonly DatabaseKind[] = ['SQLite', 'Postgres'];

const MIGRATIONS = resolvePackagePath('@busline/plugin-eventbridge-backend', 'migrations');
const opened: Knex[] = [];

/** A fresh database with the plugin's tables. Call `closeDatabases` after all tests of a file. */
export async function openTestDatabase(kind: DatabaseKind): Promise<Knex> {
  const knex = open(kind === 'SQLite' ? sqlite() : await postgres());
  await knex.migrate.latest({ directory: MIGRATIONS });
  return knex;
}

/** As many clients as replicas, all of one fresh Postgres database without tables. */
export async function openEmptyPostgres(replicas: number): Promise<readonly Knex[]> {
  const config = await postgres();
  return Array.from({ length: replicas }, () => open(config));
}

/** As many clients as replicas, all of one fresh Postgres database with the plugin's tables. */
export async function openPostgresReplicas(replicas: number): Promise<readonly Knex[]> {
  const clients = await openEmptyPostgres(replicas);
  await clients[0]!.migrate.latest({ directory: MIGRATIONS });
  return clients;
}

function open(config: Knex.Config): Knex {
  const knex = createKnex(config);
  opened.push(knex);
  return knex;
}

export async function closeDatabases(): Promise<void> {
  await Promise.all(opened.splice(0).map(knex => knex.destroy()));
}

function sqlite(): Knex.Config {
  return {
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  };
}

async function postgres(): Promise<Knex.Config> {
  const server = process.env.BUSLINE_TEST_POSTGRES!;
  const database = `busline_${randomUUID().replaceAll('-', '')}`;
  const admin = createKnex({ client: 'pg', connection: server });
  await admin.raw('CREATE DATABASE ??', [database]);
  await admin.destroy();
  const connection = new URL(server);
  connection.pathname = `/${database}`;
  return { client: 'pg', connection: connection.href, pool: { min: 0, max: 5 } };
}

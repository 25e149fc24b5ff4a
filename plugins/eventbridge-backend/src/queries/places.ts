import type { Account } from '@busline/event-repository';
import { parseArn } from '@busline/infrastructure';
import type { AccountRef, BusRef } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import { toAccountRef } from '../ingest/declaredContext';

/** Names of accounts, by their ids. Where two sources name one, the first counts. */
export async function readAccounts(knex: Knex): Promise<ReadonlyMap<string, Account>> {
  const rows: { document: string }[] = await knex({ a: 'accounts' })
    .join({ s: 'sources' }, 's.id', 'a.source_id')
    .orderBy([{ column: 's.position', order: 'desc' }, 'a.name'])
    .select('a.document');
  const accounts = rows.map(row => JSON.parse(row.document) as Account);
  return new Map(accounts.map(account => [account.id, account]));
}

export function accountRefOf(accounts: ReadonlyMap<string, Account>, id: string): AccountRef {
  return toAccountRef(id, accounts.get(id));
}

export interface BusPlaceRow {
  readonly arn: string;
  readonly name: string;
  readonly account_id: string;
  readonly region: string;
  readonly environment: string;
}

export function toBusRefOf(row: BusPlaceRow, accounts: ReadonlyMap<string, Account>): BusRef {
  return {
    arn: row.arn,
    name: row.name,
    account: accountRefOf(accounts, row.account_id),
    region: row.region,
    ...((row.environment || accounts.get(row.account_id)?.environment) && {
      environment: row.environment || accounts.get(row.account_id)!.environment,
    }),
  };
}

const CONSOLE_DOMAIN: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** The page of a rule in the AWS console. */
export function ruleConsoleUrl(arn: string, busName: string, ruleName: string): string {
  const { partition = 'aws', region = '' } = parseArn(arn) ?? {};
  const domain = CONSOLE_DOMAIN[partition] ?? CONSOLE_DOMAIN.aws;
  const path = `eventbus/${encodeURIComponent(busName)}/rules/${encodeURIComponent(ruleName)}`;
  return `https://${region}.${domain}/events/home?region=${region}#/${path}`;
}

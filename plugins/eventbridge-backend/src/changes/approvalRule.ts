import type { ProtectionRule } from '@busline/forge';
import type { Knex } from 'knex';
import type { ChangeStore } from './ChangeStore';

/**
 * What protects main on the portal's own forge: every owner whose approval the plan asks for has given it, nobody asks
 * for changes, and no check fails. An approval counts for an owner when the reviewer belonged to that group as they gave it.
 */
export function approvalRule(knex: Knex, store: ChangeStore): ProtectionRule {
  return async ({ pullRequest, verdicts, checks }) => {
    const objection = verdicts.find(({ verdict }) => verdict === 'changes-requested');
    if (objection) {
      return { kind: 'refused', reason: `${objection.by} asks for changes`, awaited: [objection.by] };
    }
    const failed = checks.find(({ state }) => state === 'failed');
    if (failed) {
      const why = failed.description ? `: ${failed.description}` : '';
      return { kind: 'refused', reason: `The check ${failed.name} fails${why}`, awaited: [] };
    }
    const { repository, number, head } = pullRequest;
    const record = await store.findByBranch(repository, head.branch);
    const isForEvents = record?.pullRequests.some(pull => pull.role === 'events' && pull.repository === repository);
    if (!record || !isForEvents) return { kind: 'allowed' };
    const needed = record.plan.people.filter(person => person.mustApprove).map(person => person.owner);
    const approvers = verdicts.filter(({ verdict }) => verdict === 'approved').map(({ by }) => by);
    const given = await claimsOf(knex, repository, number, approvers);
    const awaited = needed.filter(owner => !given.has(owner.toLowerCase()));
    if (awaited.length === 0) return { kind: 'allowed' };
    return { kind: 'refused', reason: `The approval of ${awaited.join(' and ')} is missing`, awaited };
  };
}

async function claimsOf(
  knex: Knex,
  repository: string,
  number: number,
  approvers: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows: { claims: string }[] = await knex('change_reviews')
    .where({ repository, number })
    .whereIn('by', [...approvers])
    .select('claims');
  return new Set(rows.flatMap(({ claims }) => JSON.parse(claims) as string[]));
}

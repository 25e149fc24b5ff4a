import { DescribeStackEventsCommand, type StackEvent } from '@aws-sdk/client-cloudformation';
import type { Place } from './stackState';

/** A resource that could not be made, changed or taken away, with AWS's reason. */
export interface FailedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly reason: string;
}

const BEGINNINGS = new Set(['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS', 'IMPORT_IN_PROGRESS']);
/** Of what else was under way when one resource failed. */
const CANCELLED = /^Resource (creation|update|deletion) cancelled/i;
/** Nobody makes that many events in one deployment; what is older belongs to another one. */
const MAX_PAGES = 20;

/** Why the last operation on a stack failed: from its events, newest first, up to where the operation began. */
export async function failedResources({ caller, clients }: Place, stackId: string): Promise<readonly FailedResource[]> {
  const failed: FailedResource[] = [];
  let token: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const NextToken = token;
    const answer = await caller.call('cloudformation:DescribeStackEvents', options =>
      clients.cloudformation.send(new DescribeStackEventsCommand({ StackName: stackId, NextToken }), options),
    );
    for (const event of answer.StackEvents ?? []) {
      if (isBeginning(event, stackId)) return failed.reverse();
      const reason = event.ResourceStatusReason ?? '';
      if (!event.ResourceStatus?.endsWith('_FAILED') || CANCELLED.test(reason)) continue;
      if (event.PhysicalResourceId === stackId) continue;
      failed.push({ logicalId: event.LogicalResourceId ?? '', type: event.ResourceType ?? '', reason });
    }
    token = answer.NextToken;
    if (!token) break;
  }
  return failed.reverse();
}

function isBeginning(event: StackEvent, stackId: string): boolean {
  return event.PhysicalResourceId === stackId && BEGINNINGS.has(event.ResourceStatus ?? '');
}

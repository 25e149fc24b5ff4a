import { defaultQuotas, MAX_TEMPLATE_BYTES, templateText, type Quotas, type Stack } from '@busline/infrastructure';
import type { QuotaChange } from '../plan/plan';

type Use = Pick<QuotaChange, 'name' | 'unit' | 'limit' | 'wayOut'> & { readonly of: (stack: Stack) => number };

const SPLIT =
  'Let one subscription of the service take several event types instead of one each, or give part of them to a second service';

/**
 * What CloudFormation limits of one stack. Alarms are in a stack of their own by then. A larger template could go by a bucket:
 * that would need one in every account and Region, and the deployer to read it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const usesOf = ({ stackResources }: Quotas): readonly Use[] => [
  {
    name: 'template size',
    unit: 'bytes',
    limit: MAX_TEMPLATE_BYTES,
    of: stack => templateText(stack).length,
    wayOut: `${SPLIT}: CloudFormation takes no larger template in a request.`,
  },
  {
    name: 'resources',
    unit: 'resources',
    limit: stackResources,
    of: ({ template }) => Object.keys(template.Resources ?? {}).length,
    wayOut: `${SPLIT}: CloudFormation makes no more in one stack.`,
  },
];

/** The limits of each stack that would change. */
export function stackQuotaChanges(
  before: readonly { readonly stack: Stack }[],
  after: readonly { readonly stack: Stack }[],
  limits: Partial<Quotas>,
): readonly QuotaChange[] {
  const was = new Map(before.map(({ stack }) => [stack.name, stack]));
  return after.flatMap(({ stack }) =>
    usesOf({ ...defaultQuotas, ...limits }).flatMap(({ of, wayOut, ...use }): QuotaChange[] => {
      const known = was.get(stack.name);
      const change = { before: known ? of(known) : 0, after: of(stack) };
      if (change.before === change.after) return [];
      const exceeded = change.after > use.limit && change.after > change.before;
      return [{ ...use, of: `stack ${stack.name}`, ...change, exceeded, ...(exceeded && { wayOut }) }];
    }),
  );
}

import type { Stack } from './stack';

/**
 * CloudFormation's limit on a template in a request, in bytes; more goes by a bucket only.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const MAX_TEMPLATE_BYTES = 51_200;

/**
 * The template as it is sent to CloudFormation: JSON, since that is shorter than YAML by its indentation, in ASCII, so that
 * its length is its bytes.
 */
export function templateText({ template }: Pick<Stack, 'template'>): string {
  return JSON.stringify(template).replace(
    /[\u007f-\uffff]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

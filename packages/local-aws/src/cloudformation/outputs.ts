import { validationError } from './errors';
import type { Output } from './stack';
import { conditionHolds, resolve, type TemplateScope } from './template/resolve';

/** A stack's outputs, where their conditions hold. */
export function outputsOf(scope: TemplateScope): readonly Output[] {
  const outputs: Output[] = [];
  for (const { name, value, description, condition, exportName } of scope.template.outputs.values()) {
    if (condition !== undefined && !conditionHolds(scope, condition)) continue;
    outputs.push({
      key: name,
      value: outputText(name, resolve(scope, value)),
      description,
      exportName: exportName === undefined ? undefined : outputText(name, resolve(scope, exportName)),
    });
  }
  return outputs;
}

function outputText(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  if (typeof value !== 'object') return String(value);
  throw validationError(
    `Template format error: Output ${name} is malformed. The Value field of every Outputs member must evaluate to a String.`,
  );
}

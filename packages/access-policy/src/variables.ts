import type { ContextLookup } from './context';

const VARIABLE = /\$\{([^{}]*)\}/g;
const WITH_DEFAULT = /^\s*([^,\s]+)\s*(?:,\s*'([^']*)'\s*)?$/;

/**
 * Puts context values in for policy variables: `${aws:PrincipalAccount}`, `${aws:PrincipalTag/team, 'none'}`,
 * `${*}`. Gives nothing where a variable has no single value and no default: the statement then does not match.
 * Source: "IAM policy elements: variables and tags".
 */
export function expandVariables(text: string, context: ContextLookup): string | undefined {
  if (!text.includes('${')) return text;
  let missing = false;
  const expanded = text.replace(VARIABLE, (_whole, inner: string) => {
    if (inner === '*' || inner === '?' || inner === '$') return inner;
    const match = WITH_DEFAULT.exec(inner);
    const values = match ? context(match[1]) : undefined;
    if (values?.length === 1) return String(values[0]);
    if (match?.[2] !== undefined) return match[2];
    missing = true;
    return '';
  });
  return missing ? undefined : expanded;
}

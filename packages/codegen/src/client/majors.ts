export function majorOf(version: string): number {
  return Number(version.split('.')[0]) || 0;
}

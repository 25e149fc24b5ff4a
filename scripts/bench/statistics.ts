/** The value below which a share of the sorted values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

export const median = (values: readonly number[]) => quantile(values, 0.5);

/** Runs `work` several times, one after the other, after a warm-up; gives milliseconds each. */
export async function times(count: number, work: (run: number) => Promise<unknown>): Promise<number[]> {
  const WARM_UP = 20;
  const taken: number[] = [];
  for (let run = -WARM_UP; run < count; run += 1) {
    const from = performance.now();
    await work(run + WARM_UP);
    if (run >= 0) taken.push(performance.now() - from);
  }
  return taken;
}

/** A Markdown table with columns of one width. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(rows[0]), line(widths.map(width => '-'.repeat(width))), ...rows.slice(1).map(line)].join('\n');
}

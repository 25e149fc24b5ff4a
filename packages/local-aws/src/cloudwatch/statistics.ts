/**
 * What a period knows about the values that fell into it: enough for every statistic that is asked for, in little room.
 * Percentiles come from a histogram whose steps grow by 2 %, so they are right to about 1 %.
 */
export interface Summary {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** Step and how often, in turns; left out where all values are the same. */
  readonly histogram?: readonly number[];
}

const STEP = Math.log(1.02);
/** Values up to zero share one step below all others. */
const ZERO_STEP = -100_000;

const stepOf = (value: number) => (value > 0 ? Math.round(Math.log(value) / STEP) : ZERO_STEP);
const valueOfStep = (step: number) => (step === ZERO_STEP ? 0 : Math.exp(step * STEP));

/** @param times - how often the value occurred */
export function summaryOf(value: number, times = 1): Summary {
  return { count: times, sum: value * times, min: value, max: value };
}

export function mergeSummaries(a: Summary, b: Summary): Summary {
  const merged = {
    count: a.count + b.count,
    sum: a.sum + b.sum,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
  };
  return merged.min === merged.max ? merged : { ...merged, histogram: mergeHistograms(a, b) };
}

function mergeHistograms(a: Summary, b: Summary): readonly number[] {
  const steps = new Map<number, number>();
  for (const summary of [a, b]) {
    const { histogram = [stepOf(summary.min), summary.count] } = summary;
    for (let i = 0; i < histogram.length; i += 2) {
      const [step, times] = [histogram[i], histogram[i + 1]];
      steps.set(step, (steps.get(step) ?? 0) + times);
    }
  }
  return [...steps].sort(([x], [y]) => x - y).flat();
}

const PERCENTILE = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/;

/** Reads a value out of a summary by a statistic's name, or gives nothing where the name is no statistic. */
export function statisticOf(name: string): ((summary: Summary) => number) | undefined {
  switch (name) {
    case 'SampleCount':
      return summary => summary.count;
    case 'Sum':
      return summary => summary.sum;
    case 'Average':
      return summary => summary.sum / summary.count;
    case 'Minimum':
      return summary => summary.min;
    case 'Maximum':
      return summary => summary.max;
    default: {
      const percentile = PERCENTILE.exec(name);
      return percentile ? summary => percentileOf(summary, Number(percentile[1])) : undefined;
    }
  }
}

function percentileOf(summary: Summary, percent: number): number {
  const { histogram, min, max, count } = summary;
  if (!histogram) return min;
  let left = Math.max(1, Math.ceil((percent / 100) * count));
  const last = histogram.length - 2;
  for (let i = 0; i < last; i += 2) {
    left -= histogram[i + 1];
    // The ends are known exactly.
    if (left <= 0) return i === 0 ? min : valueOfStep(histogram[i]);
  }
  return max;
}

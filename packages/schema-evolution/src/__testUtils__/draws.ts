/** Choices of a generated case: the same for the same seed. */
export interface Draw {
  of<T>(values: readonly T[]): T;
  upTo(max: number): number;
  chance(share: number): boolean;
  some<T>(values: readonly T[], share: number): readonly T[];
}

/** Mulberry32. */
export function drawFrom(seed: number): Draw {
  let state = Math.floor(seed);
  /* eslint-disable no-bitwise */
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  /* eslint-enable no-bitwise */
  const upTo = (max: number) => Math.floor(random() * (max + 1));
  return {
    upTo,
    of: values => values[upTo(values.length - 1)],
    chance: share => random() < share,
    some: (values, share) => values.filter(() => random() < share),
  };
}

/** How long two versions of a schema take to compare: pairs that differ, generated at two sizes, and versions of GitHub's webhook events. */
import { compareSchemas, type ContentModel } from '@busline/schema-evolution';
import { schemaPairs } from './evolutionPairs';
import { median, quantile, table } from './statistics';

const SEED = 1;
const PAIRS = 300;
const WARM_UP = 100;
/** Bytes of the old version, and the median that is aimed for. */
const SIZES: readonly (readonly [number, number])[] = [
  [5_000, 5],
  [16_000, 15],
];
const MODELS: readonly ContentModel[] = ['closed-world', 'open'];

/** Milliseconds of this thread's own work: what else the machine does is not counted. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

interface Measured {
  readonly taken: readonly number[];
  readonly bytes: number;
  readonly unknown: number;
}

export function measurePairs(bytes: number, contentModel: ContentModel): Measured {
  // the pairs that warm up are others, and each is parsed anew: nothing is remembered of one that is timed
  const pairs = [...schemaPairs(bytes, WARM_UP, 1_000_000), ...schemaPairs(bytes, PAIRS, SEED)];
  let unknown = 0;
  const taken = pairs.map(({ old, next }) => {
    const versions = [structuredClone(old), structuredClone(next)];
    const from = threadMs();
    const { backward, forward } = compareSchemas(versions[0], versions[1], { contentModel });
    const ms = threadMs() - from;
    unknown += [backward, forward].filter(({ kind }) => kind === 'unknown').length;
    return ms;
  });
  return { taken: taken.slice(WARM_UP), bytes: median(pairs.map(each => each.bytes)), unknown };
}

const ms = (value: number) => `${value.toFixed(1)} ms`;

export function benchSchemaVersions(): string {
  const rows: string[][] = [['size', 'read', 'pairs', 'median', 'p95', 'aim (median)', 'unknown']];
  for (const [size, aim] of SIZES) {
    for (const model of MODELS) {
      const { taken, bytes, unknown } = measurePairs(size, model);
      rows.push([
        `${(bytes / 1000).toFixed(1)} KB`,
        model,
        String(taken.length),
        ms(median(taken)),
        ms(quantile(taken, 0.95)),
        `under ${aim} ms`,
        String(unknown),
      ]);
    }
  }
  return `Seed ${SEED}, one thread, both directions with findings and the list of changes, after a warm-up.\n\n${table(
    rows,
  )}`;
}

if (require.main === module) {
  process.stdout.write(`${benchSchemaVersions()}\n`);
}

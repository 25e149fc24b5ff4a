import type { MetricPoint } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';

const HOURS = 24;
const HOUR_MS = 3_600_000;

const Root = styled('span')({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 8,
  whiteSpace: 'nowrap',
  fontSize: 13,
  lineHeight: '17px',
  '& svg': { flex: 'none', overflow: 'visible' },
  '& path': {
    fill: 'none',
    stroke: 'var(--bl-accent)',
    strokeWidth: 1.5,
    strokeLinejoin: 'round',
    strokeLinecap: 'round',
  },
  '& circle': { fill: 'var(--bl-accent)' },
  '& .bl-tiny-hours': {
    display: 'block',
    fontSize: 12,
    lineHeight: '15px',
    color: 'var(--bl-muted)',
  },
  '& .bl-unknown': { stroke: 'var(--bl-line-strong)', strokeDasharray: '1 3' },
  '&[data-unknown]': { color: 'var(--bl-muted)' },
});

const count = new Intl.NumberFormat('en');

/** One value an hour up to `until`, oldest first; `undefined` where nothing is known. */
export function hourly(points: readonly MetricPoint[], until: string): readonly (number | undefined)[] {
  const end = Date.parse(until);
  const values: (number | undefined)[] = Array.from({ length: HOURS }, () => undefined);
  for (const { time, value } of points) {
    const hour = HOURS - 1 - Math.floor((end - Date.parse(time)) / HOUR_MS);
    if (hour >= 0 && hour < HOURS) values[hour] = (values[hour] ?? 0) + value;
  }
  return values;
}

type Point = readonly [x: number, y: number];

/** Hours that are known and follow each other; a gap between two runs is what is not known. */
function runsOf(values: readonly (number | undefined)[], width: number, height: number): readonly (readonly Point[])[] {
  const top = Math.max(1, ...values.map(value => value ?? 0));
  const runs: Point[][] = [[]];
  values.forEach((value, hour) => {
    if (value === undefined) runs.push([]);
    else runs[runs.length - 1].push([(hour * width) / (HOURS - 1), height - 2 - ((height - 4) * value) / top]);
  });
  return runs.filter(run => run.length > 0);
}

const pathOf = (run: readonly Point[]) => `M${run.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`;

/** The last 24 hours as a small line with the sum in words. Hours of which nothing is known are a gap, never a zero. */
export function TinyLine(props: {
  readonly points: readonly MetricPoint[];
  readonly until: string;
  /** What is counted: `events matched`. */
  readonly what: string;
  readonly width?: number;
  readonly height?: number;
}) {
  const { points, until, what, width = 96, height = 22 } = props;
  const values = hourly(points, until);
  const known = values.filter((value): value is number => value !== undefined);
  if (known.length === 0) {
    return (
      <Root data-unknown="">
        <svg width={width} height={height} aria-hidden="true">
          <path className="bl-unknown" d={`M0 ${height / 2}H${width}`} />
        </svg>
        unknown
      </Root>
    );
  }
  const sum = known.reduce((total, value) => total + value, 0);
  const hours = known.length === HOURS ? '24 h' : `${known.length} of 24 h`;
  const words = `${count.format(sum)} ${what} in ${hours}${known.length === HOURS ? '' : ', the rest is unknown'}`;
  return (
    <Root title={`${words} (CloudWatch, an hour a point)`}>
      <svg width={width} height={height} role="img" aria-label={words}>
        {known.length < HOURS && <path className="bl-unknown" d={`M0 ${height - 2}H${width}`} />}
        {runsOf(values, width, height).map(run =>
          run.length === 1 ? (
            <circle key={run[0][0]} cx={run[0][0]} cy={run[0][1]} r={2.2} />
          ) : (
            <path key={run[0][0]} d={pathOf(run)} />
          ),
        )}
      </svg>
      <span>
        {count.format(sum)}
        <span className="bl-tiny-hours">{known.length === HOURS ? 'in 24 h' : `${known.length} of 24 h known`}</span>
      </span>
    </Root>
  );
}

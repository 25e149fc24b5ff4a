import { useEffect, useState } from 'react';

const STEPS: readonly (readonly [limitSeconds: number, unitSeconds: number, unit: Intl.RelativeTimeFormatUnit])[] = [
  [60, 1, 'second'],
  [3600, 60, 'minute'],
  [86_400, 3600, 'hour'],
  [30 * 86_400, 86_400, 'day'],
  [365 * 86_400, 30 * 86_400, 'month'],
  [Infinity, 365 * 86_400, 'year'],
];
const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const exact = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'full',
  timeStyle: 'long',
});
const exactDay = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'full',
  timeZone: 'UTC',
});

/** `3 hours ago`, `in 2 days`; below half a minute `just now`. */
export function relativeTime(time: number, now: number): string {
  const seconds = (time - now) / 1000;
  const distance = Math.abs(seconds);
  if (distance < 30) return 'just now';
  const [, unitSeconds, unit] = STEPS.find(([limit]) => distance < limit)!;
  return words.format(Math.round(seconds / unitSeconds), unit);
}

/** A point in time as a person says it, with the exact one on hover. Days without a time stay days. */
export function RelativeTime(props: { readonly time: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  const time = Date.parse(props.time);
  if (Number.isNaN(time)) return <span>{props.time}</span>;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(props.time);
  return (
    <time dateTime={props.time} title={(isDay ? exactDay : exact).format(time)}>
      {relativeTime(time, now)}
    </time>
  );
}

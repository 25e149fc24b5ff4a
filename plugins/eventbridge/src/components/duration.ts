/** Seconds as a person says them: `24 h`, `90 s`, `1 h 30 min`. */
export function durationWords(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.round((seconds % 3600) / 60);
  return [hours > 0 && `${hours} h`, minutes > 0 && `${minutes} min`].filter(Boolean).join(' ');
}

const MINUTE = 60;
const DAY = 86_400;

/** Seconds as a sentence says them: `48 seconds`, `3 minutes`, `2 hours 5 minutes`, `3 days`. */
export function durationSentence(seconds: number): string {
  const count = (value: number, unit: string) => `${value} ${unit}${value === 1 ? '' : 's'}`;
  if (seconds < 100) return count(Math.round(seconds), 'second');
  const minutes = Math.round(seconds / MINUTE);
  if (minutes < 60) return count(minutes, 'minute');
  if (seconds >= 2 * DAY) return count(Math.round(seconds / DAY), 'day');
  const rest = minutes % 60;
  return [count(Math.floor(minutes / 60), 'hour'), rest > 0 && count(rest, 'minute')].filter(Boolean).join(' ');
}

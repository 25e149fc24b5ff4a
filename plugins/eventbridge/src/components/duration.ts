/** Seconds as a person says them: `24 h`, `90 s`, `1 h 30 min`. */
export function durationWords(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.round((seconds % 3600) / 60);
  return [hours > 0 && `${hours} h`, minutes > 0 && `${minutes} min`].filter(Boolean).join(' ');
}

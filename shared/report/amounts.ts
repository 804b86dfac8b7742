/** `1 share`, `3 shares`. */
export const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

/** Milliseconds in words, as exactly as it matters: `7 seconds`, `1 minute 14 seconds`, `1 hour 2 minutes`. */
export function inWords(ms: number): string {
  const { hours, minutes, seconds } = lengthParts(ms);
  const days = Math.floor(hours / 24);
  if (days > 0) return count(days, 'day');
  if (hours > 0) return withRest(count(hours, 'hour'), minutes, 'minute');
  if (minutes >= 10) return count(minutes, 'minute');
  if (minutes > 0) return withRest(count(minutes, 'minute'), seconds, 'second');
  return count(seconds, 'second');
}

const withRest = (whole: string, rest: number, unit: string): string =>
  rest === 0 ? whole : `${whole} ${count(rest, unit)}`;

/** Milliseconds as whole hours, minutes and seconds; what is negative is nothing. */
export function lengthParts(ms: number): { hours: number; minutes: number; seconds: number } {
  const total = Math.max(0, Math.floor(ms / 1000));
  return {
    hours: Math.floor(total / 3600),
    minutes: Math.floor(total / 60) % 60,
    seconds: total % 60,
  };
}

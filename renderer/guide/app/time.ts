/** A length of time for reading aloud and for a clock face: `0:07`, `12:04`, `1:02:03`. In milliseconds. */
export function clockFace(ms: number): string {
  const { hours, minutes, seconds } = parts(ms);
  const two = (n: number) => String(n).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** The same in words, as exactly as it matters: `7 seconds`, `1 minute 14 seconds`, `1 hour 2 minutes`. */
export function inWords(ms: number): string {
  const { hours, minutes, seconds } = parts(ms);
  const days = Math.floor(hours / 24);
  if (days > 0) return count(days, 'day');
  if (hours > 0) return withRest(count(hours, 'hour'), minutes, 'minute');
  if (minutes >= 10) return count(minutes, 'minute');
  if (minutes > 0) return withRest(count(minutes, 'minute'), seconds, 'second');
  return count(seconds, 'second');
}

const withRest = (whole: string, rest: number, unit: string): string =>
  rest === 0 ? whole : `${whole} ${count(rest, unit)}`;

/** Day and time in this machine's zone, without seconds: `23 Nov 2026, 03:12`. */
export const dayAndTime = (instant: string): string => dayTime.format(new Date(instant));

/** The time in this machine's zone with seconds: `03:12:09`. */
export const timeOfDay = (instant: string): string => clock.format(new Date(instant));

/** The day in this machine's zone: `Monday 23 November 2026`. */
export const dayOf = (instant: string): string => day.format(new Date(instant));

const day = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const dayTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

export const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

function parts(ms: number): { hours: number; minutes: number; seconds: number } {
  const total = Math.max(0, Math.floor(ms / 1000));
  return {
    hours: Math.floor(total / 3600),
    minutes: Math.floor(total / 60) % 60,
    seconds: total % 60,
  };
}

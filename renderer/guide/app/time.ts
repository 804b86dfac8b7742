import { lengthParts } from '../../../shared/report/amounts.ts';

export { count, inWords } from '../../../shared/report/amounts.ts';

/** A length of time for reading aloud and for a clock face: `0:07`, `12:04`, `1:02:03`. In milliseconds. */
export function clockFace(ms: number): string {
  const { hours, minutes, seconds } = lengthParts(ms);
  const two = (n: number) => String(n).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** Day and time in this machine's zone, without seconds: `23 Nov 2026, 03:12`. */
export const dayAndTime = (instant: string): string => dayTime.format(new Date(instant));

/**
 * A sentence that Keyturn wrote with instants in it, each of them as day and time in this machine's
 * zone: those of a report (`utcMoment`), and those as a machine writes them, of older records.
 */
export const withLocalTimes = (sentence: string): string =>
  sentence
    .replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\b/g, (instant) =>
      local(instant, instant),
    )
    .replaceAll(
      /\b(\d\d:\d\d:\d\d UTC) on [A-Z][a-z]+, (\d{1,2} [A-Z][a-z]+ \d{4})\b/g,
      (moment: string, time: string, date: string) => local(`${date} ${time}`, moment),
    );

const local = (instant: string, otherwise: string): string =>
  Number.isNaN(Date.parse(instant)) ? otherwise : dayAndTime(instant);

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

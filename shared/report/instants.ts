/** The day of an instant in UTC: `Monday, 23 November 2026`. */
export const utcDay = (instant: string): string => day.format(new Date(instant));

/** The time of an instant in UTC, to the second: `03:12:09 UTC`. */
export const utcTime = (instant: string): string => `${instant.slice(11, 19)} UTC`;

/**
 * An instant within a sentence: `03:12:09 UTC on Monday, 23 November 2026`. The same on every machine,
 * so that a report can be made again. What is no instant stays as it was written.
 */
export const utcMoment = (instant: string): string =>
  Number.isNaN(Date.parse(instant))
    ? instant
    : `${utcTime(new Date(instant).toISOString())} on ${utcDay(instant)}`;

const day = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

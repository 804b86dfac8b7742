/** A length of time as people say it: `4 seconds`, `3 hours`, `12 days`. Rounded down, one unit. */
export function ageInWords(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  for (const [unit, size] of units) {
    if (seconds >= 2 * size) return `${Math.floor(seconds / size)} ${unit}s`;
  }
  return `${seconds} second${seconds === 1 ? '' : 's'}`;
}

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

import type { KeptBatchToken } from './batch-token.ts';
import type { Warning } from './events.ts';

/** How long before the end each warning is due, in milliseconds; the most urgent first. */
const before: readonly (readonly [Warning, number])[] = [
  ['expired', 0],
  ['30 minutes', 30 * 60_000],
  ['2 hours', 2 * 3_600_000],
];

/**
 * The warning that is due now and was not given yet. After a sleep only the most urgent counts: what
 * came before it is over. A token that never had two hours to live is not warned of at two hours.
 */
export function dueWarning(
  token: Pick<KeptBatchToken, 'issuedAt' | 'expiresAt'>,
  warned: readonly Warning[],
  now: Date,
): Warning | undefined {
  if (token.expiresAt === undefined) return undefined;
  const end = Date.parse(token.expiresAt);
  const life = end - Date.parse(token.issuedAt);
  const due = before.find(([, ms]) => end - now.getTime() <= ms && (ms === 0 || life > ms));
  if (due === undefined) return undefined;
  const [warning] = due;
  return isCovered(warning, warned) ? undefined : warning;
}

/** What is left of a token's life: 1 at its issue, 0 at its end; `undefined` where its end is unknown. */
export function lifeLeft(
  token: Pick<KeptBatchToken, 'issuedAt' | 'expiresAt'>,
  now: number,
): number | undefined {
  if (token.expiresAt === undefined) return undefined;
  const from = Date.parse(token.issuedAt);
  const end = Date.parse(token.expiresAt);
  if (end <= from) return 0;
  return Math.min(1, Math.max(0, (end - now) / (end - from)));
}

/** A more urgent warning covers the ones before it, also where the clock was set back. */
function isCovered(warning: Warning, warned: readonly Warning[]): boolean {
  const urgency = (one: Warning): number => before.findIndex(([name]) => name === one);
  return warned.some((given) => urgency(given) <= urgency(warning));
}

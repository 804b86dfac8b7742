import { z } from 'zod';
import { instantSchema } from '../ids.ts';

/** A moment at which both sides of the replication were read. Kept for each profile; not a secret. */
export const comparisonSchema = z.strictObject({
  at: instantSchema,
  /** `last_dr_wal` of the primary. */
  primaryWal: z.int().min(0),
  /** `last_remote_wal` of the DR secondary. */
  secondaryWal: z.int().min(0),
  /** What the primary ran at that time. */
  primaryVersion: z.string().max(60).optional(),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** What a DR secondary says of its replication (§3.5). */
export interface SecondaryPosition {
  readonly state: string | undefined;
  readonly lastRemoteWal: number | undefined;
}

/** How far the secondary is behind its primary, in writes (WAL entries). */
export type Lag =
  | { readonly kind: 'known'; readonly behind: number }
  /** Against what the primary had written when it was last seen, `ageMs` ago. */
  | {
      readonly kind: 'stale';
      readonly behind: number;
      readonly at: string;
      readonly ageMs: number;
    }
  | {
      readonly kind: 'unknowable';
      readonly why: 'not-streaming' | 'no-position' | 'primary-never-read';
      /** The last comparison, where there ever was one, and how long ago. */
      readonly last:
        { readonly behind: number; readonly at: string; readonly ageMs: number } | undefined;
    };

/**
 * Compares `last_dr_wal` of the primary with `last_remote_wal` of the secondary. No server computes
 * a lag, and the two numbers can be laid side by side only while the secondary streams: in
 * `merkle-sync` its position says nothing about what it holds (§3.5).
 *
 * @param primaryWal what the primary says now; `undefined` where it cannot be read.
 * @param now milliseconds since 1970, by the clock that wrote `last.at`.
 */
export function lagOf(
  secondary: SecondaryPosition,
  primaryWal: number | undefined,
  last: Comparison | undefined,
  now: number,
): Lag {
  const before = last && {
    behind: behindBy(last.primaryWal, last.secondaryWal),
    at: last.at,
    ageMs: ageOf(last, now),
  };
  const { state, lastRemoteWal } = secondary;
  if (state !== 'stream-wals') return { kind: 'unknowable', why: 'not-streaming', last: before };
  // 0 until the first write has arrived: not a position.
  if (!lastRemoteWal) return { kind: 'unknowable', why: 'no-position', last: before };
  if (primaryWal !== undefined)
    return { kind: 'known', behind: behindBy(primaryWal, lastRemoteWal) };
  if (!last) return { kind: 'unknowable', why: 'primary-never-read', last: undefined };
  return {
    kind: 'stale',
    behind: behindBy(last.primaryWal, lastRemoteWal),
    at: last.at,
    ageMs: ageOf(last, now),
  };
}

/** The secondary is read a moment later than the primary: it may be ahead of what was read there. */
const behindBy = (primary: number, secondary: number): number => Math.max(0, primary - secondary);

/** A clock that was set back makes no comparison younger than now. */
const ageOf = ({ at }: Comparison, now: number): number => Math.max(0, now - Date.parse(at));

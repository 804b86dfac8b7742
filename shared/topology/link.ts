import { memberState } from './member-state.ts';
import type { Readings, Shown } from './node-state.ts';
import type { LinkReading, NodeFacts } from './reading.ts';
import type { Member } from './site.ts';

/** By how many writes a secondary is behind; no server computes it (§3.5). */
export type Lag =
  | { readonly known: true; readonly writes: number }
  | { readonly known: false; readonly why: string };

/** The replication between two clusters of a site, as far as either end tells it. */
export interface Link extends Shown {
  readonly kind: 'dr' | 'performance';
  /** The secondary's own words: `stream-wals`, `ready`. */
  readonly state: string | undefined;
  readonly connection: string | undefined;
  readonly lag: Lag;
  readonly lastHeartbeat: string | undefined;
  readonly clockSkewMs: number | undefined;
}

/** @param follower replicates from `leader`. */
export function linkOf(leader: Member, follower: Member, readings: Readings): Link {
  const kind = follower.role === 'performance-secondary' ? 'performance' : 'dr';
  const above = memberState(leader, readings).active;
  const below = memberState(follower, readings).active;
  const told = below?.[kind];
  const heartbeats = (told?.otherEnds ?? []).flatMap((end) => end.lastHeartbeat ?? []);
  return {
    kind,
    ...inAWord(kind, above, below, told),
    state: told?.state,
    connection: told?.connection,
    lag: lagOf(above?.[kind], told),
    lastHeartbeat: heartbeats.sort().at(-1),
    clockSkewMs: told?.otherEnds.find((end) => end.clockSkewMs !== undefined)?.clockSkewMs,
  };
}

const modeOf = (kind: Link['kind'], facts: NodeFacts | undefined) =>
  kind === 'dr' ? facts?.drMode : facts?.performanceMode;

function inAWord(
  kind: Link['kind'],
  above: NodeFacts | undefined,
  below: NodeFacts | undefined,
  told: LinkReading | undefined,
): Shown {
  // Two that take writes at once is the one state that nobody can merge afterwards.
  if (modeOf(kind, above) === 'primary' && modeOf(kind, below) === 'primary')
    return { level: 'stop', word: 'Two active primaries' };
  if (below === undefined) return { level: 'unknown', word: 'Not known' };
  if (told === undefined) return { level: 'unknown', word: 'Not told' };
  if (told.mode !== 'secondary')
    return { level: 'warning', word: `Does not replicate: its mode is ${told.mode}` };
  switch (told.state) {
    case 'stream-wals':
      return told.connection === undefined || told.connection === 'ready'
        ? { level: 'ok', word: 'Streaming' }
        : { level: 'warning', word: 'Streaming, connection not ready' };
    case 'merkle-diff':
    case 'merkle-sync':
      return { level: 'warning', word: 'Catching up' };
    case undefined:
      return { level: 'unknown', word: 'State not told' };
    default:
      return { level: 'warning', word: 'Not streaming' };
  }
}

function lagOf(above: LinkReading | undefined, below: LinkReading | undefined): Lag {
  if (below === undefined) return { known: false, why: 'the secondary does not tell it' };
  if (below.state !== 'stream-wals')
    return { known: false, why: 'it can be compared only while the secondary streams' };
  if (above?.lastShippedWal === undefined)
    return { known: false, why: 'the primary does not tell its last write' };
  // Absent or 0 until the first write has come (§3.5).
  if (below.lastRemoteWal === undefined || below.lastRemoteWal === 0)
    return { known: false, why: 'the secondary has not told a write yet' };
  return { known: true, writes: Math.max(0, above.lastShippedWal - below.lastRemoteWal) };
}

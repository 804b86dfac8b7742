import type { Observation } from '../../../../../shared/ceremony/state.ts';
import type { NodeAddress } from '../../../../../shared/ids.ts';
import type { WatchReading } from '../../../app/use-ceremony.ts';
import type { IconName } from '../../../components/icons/Icon.tsx';

/** What a node is to the promotion. `away`: nothing that Vault says could be read. */
export type Tone = 'unasked' | 'away' | 'secondary' | 'primary' | 'active';

export interface Row {
  readonly node: NodeAddress;
  readonly says: string;
  readonly tone: Tone;
  /** How long it has said so, in milliseconds. */
  readonly lastsMs: number;
  /** In order of time, from promote until now. */
  readonly segments: readonly { readonly says: string; readonly tone: Tone; readonly ms: number }[];
}

export const icons: Readonly<Record<Tone, IconName>> = {
  unasked: 'waiting',
  away: 'unknown',
  secondary: 'clock',
  primary: 'check',
  active: 'good',
};

/** The rows of the timeline between two times, in milliseconds since the epoch. */
export function rowsOf(
  nodes: readonly NodeAddress[],
  observations: readonly Observation[],
  start: number,
  end: number,
  reading: WatchReading | undefined,
): readonly Row[] {
  return nodes.map((node) => {
    const own = observations.filter((seen) => seen.node === node);
    const segments = segmentsOf(own, start, end);
    const last = segments.at(-1);
    // A reading is newer than the record: only changes become events.
    const live = reading?.nodes.find((seen) => seen.node === node);
    const now = live ?? own.at(-1);
    return {
      node,
      says: now?.says ?? 'not asked yet',
      tone: now ? toneOf(now) : 'unasked',
      lastsMs: last?.ms ?? 0,
      segments,
    };
  });
}

function segmentsOf(own: readonly Observation[], start: number, end: number): Row['segments'] {
  const first = own[0];
  const opening = first ? Math.max(0, Date.parse(first.at) - start) : Math.max(0, end - start);
  const unasked = { says: 'not asked yet', tone: 'unasked' as const, ms: opening };
  const asked = own.map((seen, place) => {
    const next = own[place + 1];
    const until = next ? Date.parse(next.at) : end;
    return { says: seen.says, tone: toneOf(seen), ms: Math.max(0, until - Date.parse(seen.at)) };
  });
  return [unasked, ...asked];
}

interface Seen {
  readonly mode?: string | undefined;
  readonly active: boolean;
}

function toneOf({ mode, active }: Seen): Tone {
  if (mode === 'primary') return active ? 'active' : 'primary';
  return mode === 'secondary' ? 'secondary' : 'away';
}

import type { Cluster } from '../ceremony/events.ts';
import type { CeremonyId } from '../ids.ts';
import type { Problem } from '../problem.ts';
import type { BatchTokenId, KeptBatchToken } from './batch-token.ts';
import type { SetupPart, ShiftEventOf, Warning } from './events.ts';
import type { SetupNames } from './setup.ts';

/** One token of this shift and what is known of it. */
export interface HeldToken {
  readonly about: KeptBatchToken;
  readonly checked:
    (Omit<ShiftEventOf<'batch.checked'>, 'type'> & { readonly at: string }) | undefined;
  readonly tried: (Omit<ShiftEventOf<'batch.tried'>, 'type'> & { readonly at: string }) | undefined;
  readonly warned: readonly Warning[];
}

export interface SetupSeen {
  readonly at: string;
  readonly name: string;
  readonly found: boolean;
  readonly differences: readonly string[];
}

/** A call that was about to leave and whose outcome is not on the record. */
export type UnderWay =
  | { readonly kind: 'issue'; readonly at: string; readonly ttlSeconds: number }
  | { readonly kind: 'write'; readonly part: SetupPart };

/** What a shift's events add up to. */
export interface ShiftState {
  readonly phase: 'open' | 'ended';
  readonly id: CeremonyId;
  readonly cluster: Cluster;
  readonly operator: string;
  /** Who goes on; present only once the shift was handed over. */
  readonly handedTo: string | undefined;
  readonly keychain: 'os' | 'memory';
  readonly openedAt: string;
  readonly lastAt: string;
  readonly names: SetupNames;
  readonly setup: Readonly<Record<SetupPart, SetupSeen | undefined>>;
  readonly underWay: UnderWay | undefined;
  /** Those in the keychain. */
  readonly tokens: readonly HeldToken[];
  readonly trouble: Problem | undefined;
  readonly openItems: readonly string[];
  /** A shift has no script to deviate from. */
  readonly deviations: readonly never[];
}

/** @returns the token of that id, where this shift holds it. */
export const heldToken = (state: ShiftState, id: BatchTokenId): HeldToken | undefined =>
  state.tokens.find(({ about }) => about.id === id);

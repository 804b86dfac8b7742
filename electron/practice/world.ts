import { randomUUID } from 'node:crypto';
import type { AttemptRules, Minted } from './attempts.ts';
import type { Activations } from './activations.ts';
import type { Cluster } from './cluster.ts';
import type { KeyMaterial } from './shares.ts';
import type { PracticeSwitches } from './switches.ts';
import type { TokenStore } from './token-store.ts';
import { mintToken, tokenLength } from './token.ts';
import type { VaultVersion } from './version.ts';

/** What every node of a practice site shares: the keys, the clock, the licence and the switches. */
export interface World {
  readonly seal: 'shamir' | 'auto-unseal';
  readonly outageMs: number;
  readonly switches: PracticeSwitches;
  readonly keys: KeyMaterial;
  readonly clock: SiteClock;
  /** Replication's `cluster_id`: one for the whole DR set (§3.5). */
  readonly clusterId: string;
  readonly secondaryId: string;
  readonly minted: Minted[];
  /** Batch tokens of the whole DR set: sealed letters that each of its clusters can open (§4.5). */
  readonly batchTokens: TokenStore;
  /** Every cluster of the site. */
  readonly clusters: Cluster[];
  readonly activations: Activations;
  readonly licence: { expiresAt: Date };
}

/** The clock the nodes show; the machine's own is left alone. */
export class SiteClock {
  offsetMs = 0;

  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }
}

/** Who keeps the tokens that shares have made. */
export interface TokenKeeper {
  keep(token: string, kind: 'root' | 'dr-operation'): void;
  revoke(token: string): void;
}

/** The rules an attempt on one cluster follows; what it mints becomes valid there. */
export const attemptRules = (
  world: World,
  version: VaultVersion,
  keeper: TokenKeeper,
): AttemptRules => ({
  keys: world.keys,
  otpLength: tokenLength(version),
  seal: world.seal,
  mint: (kind) => {
    const token = mintToken(version, kind === 'dr' ? world.switches.tokenShape : 'prefixed');
    keeper.keep(token, kind === 'dr' ? 'dr-operation' : 'root');
    return token;
  },
  handedOut: (minted) => {
    world.minted.push(minted);
  },
  takeBack: (token) => keeper.revoke(token),
});

export const newClusterId = (): string => randomUUID();

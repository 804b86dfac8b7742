import type { Attachment } from './attachment.ts';
import { Ledger, type Policy } from './ledger.ts';
import { TokenStore } from './token-store.ts';
import { Turn, type OutagePhase } from './turn.ts';
import { isNewer, type VaultVersion } from './version.ts';
import type { TokenKeeper, World } from './world.ts';

/** How far a DR secondary is behind its primary. */
export interface Lag {
  readonly state: 'stream-wals' | 'merkle-sync';
  readonly walsBehind: number;
}

/** `performance`: a performance secondary, which has no part in DR replication. */
export type ClusterKind = 'primary' | 'secondary' | 'performance';

/** What replication makes of a cluster: primary or secondary, of whom, and how far it has come. */
export abstract class Replica implements TokenKeeper {
  readonly world: World;
  /** What it was when the site started; its name for good. */
  readonly kind: ClusterKind;
  readonly version: VaultVersion;
  /** Made here, by shares; they do not replicate. */
  readonly tokens = new TokenStore();
  /** Ids that a primary has given out and not revoked. */
  readonly knownSecondaries = new Set<string>();
  /** Reachable for the other clusters. */
  reachable = true;
  /** Nothing passes between it and its primary. */
  linkCut = false;
  attachment: Attachment | undefined;
  /** The last promotion or demotion, and how far it is. */
  turn: Turn | undefined;
  /** Demoted, and not attached to anybody since. */
  freshlyDemoted = false;
  #settledMode: 'primary' | 'secondary' | 'disabled';
  #ledger = Ledger.fresh();
  #lag: Lag = { state: 'stream-wals', walsBehind: 0 };
  /** Whose data it holds, if not its own. */
  #source: Ledger | undefined;
  /** The last WAL that came from the primary. */
  #remoteWal = this.#ledger.wal;

  constructor(world: World, kind: ClusterKind, version: VaultVersion) {
    this.world = world;
    this.kind = kind;
    this.version = version;
    this.#settledMode = kind === 'performance' ? 'disabled' : kind;
  }

  get name(): string {
    return `vault-practice-${this.kind}`;
  }

  now(): Date {
    return this.world.clock.now();
  }

  get phase(): OutagePhase {
    return this.turn?.phase ?? 'over';
  }

  /** DR replication's mode; what a turn leads to shows once its outage is over. */
  get mode(): 'primary' | 'secondary' | 'disabled' {
    if (this.turn === undefined || this.phase !== 'over') return this.#settledMode;
    return this.turn.to;
  }

  /** The promotion that made it the primary it is, or is about to be. */
  get promotion(): Turn | undefined {
    return this.turn?.to === 'primary' ? this.turn : undefined;
  }

  /** Where it stands with its primary, as `state` shows it; `lost` where it does not hear it. */
  get state(): 'idle' | 'lost' | 'connecting' | Lag['state'] {
    const { attachment } = this;
    if (attachment === undefined || this.phase !== 'over' || this.mode !== 'secondary') {
      return 'idle';
    }
    if (!this.#hearsPrimary()) return 'lost';
    return attachment.stage === 'stream-wals' ? this.#lag.state : attachment.stage;
  }

  get isConnected(): boolean {
    return this.state === 'stream-wals' || this.state === 'merkle-sync';
  }

  get lag(): Lag {
    return this.#lag;
  }

  set lag(lag: Lag) {
    this.#lag = lag;
    this.#remoteWal = this.#ledger.wal - lag.walsBehind;
    this.follow();
  }

  /** What this cluster knows of tokens, policies and roles: its own, or what has come from its primary. */
  get ledger(): Ledger {
    this.follow();
    return this.#ledger;
  }

  /** The newest WAL: written here, or come from the primary. */
  get wal(): number {
    this.follow();
    return this.mode === 'secondary' ? this.#remoteWal : this.#ledger.wal;
  }

  policy(name: string): Policy | undefined {
    return this.ledger.policies.get(name);
  }

  /** A write on a primary, which goes at once to whoever follows it. */
  write(change: (ledger: Ledger) => unknown): void {
    change(this.#ledger);
    this.#ledger.wal += 1;
    for (const follower of this.followers) follower.follow();
  }

  /** The DR secondaries that follow it, whether they hear it or not. */
  abstract get followers(): readonly Replica[];

  /** Takes over what the primary has written, as far as the connection and the lag allow. */
  follow(): void {
    const primary = this.attachment?.primary;
    // A fresh tie compares trees first; nothing is taken over before that is done.
    if (primary === undefined || !this.isConnected || this.attachment?.stage !== 'stream-wals') {
      return;
    }
    const source = primary.#ledger;
    this.#remoteWal = source.wal - this.#lag.walsBehind;
    const inStep = source === this.#source && source.wal === this.#ledger.wal;
    if (this.#lag.walsBehind > 0 || inStep) return;
    this.#source = source;
    const known = this.#ledger.policies;
    this.#ledger = source.copy();
    if (this.world.switches.policyChangeReachesSecondary) return;
    for (const [name, policy] of known) this.#ledger.policies.set(name, policy);
  }

  /** Begins to be a primary. What had not arrived by now is lost. */
  beginPromotion(primaryClusterAddress: string): void {
    this.#ledger.wal = this.wal;
    this.#turn(new Turn('primary', this.world.outageMs, primaryClusterAddress));
    this.freshlyDemoted = false;
    if (!this.world.switches.tokenSurvivesPromotion) this.tokens.forget('dr-operation');
  }

  /** Begins to be a secondary, of nobody until it is attached (§4.2). */
  beginDemotion(): void {
    this.#remoteWal = this.#ledger.wal;
    this.#turn(new Turn('secondary', this.world.outageMs));
    this.attachment = undefined;
    this.freshlyDemoted = true;
    this.knownSecondaries.clear();
  }

  /** Follows another primary from now on, or nobody. */
  attachTo(attachment: Attachment | undefined): void {
    this.attachment = attachment;
    this.freshlyDemoted &&= attachment === undefined;
    this.#lag = { state: 'stream-wals', walsBehind: 0 };
  }

  keep(token: string, kind: 'root' | 'dr-operation'): void {
    const entry = { kind, since: this.now() };
    if (this.mode === 'secondary') this.tokens.add(token, entry);
    else this.write(({ tokens }) => tokens.add(token, entry));
  }

  revoke(token: string): void {
    this.tokens.revoke(token);
    if (this.mode !== 'secondary' && this.#ledger.tokens.get(token) !== undefined) {
      this.write(({ tokens }) => tokens.revoke(token));
    }
  }

  #turn(turn: Turn): void {
    this.#settledMode = this.mode;
    this.turn = turn;
  }

  #hearsPrimary(): boolean {
    const { attachment, linkCut } = this;
    const primary = attachment?.primary;
    if (attachment === undefined || primary === undefined || linkCut) return false;
    return (
      primary.reachable &&
      primary.mode === 'primary' &&
      primary.knownSecondaries.has(attachment.secondaryId) &&
      // A primary cannot feed a cluster that is older than itself (§4.3).
      !isNewer(primary.version, this.version)
    );
  }
}

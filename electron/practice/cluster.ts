import { randomUUID } from 'node:crypto';
import type { NodeAddress } from '../../shared/ids.ts';
import { AttemptSlot } from './attempts.ts';
import type { Door } from './door.ts';
import { Ledger, type Policy } from './ledger.ts';
import { Promotion, type OutagePhase } from './promotion.ts';
import type { StandbyAnswer } from './switches.ts';
import { TokenStore } from './token-store.ts';
import { attemptRules, type TokenKeeper, type World } from './world.ts';

/** One server process of a cluster: everything here is lost when it restarts. */
export class Member {
  readonly address: NodeAddress;
  sealed = false;
  attempts: AttemptSlot;
  /** Shares given to `sys/unseal` so far. */
  unsealParts: readonly Buffer[] = [];
  unsealNonce = '';
  /** `enable_unauthenticated_access` in this node's own configuration file. */
  doors: ReadonlySet<Door> = new Set();

  constructor(address: NodeAddress, attempts: AttemptSlot) {
    this.address = address;
    this.attempts = attempts;
  }
}

/** How far a DR secondary is behind its primary. */
export interface Lag {
  readonly state: 'stream-wals' | 'merkle-sync';
  readonly walsBehind: number;
}

const inStep: Lag = { state: 'stream-wals', walsBehind: 0 };

/** A practice cluster: its members, who leads them, and what replication makes of it. */
export class Cluster implements TokenKeeper {
  readonly world: World;
  readonly kind: 'primary' | 'secondary';
  readonly members: readonly Member[];
  /** Made here, by shares; they do not replicate. */
  readonly tokens = new TokenStore();
  /** The cluster's own id as `sys/health` shows it; not replication's. */
  readonly ownId = randomUUID();
  readonly startedAt = new Date();
  /** Set by the site: the other cluster of the DR set. */
  peer: Cluster | undefined;
  initialised = true;
  /** Reachable for its peer. */
  reachable = true;
  standbyFault: StandbyAnswer | undefined;
  /** Refusals of promote still to come, and their text. */
  refusals = { left: 0, text: '' };
  promotion: Promotion | undefined;
  #ledger = Ledger.fresh();
  #lag = inStep;
  /** The last WAL that came from the primary. */
  #remoteWal = this.#ledger.wal;
  #leader: Member | undefined;
  #formerLeader: Member | undefined;
  readonly #whenPromoted: () => void;

  constructor(
    world: World,
    kind: 'primary' | 'secondary',
    addresses: readonly NodeAddress[],
    whenPromoted: () => void,
  ) {
    this.world = world;
    this.kind = kind;
    this.#whenPromoted = whenPromoted;
    this.members = addresses.map((address) => new Member(address, this.#newSlot()));
    this.#leader = this.members[0];
  }

  get leader(): Member | undefined {
    return this.#leader;
  }

  get phase(): OutagePhase {
    return this.promotion?.phase ?? 'over';
  }

  /** Replication's mode; a promoted secondary is a primary once its outage is over. */
  get mode(): 'primary' | 'secondary' {
    if (this.kind === 'primary') return 'primary';
    return this.promotion !== undefined && this.phase === 'over' ? 'primary' : 'secondary';
  }

  get name(): string {
    return `vault-practice-${this.kind}`;
  }

  now(): Date {
    return this.world.clock.now();
  }

  /** Whether it hears its primary. */
  get isConnected(): boolean {
    return (
      this.mode === 'secondary' && this.promotion === undefined && this.peer?.reachable === true
    );
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
    return this.mode === 'primary' ? this.#ledger.wal : this.#remoteWal;
  }

  policy(name: string): Policy | undefined {
    return this.ledger.policies.get(name);
  }

  /** A write on a primary, which goes at once to whoever follows it. */
  write(change: (ledger: Ledger) => unknown): void {
    change(this.#ledger);
    this.#ledger.wal += 1;
    this.peer?.follow();
  }

  /** Takes over what the primary has written, as far as the connection and the lag allow. */
  follow(): void {
    if (!this.isConnected || this.peer === undefined) return;
    const source = this.peer.#ledger;
    this.#remoteWal = source.wal - this.#lag.walsBehind;
    if (this.#lag.walsBehind > 0 || source.wal === this.#ledger.wal) return;
    const known = this.#ledger.policies;
    this.#ledger = source.copy();
    if (this.world.switches.policyChangeReachesSecondary) return;
    for (const [name, policy] of known) this.#ledger.policies.set(name, policy);
  }

  keep(token: string, kind: 'root' | 'dr-operation'): void {
    const entry = { kind, since: this.now() };
    if (this.mode === 'primary') this.write(({ tokens }) => tokens.add(token, entry));
    else this.tokens.add(token, entry);
  }

  revoke(token: string): void {
    this.tokens.revoke(token);
    if (this.#ledger.tokens.get(token) !== undefined) {
      this.write(({ tokens }) => tokens.revoke(token));
    }
  }

  member(address: NodeAddress): Member | undefined {
    return this.members.find((member) => member.address === address);
  }

  isSealed(member: Member): boolean {
    if (!this.initialised || member.sealed || this.phase === 'sealed') return true;
    return (
      this.promotion !== undefined &&
      this.world.switches.standbysAfterPromotion === 'restart-sealed-briefly' &&
      member !== this.#leader &&
      !this.promotion.standbysBack
    );
  }

  promote(primaryClusterAddress: string): void {
    // What had not arrived by now is lost.
    this.#ledger.wal = this.wal;
    this.promotion = new Promotion(this.world.outageMs, primaryClusterAddress);
    if (!this.world.switches.tokenSurvivesPromotion) this.tokens.forget('dr-operation');
    this.#whenPromoted();
  }

  seal(member: Member): void {
    member.sealed = true;
    member.unsealParts = [];
    if (member === this.#leader) this.#lead(this.#nextAfter(member));
  }

  unseal(member: Member): void {
    member.sealed = false;
    member.unsealParts = [];
    member.unsealNonce = '';
    if (this.#leader === undefined) this.#lead(member);
  }

  /** The process starts anew: its attempt is gone, and another node leads. */
  restart(member: Member): void {
    member.attempts = this.#newSlot();
    member.unsealParts = [];
    if (member === this.#leader) this.#lead(this.#nextAfter(member) ?? member);
  }

  /** Leadership moves on; the old leader's memory keeps its attempt (§1.5-4). */
  changeLeader(): void {
    const former = this.#leader;
    if (former === undefined) return;
    this.#formerLeader = former;
    this.#lead(this.#nextAfter(former) ?? former);
  }

  bringBackLeader(): void {
    if (this.#formerLeader !== undefined && !this.#formerLeader.sealed) {
      this.#lead(this.#formerLeader);
    }
  }

  loseLeader(): void {
    this.#formerLeader = this.#leader;
    this.#lead(undefined);
  }

  #lead(next: Member | undefined): void {
    const former = this.#leader;
    this.#leader = next;
    const forgets = !this.world.switches.attemptSurvivesLeaderChange;
    if (former !== undefined && former !== next && forgets) former.attempts = this.#newSlot();
  }

  #nextAfter(member: Member): Member | undefined {
    const at = this.members.indexOf(member);
    const others = [...this.members.slice(at + 1), ...this.members.slice(0, at)];
    return others.find((other) => !other.sealed);
  }

  #newSlot(): AttemptSlot {
    return new AttemptSlot(attemptRules(this.world, this));
  }
}

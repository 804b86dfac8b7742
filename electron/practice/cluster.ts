import { randomUUID } from 'node:crypto';
import type { NodeAddress } from '../../shared/ids.ts';
import { AttemptSlot } from './attempts.ts';
import type { Door } from './door.ts';
import { Replica, type ClusterKind } from './replica.ts';
import type { StandbyAnswer } from './switches.ts';
import type { VaultVersion } from './version.ts';
import { attemptRules, type World } from './world.ts';

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
  /** How far its clock is off the site's. */
  clockOffsetMs = 0;

  constructor(address: NodeAddress, attempts: AttemptSlot) {
    this.address = address;
    this.attempts = attempts;
  }
}

/** A practice cluster: its members, and who leads them. */
export class Cluster extends Replica {
  readonly members: readonly Member[];
  /** The cluster's own id as `sys/health` shows it; not replication's. */
  readonly ownId = randomUUID();
  readonly startedAt = new Date();
  initialised = true;
  standbyFault: StandbyAnswer | undefined;
  /** Refusals of promote still to come, and their text. */
  refusals = { left: 0, text: '' };
  #leader: Member | undefined;
  #formerLeader: Member | undefined;
  /** Its nodes are about to go away for the outage of a promotion or a demotion. */
  readonly #whenTurning: () => void;

  constructor(
    world: World,
    kind: ClusterKind,
    version: VaultVersion,
    addresses: readonly NodeAddress[],
    whenTurning: () => void,
  ) {
    super(world, kind, version);
    this.#whenTurning = whenTurning;
    this.members = addresses.map((address) => new Member(address, this.#newSlot()));
    this.#leader = this.members[0];
  }

  get leader(): Member | undefined {
    return this.#leader;
  }

  override get followers(): readonly Cluster[] {
    return this.world.clusters.filter(
      ({ attachment, mode }) => attachment?.primary === this && mode === 'secondary',
    );
  }

  /** The active node's clock. */
  override now(): Date {
    return this.clockOf(this.#leader);
  }

  clockOf(member: Member | undefined): Date {
    return new Date(this.world.clock.now().getTime() + (member?.clockOffsetMs ?? 0));
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
    this.beginPromotion(primaryClusterAddress);
    this.#whenTurning();
  }

  demote(): void {
    this.beginDemotion();
    this.#whenTurning();
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
    return new AttemptSlot(attemptRules(this.world, this.version, this));
  }
}

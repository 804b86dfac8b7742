import type { NodeAddress } from '../../shared/ids.ts';
import type { AttemptKind } from './attempts.ts';
import type { CertificateFault } from './certificates.ts';
import type { Cluster, Member } from './cluster.ts';
import { doors, type Door } from './door.ts';
import type { RequestKind } from './request.ts';
import { clusterOf, listenerOf, type Stage } from './stage.ts';
import type { StandbyAnswer } from './switches.ts';
import type { Aim } from './wire-faults.ts';

/** Trouble on demand. Calls without a node concern the DR secondary. */
export class PracticeFaults {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  // On the wire

  /** Every answer of both clusters waits this long first. */
  latency(milliseconds: number): void {
    this.#stage.wire.latencyMs = milliseconds;
  }

  /** The connection breaks before the server has seen the call, or after it has acted on it. */
  dropNext(kind: RequestKind, when: 'before' | 'after', aim: Omit<Aim, 'kind'> = {}): void {
    this.#stage.wire.add({ kind: `drop-${when}` }, { ...aim, kind });
  }

  /** 307 to the same path on another host, `to` being its `https://host:port`. */
  redirectNext({ to, ...aim }: Aim & { readonly to: string }): void {
    this.#stage.wire.add({ kind: 'redirect', to }, aim);
  }

  /** 429, as a rate-limit quota answers; Vault exempts `sys/generate-root`, not the DR path (§1.4). */
  rateLimitNext(aim: Aim = {}): void {
    this.#stage.wire.add({ kind: 'rate-limit' }, aim);
  }

  /** Half the body, then the connection breaks. The server has acted. */
  halfAnswer(aim: Aim = {}): void {
    this.#stage.wire.add({ kind: 'half-answer' }, aim);
  }

  /** The headers at once, the body drop by drop over `overMs`. */
  slow(overMs: number, aim: Aim = {}): void {
    this.#stage.wire.add({ kind: 'slow', overMs }, aim);
  }

  /** An HTML page: a login form (200) or a proxy's error (502). */
  notVault(status: 200 | 502, aim: Aim = {}): void {
    this.#stage.wire.add({ kind: 'not-vault', status }, aim);
  }

  /** Well-formed JSON of about this size. */
  hugeAnswer(bytes: number, aim: Aim = {}): void {
    this.#stage.wire.add({ kind: 'huge', bytes }, aim);
  }

  /** Another certificate from the next connection on, on one node or on all. */
  async certificate(fault: CertificateFault, node?: NodeAddress): Promise<void> {
    const identity = await this.#stage.authority.server(fault);
    for (const listener of this.#stage.listeners) {
      if (node === undefined || listener.address === node) listener.show(identity);
    }
  }

  /** What `server_time_utc` and the `Date` header show, against this machine's clock. */
  serverClock(offsetMs: number): void {
    this.#stage.world.clock.offsetMs = offsetMs;
  }

  /** One node's clock alone, against the site's: its "now", its `Date`, and when tokens end for it. */
  nodeClock(node: NodeAddress, offsetMs: number): void {
    const member = clusterOf(this.#stage, node).member(node);
    if (member !== undefined) member.clockOffsetMs = offsetMs;
  }

  /** When the licence that every node shows ends, from now; negative: it has ended. */
  licenceEndsIn(milliseconds: number): void {
    this.#stage.world.licence.expiresAt = new Date(Date.now() + milliseconds);
  }

  // Nodes

  /**
   * The process starts anew: connections break, its attempt is gone, another node leads. `sealed` is
   * how a Shamir node really comes back; without it somebody has unsealed it already.
   */
  restartNode(node: NodeAddress, comesBack: 'unsealed' | 'sealed' = 'unsealed'): void {
    const cluster = clusterOf(this.#stage, node);
    const member = cluster.member(node);
    if (member === undefined) return;
    cluster.restart(member);
    if (comesBack === 'sealed') cluster.seal(member);
    listenerOf(this.#stage, node)?.drop();
  }

  restartActive(comesBack: 'unsealed' | 'sealed' = 'unsealed'): void {
    const { leader } = this.#stage.secondary;
    if (leader !== undefined) this.restartNode(leader.address, comesBack);
  }

  /** Another node leads and knows no attempt; the old leader's memory keeps it. */
  changeLeader(): void {
    this.#stage.secondary.changeLeader();
  }

  /** The node that led before the last change leads again, with whatever attempt it remembers. */
  bringBackLeader(): void {
    this.#stage.secondary.bringBackLeader();
  }

  /** No node is active: standbys find no leader. */
  leaderless(): void {
    this.#stage.secondary.loseLeader();
  }

  /** How standbys treat a ceremony's calls from now on, whatever the switch says. */
  standbys(answer: StandbyAnswer): void {
    this.#stage.secondary.standbyFault = answer;
  }

  /** Seals one node, or every node of the DR secondary. */
  seal(node?: NodeAddress): void {
    for (const member of this.#named(node)) clusterOf(this.#stage, member.address).seal(member);
  }

  unseal(node?: NodeAddress): void {
    for (const member of this.#named(node)) clusterOf(this.#stage, member.address).unseal(member);
  }

  /** The DR secondary was never initialised. */
  uninitialised(): void {
    this.#stage.secondary.initialised = false;
  }

  /** The process ends: nothing listens on the port. */
  async nodeDown(node: NodeAddress): Promise<void> {
    await listenerOf(this.#stage, node)?.down();
  }

  async nodeUp(node: NodeAddress): Promise<void> {
    await listenerOf(this.#stage, node)?.up();
  }

  async primaryDown(): Promise<void> {
    this.#stage.primary.reachable = false;
    for (const { address } of this.#stage.primary.members) await this.nodeDown(address);
  }

  /** The old primary is back, and still believes that it is one. */
  async primaryUp(): Promise<void> {
    for (const { address } of this.#stage.primary.members) await this.nodeUp(address);
    this.#stage.primary.reachable = true;
  }

  // The server administrator of a Vault 2.x

  /** Opens `enable_unauthenticated_access` in the file of one node, or of each of the DR secondary, and reloads it. */
  openDoor(families: readonly Door[] = doors, node?: NodeAddress): void {
    for (const member of this.#named(node)) member.doors = new Set(families);
  }

  /** Closes it again, on one node or on each of the DR secondary. */
  closeDoor(node?: NodeAddress): void {
    this.openDoor([], node);
  }

  /** Closes it on every node of the DR secondary but one, the last, where it stays as it is. Gives that node. */
  closeDoorButOne(): NodeAddress | undefined {
    const forgotten = this.#stage.secondary.members.at(-1)?.address;
    for (const { address } of this.#stage.secondary.members) {
      if (address !== forgotten) this.closeDoor(address);
    }
    return forgotten;
  }

  // Other people

  /** Somebody else cancels; Vault asks them for no nonce. */
  cancelByAnother(): void {
    this.#stage.secondary.leader?.attempts.cancel();
  }

  /** Somebody else starts an attempt, cancelling first what runs. Gives its nonce. */
  async startByAnother(kind: AttemptKind = 'dr'): Promise<string> {
    this.cancelByAnother();
    const attempts = this.#stage.secondary.leader?.attempts;
    await attempts?.start(kind, '{}');
    return attempts?.nonce ?? '';
  }

  /** A holder gives a share on another machine: the last one not yet given, or share `index` (0-based). */
  async giveElsewhere(index?: number): Promise<void> {
    const attempts = this.#stage.secondary.leader?.attempts;
    const { shares } = this.#stage.world.keys;
    const share =
      index === undefined
        ? shares.findLast((candidate) => attempts?.holds(candidate) === false)
        : shares[index];
    if (attempts?.nonce === undefined || share === undefined) return;
    const body = { key: share.toString('base64'), nonce: attempts.nonce };
    await attempts.update('dr', JSON.stringify(body));
  }

  // Replication

  /** How far the secondary is behind. In `merkle-sync` it also refuses to be promoted without `force`. */
  lag(state: 'stream-wals' | 'merkle-sync', walsBehind: number): void {
    this.#stage.secondary.lag = { state, walsBehind };
  }

  /** Somebody writes on the primary of the day; the secondary gets it if it can. */
  primaryWrites(times: number): void {
    const primary = this.#follower.attachment?.primary ?? this.#stage.primary;
    for (let at = 0; at < times; at += 1) primary.write(() => undefined);
  }

  /** The primary writes, and the secondary falls behind by as much. */
  lagGrows(wals: number): void {
    const follower = this.#follower;
    follower.lag = { ...follower.lag, walsBehind: follower.lag.walsBehind + wals };
    this.primaryWrites(wals);
  }

  catchUp(): void {
    this.#follower.lag = { state: 'stream-wals', walsBehind: 0 };
  }

  /** Nothing passes between primary and secondary; both are up. */
  connectionLost(): void {
    this.#follower.linkCut = true;
  }

  connectionBack(): void {
    this.#follower.linkCut = false;
  }

  /** The next `times` promotions without `force` get 503 and this text, else the switch's text. */
  promoteRefuses({ times, text }: { readonly times: number; readonly text?: string }): void {
    this.#stage.secondary.refusals = {
      left: times,
      text: text ?? this.#stage.world.switches.catchingUpText,
    };
  }

  /** Takes back every fault above but what is history: attempts, leadership, a promotion. */
  async reset(): Promise<void> {
    const { secondary, wire, listeners } = this.#stage;
    wire.clear();
    this.serverClock(0);
    this.lag('stream-wals', 0);
    this.licenceEndsIn(365 * 24 * 3_600_000);
    for (const cluster of this.#stage.world.clusters) {
      cluster.linkCut = false;
      for (const member of cluster.members) member.clockOffsetMs = 0;
    }
    secondary.refusals = { left: 0, text: '' };
    secondary.standbyFault = undefined;
    secondary.initialised = true;
    this.unseal();
    for (const listener of listeners) await listener.up();
    await this.primaryUp();
    await this.certificate('good');
  }

  /** Whoever is the DR secondary now: after a failover that is the old primary, once it is attached. */
  get #follower(): Cluster {
    const { clusters } = this.#stage.world;
    return (
      clusters.find(({ mode, attachment }) => mode === 'secondary' && attachment !== undefined) ??
      this.#stage.secondary
    );
  }

  #named(node: NodeAddress | undefined): readonly Member[] {
    if (node === undefined) return this.#stage.secondary.members;
    const member = clusterOf(this.#stage, node).member(node);
    return member === undefined ? [] : [member];
  }
}

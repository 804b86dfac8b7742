import type { Connection, VaultNode } from '../vault/connection.ts';
import type { PrimarySeen } from '../../shared/ceremony/findings.ts';
import type { NodeAddress } from '../../shared/ids.ts';
import { problemOf, type ProblemCode } from '../../shared/problem.ts';
import type { Room } from '../ceremony/room.ts';
import { readDrStatus, readHealth, readLeader, type Health } from '../vault/sys-status.ts';
import { afterOpened } from './aftercare.ts';
import { lookAtPrimaries, type PrimaryLook } from './primary.ts';

/** Three times as often as HashiCorp's own wait for a promotion (sdk/helper/testcluster, 1.14.9): people wait. */
const betweenReadingsMs = 150;
const betweenPrimaryLooksMs = 5_000;
/** A node in the middle of a promotion may hold a connection open and say nothing. */
const patienceMs = 2_500;

export interface NodeReading {
  readonly node: NodeAddress;
  /** What is seen, in a few words. "Not reachable" is expected while a cluster is promoted. */
  readonly says: string;
  readonly mode: string | undefined;
  readonly active: boolean;
}

/** Sees to it that every reading is told, and that only changes go on the record. */
export interface WatchListener {
  reading(at: string, nodes: readonly NodeReading[], primary: PrimarySeen | undefined): void;
  /** The watch itself cannot go on: the record could not be written, or the profile cannot be used. */
  stopped(thrown: unknown): void;
}

/**
 * Watches the nodes until one of them is active and the replication mode is `primary`; then goes on
 * looking for a second active primary until it is stopped. Only reads. Never gives up by itself.
 */
export class Watch {
  readonly #room: Room;
  readonly #listener: WatchListener;
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;
  #primary: PrimarySeen | undefined;

  constructor(room: Room, listener: WatchListener) {
    this.#room = room;
    this.#listener = listener;
    this.#done = this.#run().catch((thrown: unknown) => listener.stopped(thrown));
  }

  /** Resolves when the last reading is over; nothing is recorded after that. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#done;
  }

  async #run(): Promise<void> {
    const connection = await this.#room.connect({ timeoutMs: patienceMs });
    try {
      await Promise.all([this.#watchNodes(connection), this.#watchPrimary(connection)]);
    } finally {
      connection.close();
    }
  }

  /** Each node at its own pace: one that hangs must not hide that another is back. */
  async #watchNodes(connection: Connection): Promise<void> {
    const { cluster } = this.#room.log.state;
    const latest = new Map<NodeAddress, NodeReading>();
    await Promise.all(
      cluster.nodes.map((address) => this.#watchNode(connection.node(address), latest)),
    );
  }

  async #watchNode(node: VaultNode, latest: Map<NodeAddress, NodeReading>): Promise<void> {
    while (!this.#over(['promoting', 'watching'])) {
      const reading = await readNode(node);
      if (this.#over(['promoting', 'watching'])) return;
      const before = latest.get(node.address);
      latest.set(node.address, reading);
      this.#listener.reading(new Date().toISOString(), [...latest.values()], this.#primary);
      if (before?.says !== reading.says || before.active !== reading.active)
        await this.#room.log.append({ type: 'watch.observed', ...reading });
      if (reading.active && reading.mode === 'primary') await this.#conclude(reading.node);
      await this.#pause(betweenReadingsMs);
    }
  }

  async #conclude(node: NodeAddress): Promise<void> {
    const { state } = this.#room.log;
    if (state.phase !== 'watching') return;
    const afterMs = Math.max(0, Date.now() - Date.parse(state.promotion.firstSentAt));
    // In one breath: nothing else that wants to write comes between them.
    const { log } = this.#room;
    await Promise.all([
      log.append({ type: 'promoted', node, afterMs }),
      log.append(afterOpened(this.#room)),
    ]);
  }

  /**
   * Two active primaries take writes that nobody can merge: that alarm fills the screen. It is over
   * when that one is seen as active no more; what was written there by then stays an open item.
   */
  async #watchPrimary(connection: Connection): Promise<void> {
    while (!this.#over(['promoting', 'watching', 'aftercare'])) {
      const look = await lookAtPrimaries(connection, this.#room.log.state.cluster);
      this.#primary = look.seen;
      if (!this.#over(['aftercare'])) await this.#alarm(look);
      await this.#pause(betweenPrimaryLooksMs);
    }
  }

  async #alarm({ seen, active, nodes }: PrimaryLook): Promise<void> {
    const { log } = this.#room;
    const { alarm, primary } = log.state;
    if (primary?.seen !== seen) await log.append({ type: 'primary.seen', primary: seen });
    if (active) {
      if (alarm !== active.address)
        await log.append({ type: 'primary.alarm', node: active.address });
      return;
    }
    // "Not visible" shows nothing: only the node itself can say that it is no primary any more.
    const quiet = nodes.find(
      ({ address, seen }) => address === alarm && seen === 'answers-otherwise',
    );
    if (quiet)
      await log.append({ type: 'primary.alarm.over', node: quiet.address, primary: quiet.seen });
  }

  #over(phases: readonly string[]): boolean {
    return this.#stop.signal.aborted || !phases.includes(this.#room.log.state.phase);
  }

  #pause(milliseconds: number): Promise<void> {
    const { signal } = this.#stop;
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener('abort', done, { once: true });
    });
  }
}

/** One node, asked three things; what it does not answer is said as such. */
export async function readNode(node: VaultNode): Promise<NodeReading> {
  try {
    const health = await readHealth(node);
    const says = describe(health);
    if (health.sealed || !health.initialized)
      return { node: node.address, says, mode: undefined, active: false };
    // Side by side: people wait for this answer, and each call is a connection of its own.
    const [{ mode }, leader] = await Promise.all([readDrStatus(node), readLeader(node)]);
    const active = leader.isSelf || (!leader.haEnabled && !health.standby);
    return { node: node.address, says: active ? `${says}, active` : says, mode, active };
  } catch (thrown) {
    const { code } = problemOf(thrown);
    return { node: node.address, says: wordsFor(code), mode: undefined, active: false };
  }
}

function describe(health: Health): string {
  if (!health.initialized) return 'not initialised';
  if (health.sealed) return 'sealed';
  switch (health.drMode) {
    case 'secondary':
      return 'DR secondary';
    case 'primary':
      return 'DR primary';
    case undefined:
      return 'answers, replication mode not shown';
    default:
      return `answers, replication mode "${health.drMode}"`;
  }
}

function wordsFor(code: ProblemCode): string {
  switch (code) {
    case 'vault.refused':
    case 'vault.reset':
    case 'vault.timeout':
    case 'vault.name-not-resolved':
      return 'not reachable';
    case 'vault.sealed':
      return 'sealed';
    case 'vault.certificate':
    case 'vault.clock':
    case 'vault.tls':
    case 'profile.pin-mismatch':
      return 'its certificate is not accepted';
    case 'vault.not-vault':
      return 'something answers that is not Vault';
    default:
      return 'answers with an error';
  }
}

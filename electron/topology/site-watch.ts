import type { NodeAddress, ProfileId } from '../../shared/ids.ts';
import { problemOf, type Problem } from '../../shared/problem.ts';
import type { Depth, NodeReading } from '../../shared/topology/reading.ts';
import type { Connection, VaultNode } from '../vault/connection.ts';
import type { Gate } from './gate.ts';
import { lookAtNode } from './look.ts';

/** What a watched site needs of the poller around it. */
export interface Surroundings {
  readonly gate: Gate;
  readonly connect: (id: ProfileId) => Promise<Connection>;
  /** Milliseconds until the next look, after this many failures in a row. */
  readonly waitAfter: (failures: number) => number;
  readonly lastReading: (node: NodeAddress) => NodeReading | undefined;
  readonly onReading: (reading: NodeReading) => void;
  /** None of the nodes can be asked. */
  readonly onProblem: (problem: Problem) => void;
}

/** One site while it is watched. Each node has a pace of its own; a node that hangs holds no other. */
export class SiteWatch {
  depth: Depth;
  readonly #around: Surroundings;
  readonly #stop = new AbortController();
  readonly #pauses = new Set<() => void>();

  constructor(id: ProfileId, nodes: readonly NodeAddress[], depth: Depth, around: Surroundings) {
    this.depth = depth;
    this.#around = around;
    void this.#run(id, nodes);
  }

  /** Whoever waits for the next look takes it now. */
  wake(): void {
    for (const goOn of [...this.#pauses]) goOn();
  }

  /** No reading comes after this; calls under way are cut off. */
  stop(): void {
    this.#stop.abort();
  }

  async #run(id: ProfileId, nodes: readonly NodeAddress[]): Promise<void> {
    const { signal } = this.#stop;
    let connection: Connection;
    try {
      connection = await this.#around.connect(id);
    } catch (thrown) {
      if (!signal.aborted) this.#around.onProblem(problemOf(thrown));
      return;
    }
    // Closing cuts off the calls under way.
    signal.addEventListener('abort', () => connection.close(), { once: true });
    if (signal.aborted) return connection.close();
    await Promise.all(nodes.map((node) => this.#watch(connection.node(node))));
  }

  async #watch(node: VaultNode): Promise<void> {
    const { signal } = this.#stop;
    for (let failures = 0; !signal.aborted;) {
      const reading = await this.#look(node, failures);
      if (reading === undefined) return;
      failures = reading.state === 'answers' ? 0 : failures + 1;
      this.#around.onReading(reading);
      await this.#pause(this.#around.waitAfter(failures));
    }
  }

  /** Undefined when the watch was stopped meanwhile. */
  async #look(node: VaultNode, failures: number): Promise<NodeReading | undefined> {
    const { signal } = this.#stop;
    const before = this.#around.lastReading(node.address);
    const proved = failures === 0 && before?.state === 'answers';
    const leave = await this.#around.gate.enter(proved ? 'answering' : 'unproved', signal);
    if (leave === undefined) return undefined;
    try {
      const reading = await readingOf(node, this.depth, before);
      return signal.aborted ? undefined : reading;
    } finally {
      leave();
    }
  }

  #pause(milliseconds: number): Promise<void> {
    const { signal } = this.#stop;
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const goOn = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', goOn);
        this.#pauses.delete(goOn);
        resolve();
      };
      const timer = setTimeout(goOn, milliseconds);
      signal.addEventListener('abort', goOn, { once: true });
      this.#pauses.add(goOn);
    });
  }
}

async function readingOf(
  node: VaultNode,
  depth: Depth,
  before: NodeReading | undefined,
): Promise<NodeReading> {
  try {
    return { state: 'answers', node: node.address, facts: await lookAtNode(node, depth) };
  } catch (thrown) {
    const triedAt = new Date().toISOString();
    const last = before?.state === 'silent' ? before.last : before?.facts;
    return {
      state: 'silent',
      node: node.address,
      since: before?.state === 'silent' ? before.since : triedAt,
      triedAt,
      problem: problemOf(thrown),
      ...(last ? { last } : {}),
    };
  }
}

import type { PrimarySeen } from '../../shared/ceremony/findings.ts';
import { Watch, type NodeReading } from '../failover/watch.ts';
import type { Room } from './room.ts';

type Reading = (
  at: string,
  nodes: readonly NodeReading[],
  primary: PrimarySeen | undefined,
) => void;

/** The watch over the nodes after a promotion: at most one, and only in the phases that need it. */
export class NodesWatch {
  readonly #room: Room;
  readonly #reading: Reading;
  #watch: Watch | undefined;

  constructor(room: Room, reading: Reading) {
    this.#room = room;
    this.#reading = reading;
  }

  /** Begins one, where the phase asks for it and none is running. */
  startIfDue(): void {
    const { phase } = this.#room.log.state;
    if (this.#watch || (phase !== 'watching' && phase !== 'aftercare')) return;
    this.#watch = new Watch(this.#room, {
      reading: this.#reading,
      stopped: () => {
        this.#watch = undefined;
      },
    });
  }

  /** Ends it, where one is running; what it is reading now is waited for. */
  async stop(): Promise<void> {
    const watch = this.#watch;
    this.#watch = undefined;
    await watch?.stop();
  }

  /** A running one begins anew: it keeps its connection, which does not know of a new trust yet. */
  async renew(): Promise<void> {
    if (!this.#watch) return;
    await this.stop();
    this.startIfDue();
  }
}

import { uptime } from 'node:os';

const betweenLooksMs = 5_000;
/** Less is the work of a time service, which moves a clock slowly; it adds up here until it shows. */
const jumpMs = 5_000;

export interface Clocks {
  /** What people read: milliseconds since 1970. It can be set. */
  readonly wall: () => number;
  /** Milliseconds that only grow, sleep included. It cannot be set. */
  readonly steady: () => number;
}

/** The system's uptime counts sleep too; the process's own counter stops there on Linux. */
export const systemClocks: Clocks = { wall: Date.now, steady: () => uptime() * 1000 };

/** Notices that the clock of this machine was set, by comparing it with one that nobody can set. */
export class ClockWatch {
  readonly #clocks: Clocks;
  readonly #onJump: (ms: number) => void;
  readonly #timer: NodeJS.Timeout;
  #apart: number;

  /** @param onJump by how many milliseconds the clock jumped; below 0: back. */
  constructor(onJump: (ms: number) => void, clocks: Clocks = systemClocks) {
    this.#clocks = clocks;
    this.#onJump = onJump;
    this.#apart = clocks.wall() - clocks.steady();
    this.#timer = setInterval(() => this.look(), betweenLooksMs);
    this.#timer.unref();
  }

  /** Compares now. It does so by itself every few seconds. */
  look(): void {
    const apart = this.#clocks.wall() - this.#clocks.steady();
    const ms = Math.round(apart - this.#apart);
    if (Math.abs(ms) < jumpMs) return;
    this.#apart = apart;
    this.#onJump(ms);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

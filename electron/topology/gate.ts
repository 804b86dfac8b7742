/** Whether a node has proved that it answers. One that has not may hold a slot for all its patience. */
export type Lane = 'answering' | 'unproved';

/**
 * Bounds how many nodes are asked at once, and keeps some slots for nodes that answered the last
 * time: however many others hang, they hold none of these up.
 */
export class Gate {
  readonly #slots: number;
  readonly #reserved: number;
  readonly #inside: Record<Lane, number> = { answering: 0, unproved: 0 };
  readonly #waiting: Record<Lane, Set<() => void>> = { answering: new Set(), unproved: new Set() };

  /** `reserved` of the `slots` are for nodes that answer. */
  constructor(slots: number, reserved: number) {
    this.#slots = slots;
    this.#reserved = reserved;
  }

  /** Waits for a slot; the function it gives leaves it again. Undefined when `signal` came first. */
  async enter(lane: Lane, signal: AbortSignal): Promise<(() => void) | undefined> {
    if (!(await this.#turn(lane, signal))) return undefined;
    return () => {
      this.#inside[lane] -= 1;
      this.#admit();
    };
  }

  #turn(lane: Lane, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve(false);
      const waiting = this.#waiting[lane];
      const onAbort = () => {
        waiting.delete(admitted);
        resolve(false);
      };
      const admitted = () => {
        signal.removeEventListener('abort', onAbort);
        resolve(true);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      waiting.add(admitted);
      this.#admit();
    });
  }

  #admit(): void {
    for (const lane of ['answering', 'unproved'] as const) {
      for (const admitted of this.#waiting[lane]) {
        if (!this.#hasRoom(lane)) break;
        this.#waiting[lane].delete(admitted);
        this.#inside[lane] += 1;
        admitted();
      }
    }
  }

  #hasRoom(lane: Lane): boolean {
    const { answering, unproved } = this.#inside;

    const free = this.#slots - answering - unproved;
    return free > 0 && (lane === 'answering' || unproved < this.#slots - this.#reserved);
  }
}

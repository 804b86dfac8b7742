/** What a node does while its cluster becomes a primary (§4.4). */
export type OutagePhase = 'resets' | 'sealed' | 'still-secondary' | 'over';

/** Resets first, then sealed and secondary by turns, as a core that restarts shows itself. */
const course: readonly OutagePhase[] = [
  'resets',
  'resets',
  'resets',
  'sealed',
  'sealed',
  'sealed',
  'still-secondary',
  'resets',
  'sealed',
  'still-secondary',
];

/** A promotion on its way: accepted once, over after `outageMs`, and never undone. */
export class Promotion {
  readonly #startedAt = performance.now();
  readonly #outageMs: number;
  readonly primaryClusterAddress: string;

  constructor(outageMs: number, primaryClusterAddress: string) {
    this.#outageMs = outageMs;
    this.primaryClusterAddress = primaryClusterAddress;
  }

  get phase(): OutagePhase {
    return course[Math.floor(this.#progress() * course.length)] ?? 'over';
  }

  /** The standbys' own restart ends half an outage after the active node is back. */
  get standbysBack(): boolean {
    return this.#progress() >= 1.5;
  }

  /** 1 is the end of the outage. */
  #progress(): number {
    return (performance.now() - this.#startedAt) / this.#outageMs;
  }
}

/** What a node does while its cluster changes its part in replication (§4.4). */
export type OutagePhase = 'resets' | 'sealed' | 'still-secondary' | 'over';

/** A promotion: resets first, then sealed and secondary by turns, as a core that restarts shows itself. */
const toPrimary: readonly OutagePhase[] = [
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
const toSecondary: readonly OutagePhase[] = ['resets', 'resets', 'sealed', 'resets', 'sealed'];

/** A promotion or a demotion on its way: accepted once, and over after `outageMs`. */
export class Turn {
  readonly #startedAt = performance.now();
  readonly #outageMs: number;
  readonly to: 'primary' | 'secondary';
  /** What promote was given as `primary_cluster_addr`. */
  readonly primaryClusterAddress: string;

  constructor(to: 'primary' | 'secondary', outageMs: number, primaryClusterAddress = '') {
    this.to = to;
    this.#outageMs = outageMs;
    this.primaryClusterAddress = primaryClusterAddress;
  }

  get phase(): OutagePhase {
    const course = this.to === 'primary' ? toPrimary : toSecondary;
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

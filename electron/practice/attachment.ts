import type { Cluster } from './cluster.ts';

export type AttachmentStage = 'connecting' | 'merkle-sync' | 'stream-wals';

/** A secondary's tie to its primary. A fresh one connects, compares trees, and streams after an outage's time. */
export class Attachment {
  /** Undefined where nobody answers at the addresses it was given. */
  readonly primary: Cluster | undefined;
  /** The id the primary knows it by. */
  readonly secondaryId: string;
  readonly since = new Date();
  readonly #startedAt = performance.now();
  readonly #settleMs: number;

  /** `settleMs`: how long it takes to stream; 0 for a tie that has long been there. */
  constructor(primary: Cluster | undefined, secondaryId: string, settleMs: number) {
    this.primary = primary;
    this.secondaryId = secondaryId;
    this.#settleMs = settleMs;
  }

  get stage(): AttachmentStage {
    const elapsed = performance.now() - this.#startedAt;
    if (elapsed >= this.#settleMs) return 'stream-wals';
    return elapsed < this.#settleMs / 2 ? 'connecting' : 'merkle-sync';
  }
}

import { isInvited } from '../../shared/ceremony/invited.ts';
import { reconcile } from '../../shared/ceremony/reconcile.ts';
import type { StateIn } from '../../shared/ceremony/state.ts';
import { readAttempt } from '../vault/attempt.ts';
import { familyOf, withConnection, type Room } from './room.ts';

export interface PollOptions {
  /** Milliseconds between two readings; 0: never. After a failed one they grow, up to 30 seconds. */
  readonly everyMs: number;
  /** Whether nothing else is being done: a share on its way settles the progress itself. */
  isFree(): boolean;
}

const longestMs = 30_000;
const timeoutMs = 8_000;

/**
 * Reads the attempt every few seconds while somebody may give a share from another laptop, and writes
 * what follows for certain. Where nobody is invited nothing is asked. What was read beside a command, or
 * while another event was written, counts for nothing: it may be old.
 */
export class ProgressPoll {
  readonly #room: Room;
  readonly #options: PollOptions;
  #timer: NodeJS.Timeout | undefined;
  #over = false;
  #writing: Promise<void> = Promise.resolve();
  #waitMs: number;

  constructor(room: Room, options: PollOptions) {
    this.#room = room;
    this.#options = options;
    this.#waitMs = options.everyMs;
  }

  /** Begins where there is something to wait for, and does nothing where it runs already. */
  begin(): void {
    const { everyMs } = this.#options;
    if (this.#over || this.#timer || everyMs === 0 || !this.#waits()) return;
    this.#timer = setTimeout(() => void this.#look(), this.#waitMs);
    // A stopped app does not wait for it.
    this.#timer.unref();
  }

  /** Until what was just read is on disk: a command begins after it. */
  settled(): Promise<void> {
    return this.#writing;
  }

  /** For good: whoever lets go of a ceremony closes its record. */
  async stop(): Promise<void> {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#writing;
  }

  async #look(): Promise<void> {
    const mine = this.#timer;
    const before = this.#waits();
    if (before && this.#options.isFree()) {
      const seen = await this.#read(before).catch(() => undefined);
      this.#waitMs = seen
        ? this.#options.everyMs
        : Math.max(this.#options.everyMs, Math.min(this.#waitMs * 2, longestMs));
      const same = this.#room.log.state.lastSeq === before.lastSeq && this.#timer === mine;
      if (seen && same && this.#options.isFree()) {
        const { events } = reconcile(before.attempt, seen);
        this.#writing = this.#room.log.appendAll(events).catch(() => undefined);
        await this.#writing;
      }
    }
    if (this.#timer !== mine) return;
    this.#timer = undefined;
    this.begin();
  }

  #read({ attempt }: StateIn<'collecting'>) {
    return withConnection(
      this.#room,
      (connection) =>
        readAttempt(connection.node(attempt.node), familyOf(this.#room), this.#room.vaultToken()),
      { timeoutMs },
    );
  }

  /** The state, where a share may come from elsewhere and none of ours is on its way. */
  #waits(): StateIn<'collecting'> | undefined {
    const { state } = this.#room.log;
    if (state.phase !== 'collecting' || state.attempt.pending || state.attempt.cancelling)
      return undefined;
    return state.attempt.joined || isInvited(this.#room.log.records) ? state : undefined;
  }
}

import { heldBack } from '../../shared/ceremony/in-force.ts';
import { possible, type CommandName } from '../../shared/ceremony/possible.ts';
import { Trouble } from '../../shared/problem.ts';
import { ruleTrouble } from './ceremony-log.ts';
import { ProgressPoll } from './progress-poll.ts';
import type { Room } from './room.ts';

/**
 * One command at a time: what two windows ask at once is refused, never queued, because some of
 * these commands must not be done twice. Between two turns the progress on the server is read.
 */
export class Turns {
  readonly #room: Room;
  readonly #tell: (doing: string | undefined) => void;
  readonly #poll: ProgressPoll;
  #doing: string | undefined;

  /**
   * @param tell what is being done, for the screens.
   * @param pollMs between two readings of the progress while holders elsewhere may give; 0: never.
   */
  constructor(room: Room, tell: (doing: string | undefined) => void, pollMs = usualPollMs) {
    this.#room = room;
    this.#tell = tell;
    this.#poll = new ProgressPoll(room, { everyMs: pollMs, isFree: () => !this.#doing });
  }

  /** Does a command, where it may come next. @throws Trouble `ceremony.busy`, `rule.not-now`. */
  async command<T>(name: CommandName, doing: string, work: () => Promise<T>): Promise<T> {
    if (this.#doing) throw new Trouble(busyWith(this.#doing));
    const { state } = this.#room.log;
    const held = heldBack(state, name);
    if (held.length > 0) throw ruleTrouble(held.join(' '));
    if (!possible(state).includes(name))
      throw ruleTrouble(`This cannot be done in the phase "${state.phase}".`);
    return this.alone(doing, work);
  }

  /** Nothing else is done meanwhile. A resume comes in every phase, so it asks for no permission. */
  async alone<T>(doing: string, work: () => Promise<T>): Promise<T> {
    if (this.#doing) throw new Trouble(busyWith(this.#doing));
    this.#doing = doing;
    this.#tell(doing);
    try {
      await this.#poll.settled();
      return await work();
    } finally {
      this.#doing = undefined;
      this.#tell(undefined);
      this.#poll.begin();
    }
  }

  /** The progress is read no more. */
  stop(): Promise<void> {
    return this.#poll.stop();
  }
}

/** Milliseconds: soon enough for people who wait, and polite to a server under load. */
const usualPollMs = 5_000;

const busyWith = (doing: string) =>
  ({
    code: 'ceremony.busy',
    known: `This ceremony is busy: ${doing}.`,
    safe: 'The new request was not carried out.',
    next: 'Wait until it is done, then try again.',
  }) as const;

import type { Recorded } from '../../shared/ceremony/events.ts';
import type { ExpiredLeaf, PrimarySeen } from '../../shared/ceremony/findings.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import type { CeremonyId } from '../../shared/ids.ts';
import { problemOf } from '../../shared/problem.ts';
import type { NodeReading } from '../failover/watch.ts';
import { AfterCommands } from './commands/after.ts';
import { AttemptCommands } from './commands/attempt.ts';
import type { CommandTools } from './commands/commands.ts';
import { DoorCommands } from './commands/door.ts';
import { EndingCommands } from './commands/ending.ts';
import { NoteCommands } from './commands/notes.ts';
import { PreparingCommands } from './commands/preparing.ts';
import { PromotionCommands } from './commands/promotion.ts';
import { TokenCommands } from './commands/token.ts';
import { NodesWatch } from './nodes-watch.ts';
import { recheck } from './recheck.ts';
import type { Room } from './room.ts';
import { Turns } from './turns.ts';

/** What a conductor tells the screens, unasked. */
export interface Audience {
  doing(id: CeremonyId, what: string | undefined): void;
  reading(
    id: CeremonyId,
    at: string,
    nodes: readonly NodeReading[],
    primary: PrimarySeen | undefined,
  ): void;
  /** All expired certificates that stand in the way now. */
  expired(id: CeremonyId, leaves: readonly ExpiredLeaf[]): void;
}

/**
 * Conducts one ceremony: takes a command, checks that it may come next, does it, and leaves its
 * events. The commands stand in groups, in the order of the job; each group is a file of its own.
 */
export class Conductor {
  readonly prepare: PreparingCommands;
  readonly attempt: AttemptCommands;
  readonly token: TokenCommands;
  readonly promotion: PromotionCommands;
  readonly after: AfterCommands;
  readonly ending: EndingCommands;
  /** Possible in nearly every phase, as the notes are. */
  readonly door: DoorCommands;
  readonly notes: NoteCommands;

  readonly #tools: CommandTools;

  /** @param pollMs between two readings of the progress while holders elsewhere may give; 0: never. */
  constructor(room: Room, audience: Audience, pollMs?: number) {
    const { id } = room;
    const tools = {
      room,
      turns: new Turns(room, (what) => audience.doing(id, what), pollMs),
      watch: new NodesWatch(room, (...reading) => audience.reading(id, ...reading)),
    };
    this.prepare = new PreparingCommands(tools);
    this.attempt = new AttemptCommands(tools);
    this.token = new TokenCommands(tools);
    this.promotion = new PromotionCommands(tools);
    this.after = new AfterCommands(tools);
    this.ending = new EndingCommands(tools);
    this.door = new DoorCommands(tools);
    this.notes = new NoteCommands(tools);
    this.#tools = tools;
  }

  get state(): CeremonyState {
    return this.#tools.room.log.state;
  }

  get records(): readonly Recorded[] {
    return this.#tools.room.log.records;
  }

  /** The expired certificates that a call of this run was refused for. */
  get expired(): readonly ExpiredLeaf[] {
    return this.#tools.room.expired.leaves;
  }

  /** Reads the server and the keychain again and says what follows. @returns the sentences. */
  recheck(): Promise<string> {
    return this.#tools.turns.command('recheck', rechecking, () => this.#recheck());
  }

  /** Takes the ceremony up after a restart: what is read now goes on the record as a sentence. */
  async resume(tornBytes: number | undefined): Promise<void> {
    const { room, turns } = this.#tools;
    const sentence = await turns
      .alone(rechecking, () => this.#recheck())
      .catch((thrown: unknown) => {
        const { known, next } = problemOf(thrown);
        return `It could not be checked yet. ${known} ${next}`.slice(0, 2000);
      });
    await room.log.append({
      type: 'resumed',
      sentence,
      ...(tornBytes === undefined ? {} : { tornBytes }),
    });
  }

  /** The operator's borrowed token and an activation are let go, as when the screen is locked. */
  forgetBorrowed(): void {
    this.#tools.room.borrowed = undefined;
    this.#tools.room.activation = undefined;
  }

  /** Lets go: the watch ends, the record stays open for whoever takes it up. */
  async release(): Promise<void> {
    await this.#tools.turns.stop();
    await this.#tools.watch.stop();
  }

  async #recheck(): Promise<string> {
    const sentence = await recheck(this.#tools.room);
    this.#tools.watch.startIfDue();
    return sentence;
  }
}

const rechecking = 'Checking with Vault and the keychain';

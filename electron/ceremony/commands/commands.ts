import type { CeremonyEvent } from '../../../shared/ceremony/events.ts';
import type { CommandName } from '../../../shared/ceremony/possible.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import type { NodesWatch } from '../nodes-watch.ts';
import type { Room } from '../room.ts';
import type { Turns } from '../turns.ts';

/** What every group of commands shares: one ceremony, its turns and its watch. */
export interface CommandTools {
  readonly room: Room;
  readonly turns: Turns;
  readonly watch: NodesWatch;
}

/** The commands of one part of the job. A command is a name of `possible()`, a sentence and the work. */
export abstract class Commands {
  protected readonly room: Room;
  protected readonly watch: NodesWatch;
  readonly #turns: Turns;

  constructor({ room, turns, watch }: CommandTools) {
    this.room = room;
    this.watch = watch;
    this.#turns = turns;
  }

  protected get state(): CeremonyState {
    return this.room.log.state;
  }

  /** While the cluster may still be looked at anew: no attempt was started, no token armed. */
  protected get isBeforeStart(): boolean {
    const { phase } = this.state;
    return phase === 'preflight' || phase === 'roster' || phase === 'ready';
  }

  /** Does it alone, where it may come next. @param doing what the screens say meanwhile. */
  protected command<T>(name: CommandName, doing: string, work: () => Promise<T>): Promise<T> {
    return this.#turns.command(name, doing, work);
  }

  protected async record(event: CeremonyEvent): Promise<void> {
    await this.room.log.append(event);
  }
}

import type { EventOf } from '../../../shared/ceremony/events.ts';
import { endings } from '../../../shared/ceremony/fold.ts';
import { ruleTrouble } from '../ceremony-log.ts';
import { Commands } from './commands.ts';

/** The end of a ceremony: settled, or left open by name and reason. */
export class EndingCommands extends Commands {
  end(): Promise<void> {
    return this.command('end', 'Closing the ceremony', async () => {
      const [outcome] = endings(this.state);
      if (!outcome) throw ruleTrouble('Something on the server is not settled yet.');
      await this.#close({ type: 'ceremony.ended', outcome });
    });
  }

  /** Ends it with something left open on the server: an open item, by name and reason. */
  leave(by: string, why: string): Promise<void> {
    return this.command('leave', 'Closing the ceremony', () =>
      this.#close({ type: 'ceremony.ended', outcome: 'left', left: { by, why } }),
    );
  }

  async #close(event: EventOf<'ceremony.ended'>): Promise<void> {
    await this.watch.stop();
    this.room.activation = undefined;
    // A keychain that is locked now keeps nobody from ending the ceremony.
    await this.room.secrets.markClosing().catch(() => undefined);
    await this.record(event);
    // The secrets go even where the record cannot be signed now.
    await this.room.sign().finally(() => this.room.secrets.forgetAll());
  }
}

import type { Fencing } from '../../../shared/ceremony/events.ts';
import { foundBeforeDemotion } from '../../../shared/ceremony/fencing.ts';
import { samePerson } from '../../../shared/ceremony/people.ts';
import type { Secret } from '../../../shared/secret.ts';
import { demotePrimary, lookAtPrimaryNow } from '../../failover/demote.ts';
import { preflight } from '../../failover/preflight.ts';
import { lookAgain } from '../../failover/primary.ts';
import { promote, readiness, type Confirmation, type Readiness } from '../../failover/promote.ts';
import { chooseWay } from '../../failover/ways.ts';
import { ruleTrouble } from '../ceremony-log.ts';
import { withConnection } from '../room.ts';
import { statementToSign } from '../second-person.ts';
import { Commands } from './commands.ts';

/** The old primary, fenced or demoted, and the one call that cannot be taken back. */
export class PromotionCommands extends Commands {
  /** The statement carries what is seen of the primary now, not what the page remembers. */
  stateFencing(statement: Fencing): Promise<void> {
    return this.command('state-fencing', 'Looking at the primary, then writing it', async () => {
      const { seen } = await withConnection(
        this.room,
        (connection) => lookAgain(this.room, connection),
        { timeoutMs: 8_000 },
      );
      const fencing = { ...statement, primary: seen };
      if (seen === 'answers-as-active' && !fencing.reason)
        throw ruleTrouble('The primary answers as active: promoting all the same needs a reason.');
      await this.record({ type: 'fencing.stated', fencing });
    });
  }

  /** Looks at the old primary now. @returns what was seen, in a sentence. */
  lookAtPrimary(): Promise<string> {
    return this.command('look-at-primary', 'Looking at the primary', async () => {
      const sentence = await lookAtPrimaryNow(this.room);
      await this.#lookAgainAfterDemotion();
      return sentence;
    });
  }

  demote(
    token: Secret<'vault-token'>,
    people: { readonly by: string; readonly secondPerson: string },
  ): Promise<void> {
    return this.command('demote-primary', 'Demoting the old primary', async () => {
      if (samePerson(people.by, people.secondPerson))
        throw ruleTrouble('A demotion needs two people, and the same name was given twice.');
      await demotePrimary(this.room, token, people);
      await this.#lookAgainAfterDemotion();
    });
  }

  /** What the second person signs, where they set a key: the bytes, as they are. */
  statementToSign(force: boolean): Uint8Array | undefined {
    return statementToSign(this.room, force);
  }

  readiness(): Promise<Readiness> {
    return this.command('promote', 'Asking the cluster what it is', () => readiness(this.room));
  }

  promote(confirmation: Confirmation): Promise<void> {
    return this.command('promote', 'Sending promote', async () => {
      // The watch must not conclude anything while the state says "promoting".
      await this.watch.stop();
      try {
        await promote(this.room, confirmation);
      } finally {
        this.watch.startIfDue();
      }
    });
  }

  /** What preflight found before a demotion is not true after it: the cluster is looked at once more. */
  async #lookAgainAfterDemotion(): Promise<void> {
    if (!this.isBeforeStart || !foundBeforeDemotion(this.state)) return;
    // The demotion is done, whatever comes of this look: "Check again" stays on the screen.
    const checked = await preflight(this.room).catch(() => undefined);
    if (!checked) return;
    await this.record(checked);
    await chooseWay(this.room);
  }
}

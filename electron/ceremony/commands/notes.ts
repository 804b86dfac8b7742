import type { CeremonyEvent } from '../../../shared/ceremony/events.ts';
import { scriptOf } from '../../../shared/script/default.ts';
import type { StepId } from '../../../shared/script/schema.ts';
import { ruleTrouble } from '../ceremony-log.ts';
import { Commands } from './commands.ts';

/** What people write on the record: checks, sign-offs, notes, deviations. */
export class NoteCommands extends Commands {
  /** A required check of the script: done by somebody, or set aside as a deviation. */
  settleCheck(
    event: Extract<CeremonyEvent, { type: 'check.done' | 'check.set-aside' }>,
  ): Promise<void> {
    return this.command('settle-check', 'Writing the check', () => this.record(event));
  }

  /** By name, with the words of the script this ceremony follows. */
  async signOff(step: StepId, by: string): Promise<void> {
    const script = this.state.script?.script ?? scriptOf(undefined);
    const words = script.steps.find(({ id }) => id === step);
    if (!words) throw ruleTrouble('The script has no such step.');
    const { challenge, response } = words;
    await this.record({ type: 'step.signed-off', step, challenge, response, by });
  }

  /** Notes, deviations, interruptions: possible at any time, beside whatever runs. */
  async remark(
    event: Extract<CeremonyEvent, { type: 'note.added' | 'deviation.recorded' | 'interrupted' }>,
  ): Promise<void> {
    await this.record(event);
  }
}

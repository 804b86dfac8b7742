import type { CeremonyEvent, EventOf } from '../ceremony/events.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import type { Digest } from '../ids.ts';
import { stepIds, type StepId } from '../script/schema.ts';
import { stepOf } from '../script/steps.ts';

/** What became of one required check of the site's script. */
export interface CheckReport {
  readonly id: string;
  readonly title: string;
  readonly step: StepId;
  /** `open`: the ceremony came to its step, or ended, and it was neither done nor set aside. */
  readonly met: 'done' | 'set-aside' | 'open' | 'not-reached';
  readonly by: string | undefined;
}

/** How far a record followed its script. */
export interface ScriptReport {
  readonly title: string;
  readonly hash: Digest;
  readonly checks: readonly CheckReport[];
  /** Steps that the ceremony came to and that nobody signed off. */
  readonly unsigned: readonly StepId[];
  readonly signedOff: number;
}

/** Holds a record against the script it adopted. Its size is the script's, whatever the record's. */
export class ScriptWatch {
  #adopted: EventOf<'script.adopted'> | undefined;
  readonly #settled = new Map<string, { met: 'done' | 'set-aside'; by: string }>();
  readonly #signed = new Set<StepId>();
  #furthest = -1;

  /** @param state after the event, where the record still folds. */
  take(event: CeremonyEvent, state: CeremonyState | undefined): void {
    const now = state ? stepOf(state) : 'ended';
    if (now !== 'ended') this.#furthest = Math.max(this.#furthest, stepIds.indexOf(now));
    switch (event.type) {
      case 'script.adopted':
        this.#adopted ??= event;
        return;
      case 'check.done':
        this.#settle(event.id, 'done', event.by);
        return;
      case 'check.set-aside':
        this.#settle(event.id, 'set-aside', event.agreedBy);
        return;
      case 'step.signed-off':
        this.#signed.add(event.step);
        return;
      default:
        return;
    }
  }

  /** `undefined` for a record without a script: those of version 0.1.0. */
  result(): ScriptReport | undefined {
    if (!this.#adopted) return undefined;
    const { script, hash } = this.#adopted;
    const checks = script.siteSteps.flatMap(({ id, title, at, check }) => {
      if (check === undefined) return [];
      const settled = this.#settled.get(id);
      const reached = stepIds.indexOf(at) <= this.#furthest;
      const met: CheckReport['met'] = settled?.met ?? (reached ? 'open' : 'not-reached');
      return [{ id, title, step: at, met, by: settled?.by }];
    });
    const reached = stepIds.slice(0, this.#furthest + 1);
    const unsigned = reached.filter((step) => !this.#signed.has(step));
    return { title: script.title, hash, checks, unsigned, signedOff: this.#signed.size };
  }

  /** Only checks of the script are remembered. */
  #settle(id: string, met: 'done' | 'set-aside', by: string): void {
    const steps = this.#adopted?.script.siteSteps ?? [];
    if (steps.some((step) => step.id === id)) this.#settled.set(id, { met, by });
  }
}

/** How far the script was followed, in sentences. */
export function scriptSentences(script: ScriptReport | undefined): readonly string[] {
  if (!script) return ['No script is on this record.'];
  const { title, checks, unsigned, signedOff } = script;
  const named = (met: CheckReport['met']) =>
    checks.filter((check) => check.met === met).map((check) => check.title);
  const done = named('done').length;
  const aside = named('set-aside');
  const open = named('open');
  return [
    `It follows “${title}”.`,
    checks.length === 0
      ? 'The script has no required checks.'
      : `${done} of ${checks.length} required checks were done.`,
    ...(aside.length > 0 ? [`Set aside: ${aside.join(', ')}.`] : []),
    ...(open.length > 0 ? [`NOT done and not set aside: ${open.join(', ')}.`] : []),
    unsigned.length === 0
      ? `Every step was signed off that the ceremony came to (${signedOff}).`
      : `Not signed off: ${unsigned.join(', ')}.`,
  ];
}

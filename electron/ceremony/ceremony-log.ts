import type { CeremonyEvent, Recorded } from '../../shared/ceremony/events.ts';
import { apply, fold } from '../../shared/ceremony/fold.ts';
import type { CeremonyState, Phase, StateIn } from '../../shared/ceremony/state.ts';
import { Trouble } from '../../shared/problem.ts';
import type { Journal } from '../transcript/journal.ts';

/**
 * One ceremony's events and what they add up to. `append` is the only way to change anything: the
 * event must be allowed to follow, is written and fsynced, and only then becomes state.
 */
export class CeremonyLog {
  readonly #journal: Journal<CeremonyEvent>;
  readonly #records: Recorded[];
  readonly #onRecorded: (record: Recorded) => void;
  #state: CeremonyState | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  /** @throws Trouble `journal.tampered` where the events on disk do not follow from one another. */
  constructor(
    journal: Journal<CeremonyEvent>,
    records: readonly Recorded[],
    onRecorded: (record: Recorded) => void,
  ) {
    this.#journal = journal;
    this.#records = [...records];
    this.#onRecorded = onRecorded;
    if (records.length > 0) {
      const folded = fold(records);
      if (!folded.ok) throw doesNotFollow(folded.seq, folded.reason);
      this.#state = folded.state;
    }
  }

  get records(): readonly Recorded[] {
    return this.#records;
  }

  /** @throws Trouble `ceremony.unknown` before the first event. */
  get state(): CeremonyState {
    if (!this.#state) throw unopened;
    return this.#state;
  }

  /** The state, where it is in one of these phases. @throws Trouble `rule.not-now` elsewhere. */
  in<P extends Phase>(...phases: readonly P[]): StateIn<P> {
    const { state } = this;
    if (isIn(state, phases)) return state;
    throw ruleTrouble(`This cannot be done in the phase "${state.phase}".`);
  }

  /**
   * Writes one event and takes the step.
   *
   * @throws Trouble `rule.not-now` when the event cannot follow, `journal.*` when it cannot be written.
   *   In both cases nothing has changed. Calls are carried out in the order in which they were made:
   *   a watch, a note and a step may all want to write at once.
   */
  append(event: CeremonyEvent): Promise<CeremonyState> {
    const turn = this.#turn.then(() => this.#append(event));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves once everything that was to be written until now is written, or has failed. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  async appendAll(events: readonly CeremonyEvent[]): Promise<void> {
    for (const event of events) await this.append(event);
  }

  async #append(event: CeremonyEvent): Promise<CeremonyState> {
    const at = new Date().toISOString();
    const tried = apply(this.#state, { seq: this.#records.length + 1, at, event });
    if (!tried.ok) throw ruleTrouble(tried.reason);
    const { seq, at: writtenAt, hash: head } = await this.#journal.append(event);
    const record: Recorded = { seq, at: writtenAt, event, head };
    const step = apply(this.#state, record);
    if (!step.ok) throw ruleTrouble(step.reason);
    this.#state = step.state;
    this.#records.push(record);
    this.#onRecorded(record);
    return step.state;
  }
}

const isIn = <P extends Phase>(state: CeremonyState, phases: readonly P[]): state is StateIn<P> =>
  phases.some((phase) => phase === state.phase);

/** A step that cannot follow: nothing was sent and nothing was written. */
export const ruleTrouble = (known: string): Trouble =>
  new Trouble({
    code: 'rule.not-now',
    known,
    safe: 'Nothing was sent and nothing was written.',
    next: 'Go on with the step that is shown now.',
  });

const unopened = new Trouble({
  code: 'ceremony.unknown',
  known: 'This ceremony has no events yet.',
  safe: 'Nothing was sent.',
  next: 'Go back to Home and open a ceremony.',
});

const doesNotFollow = (seq: number, reason: string): Trouble =>
  new Trouble({
    code: 'journal.tampered',
    known: `The record's hashes are intact, but event ${seq} cannot follow the ones before it. ${reason}`,
    safe: 'The file was left as it is. Nothing was sent.',
    next: 'Keep the file for whoever examines it, and start a new ceremony.',
  });

import { Trouble } from '../../shared/problem.ts';
import type { RecordRules, Stands } from '../../shared/transcript/rules.ts';
import type { Entry } from '../../shared/transcript/entry.ts';
import type { Journal } from './journal.ts';

/**
 * The events of one record and what they add up to, for every kind that is not a ceremony. `append`
 * is the only way to change anything: the event must be allowed to follow, is on the disk, and only
 * then becomes state.
 */
export class RecordLog<E, S extends Stands> {
  readonly #journal: Journal<E>;
  readonly #rules: Pick<RecordRules<E, S>, 'apply'>;
  #state: S | undefined;
  #seq: number;
  #turn: Promise<unknown> = Promise.resolve();

  /** @throws Trouble `journal.tampered` where the entries do not follow from one another. */
  constructor(
    journal: Journal<E>,
    entries: readonly Entry<E>[],
    rules: Pick<RecordRules<E, S>, 'apply'>,
  ) {
    this.#journal = journal;
    this.#rules = rules;
    this.#seq = entries.length;
    for (const entry of entries) {
      const step = rules.apply(this.#state, entry);
      if (!step.ok) throw doesNotFollow(entry.seq, step.reason);
      this.#state = step.state;
    }
  }

  /** @throws Trouble `ceremony.unknown` before the first event. */
  get state(): S {
    if (this.#state === undefined) throw unopened;
    return this.#state;
  }

  /**
   * Writes one event and takes the step. Calls are carried out in the order in which they were made.
   *
   * @throws Trouble `rule.not-now` when the event cannot follow, `journal.*` when it cannot be
   * written. In both cases nothing has changed.
   */
  append(event: E): Promise<S> {
    const turn = this.#turn.then(() => this.#append(event));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #append(event: E): Promise<S> {
    const at = new Date().toISOString();
    const tried = this.#rules.apply(this.#state, { seq: this.#seq + 1, at, event });
    if (!tried.ok) throw notNow(tried.reason);
    const entry = await this.#journal.append(event);
    const step = this.#rules.apply(this.#state, entry);
    if (!step.ok) throw notNow(step.reason);
    this.#seq = entry.seq;
    this.#state = step.state;
    return step.state;
  }
}

const notNow = (known: string): Trouble =>
  new Trouble({
    code: 'rule.not-now',
    known,
    safe: 'Nothing was sent and nothing was written.',
    next: 'Go on with the step that is shown now.',
  });

const unopened = new Trouble({
  code: 'ceremony.unknown',
  known: 'This record has no events yet.',
  safe: 'Nothing was sent.',
  next: 'Go back to Home and open it again.',
});

const doesNotFollow = (seq: number, reason: string): Trouble =>
  new Trouble({
    code: 'journal.tampered',
    known: `The record's hashes are intact, but event ${seq} cannot follow the ones before it. ${reason}`,
    safe: 'The file was left as it is. Nothing was sent.',
    next: 'Keep the file for whoever examines it, and start a new record.',
  });

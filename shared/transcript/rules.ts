import { Collector, type Listed } from './listed.ts';

/** Whether each event may follow those before it, by the same rules that the app keeps while it writes. */
export type Rules =
  | { readonly kind: 'hold' }
  | { readonly kind: 'broken'; readonly line: number; readonly reason: string }
  /** An event is from a newer version: what follows from it is not known here. */
  | { readonly kind: 'not-checked'; readonly from: number };

export interface Deviation {
  readonly line: number;
  readonly what: string;
  readonly why: string;
  readonly agreedBy: string;
}

/** The rules of one kind of record: what each event makes of the state before it. */
export interface RecordRules<E, S extends Stands = Stands> {
  apply(
    state: S | undefined,
    record: { readonly seq: number; readonly at: string; readonly event: E },
  ): { readonly ok: true; readonly state: S } | { readonly ok: false; readonly reason: string };
  /** The state without what only grows in it: no rule reads that, and copying it makes a long record slow. */
  lightened(state: S): S;
}

/** What every state says of itself. */
export interface Stands {
  readonly deviations: readonly Omit<Deviation, 'line'>[];
  readonly openItems: readonly string[];
}

/** More than any record leaves open; past it a hostile record would make the check slow. */
const mostOpenItems = 1000;

/** Folds a record event by event, by the rules of its kind. */
export class RulesWatch<E, S extends Stands> {
  readonly deviations = new Collector<Deviation>();
  readonly #kind: RecordRules<E, S>;
  #state: S | undefined;
  #rules: Rules = { kind: 'hold' };

  constructor(kind: RecordRules<E, S>) {
    this.#kind = kind;
  }

  take(line: number, at: string, event: E): void {
    if (this.#rules.kind !== 'hold') return;
    const step = this.#kind.apply(this.#state, { seq: line, at, event });
    if (!step.ok) {
      this.#rules = { kind: 'broken', line, reason: step.reason };
      return;
    }
    for (const { what, why, agreedBy } of step.state.deviations)
      this.deviations.add({ line, what, why, agreedBy });
    this.#state = this.#kind.lightened(step.state);
    if (step.state.openItems.length > mostOpenItems)
      this.#rules = { kind: 'broken', line, reason: `More than ${mostOpenItems} open items.` };
  }

  /** From here on the record speaks of things that are not known here. */
  leaveUnchecked(from: number): void {
    if (this.#rules.kind === 'hold') this.#rules = { kind: 'not-checked', from };
  }

  get rules(): Rules {
    return this.#rules;
  }

  /** Where the record stands after the last event that was folded. */
  get state(): S | undefined {
    return this.#state;
  }

  openItems(): Listed<string> {
    const items = this.#state?.openItems ?? [];
    return { total: items.length, first: items.slice(0, 200) };
  }
}

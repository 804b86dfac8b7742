import type { CeremonyEvent } from '../ceremony/events.ts';
import { apply } from '../ceremony/fold.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import { Collector, type Listed } from './listed.ts';

/** Whether each event may follow those before it, by the same rules that conduct a ceremony. */
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

/** More than any ceremony leaves open; past it a hostile record would make the check slow. */
const mostOpenItems = 1000;

/**
 * Folds a record event by event. What only grows in a state (notes, observations) is taken out of it
 * each time: no rule reads it, and copying it would make a long record slow.
 */
export class RulesWatch {
  readonly deviations = new Collector<Deviation>();
  #state: CeremonyState | undefined;
  #rules: Rules = { kind: 'hold' };

  take(line: number, at: string, event: CeremonyEvent): void {
    if (this.#rules.kind !== 'hold') return;
    const step = apply(this.#state, { seq: line, at, event });
    if (!step.ok) {
      this.#rules = { kind: 'broken', line, reason: step.reason };
      return;
    }
    for (const { what, why, agreedBy } of step.state.deviations)
      this.deviations.add({ line, what, why, agreedBy });
    this.#state = lightened(step.state);
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

  /** Where the ceremony stands after the last event that was folded. */
  get state(): CeremonyState | undefined {
    return this.#state;
  }

  openItems(): Listed<string> {
    const items = this.#state?.openItems ?? [];
    return { total: items.length, first: items.slice(0, 200) };
  }
}

function lightened(state: CeremonyState): CeremonyState {
  const light = { ...state, notes: [], deviations: [], refusedWays: [] };
  const watched = 'observations' in light ? { ...light, observations: [] } : light;
  return 'token' in watched ? { ...watched, token: { ...watched.token, tried: [] } } : watched;
}

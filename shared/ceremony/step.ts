import type { CeremonyEvent } from './events.ts';
import type { CeremonyState } from './state.ts';

/** What one event makes of a state: the next state, or why it cannot follow. */
export type Step =
  | { readonly ok: true; readonly state: CeremonyState }
  | { readonly ok: false; readonly reason: string };

export const to = (state: CeremonyState): Step => ({ ok: true, state });

export const notNow = (state: CeremonyState | undefined, event: CeremonyEvent): Step => ({
  ok: false,
  reason: `"${event.type}" cannot follow in the phase "${state?.phase ?? 'unopened'}".`,
});

export const refuse = (reason: string): Step => ({ ok: false, reason });

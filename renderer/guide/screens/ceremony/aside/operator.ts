import type { CeremonyState } from '../../../../../shared/ceremony/state.ts';

/** The operator's name, once the people are known: who most often writes. */
export const operatorOf = (state: CeremonyState): string =>
  ('roster' in state ? state.roster?.operator : undefined) ?? '';

/** The witness's name, once the people are known and there is one. */
export const witnessOf = (state: CeremonyState): string =>
  ('roster' in state ? state.roster?.witness : undefined) ?? '';

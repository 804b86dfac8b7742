import type { Phase } from '../../../shared/ceremony/state.ts';

/** Where a ceremony is, as the end of "it stands …". An unknown phase is named as it is. */
export const phaseWords = (phase: string): string => (isPhase(phase) ? words[phase] : phase);

const isPhase = (phase: string): phase is Phase => Object.hasOwn(words, phase);

const words: Readonly<Record<Phase, string>> = {
  preflight: 'before the preflight was passed',
  roster: 'before the people were named',
  ready: 'ready to start',
  starting: 'while the attempt was being started',
  collecting: 'while shares were being collected',
  superseded: 'after another attempt took its place on the server',
  gone: 'after the server no longer knew the attempt',
  complete: 'with all shares given, before the token was decoded',
  decoded: 'with the DR operation token decoded, before promote was sent',
  armed: 'with a batch token chosen, before promote was sent',
  promoting: 'while promote was being sent',
  watching: 'while the promotion was being watched',
  aftercare: 'promoted, before the ceremony was closed',
  ended: 'ended',
};

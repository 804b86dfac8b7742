import type { CeremonyEvent } from './events.ts';

/** Whether somebody elsewhere was invited to the attempt that was started last. */
export function isInvited(records: readonly { readonly event: CeremonyEvent }[]): boolean {
  const last = records.findLast(
    ({ event }) => event.type === 'invitation.made' || event.type === 'attempt.started',
  );
  return last?.event.type === 'invitation.made';
}

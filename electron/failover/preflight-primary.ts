import type { Finding } from '../../shared/ceremony/findings.ts';
import { ageInWords } from './ages.ts';
import type { ReplicationSection } from '../vault/replication-section.ts';
import type { Answered } from './preflight-cluster.ts';
import type { PrimaryLook } from './primary.ts';

/**
 * What is seen of the old primary, from here and by the secondary. Never "down": only a person
 * elsewhere can know that.
 */
export function primaryFinding(
  { seen, active }: PrimaryLook,
  dr: ReplicationSection | undefined,
  secondary: Answered | undefined,
): Finding {
  const why = 'Two active primaries take writes that nobody can merge afterwards.';
  const link = linkSentence(dr, secondary);
  switch (seen) {
    case 'answers-as-active':
      return {
        id: 'primary',
        level: 'warning',
        ...(active ? { node: active.address } : {}),
        what: `The primary answers as active. ${link.says}`,
        why,
        todo: 'If it works, there is nothing to fail over from. For a planned switch demote it, further below or before Promote. Promote stays closed until it is demoted, or until the reason to promote all the same is on the record.',
      };
    case 'answers-otherwise':
      return {
        id: 'primary',
        level: 'warning',
        what: `The primary answers, but not as an active primary (sealed, standby or demoted). ${link.says}`,
        why,
        todo: 'Make sure that it cannot become active again: this is asked for before Promote.',
      };
    case 'not-visible':
      return {
        id: 'primary',
        level: 'warning',
        what: `The primary is not visible from here. That does not show that it is down. ${link.says}`,
        why,
        todo: link.hears
          ? 'The primary is most likely alive, and only the way from this laptop to it is cut. Ask somebody who can reach it before anything is started.'
          : 'Find out by another way that it is down, and how it is kept away when power returns. This is asked for before Promote.',
      };
    case 'none-known':
      return {
        id: 'primary',
        level: 'unknown',
        what: `The profile has no address of the primary, so it cannot be looked at. ${link.says}`,
        why,
        todo: 'Add the primary’s addresses to the profile, or find out by another way.',
      };
  }
}

/** What the secondary says of its link to the primary (§3.5), in one sentence. */
function linkSentence(
  dr: ReplicationSection | undefined,
  secondary: Answered | undefined,
): { readonly says: string; readonly hears: boolean } {
  const state = dr?.connectionState;
  const connected = dr?.primaries.some(({ connectionStatus }) => connectionStatus === 'connected');
  if (!dr || (state === undefined && dr.primaries.length === 0))
    return { says: 'The secondary does not say whether it hears the primary.', hears: false };
  const hears = connected ?? state === 'ready';
  const shown = state === undefined ? '' : ` (connection: ${state})`;
  const beat = heartbeat(dr, secondary);
  return {
    hears,
    says: hears
      ? `The secondary hears the primary${shown}${beat}.`
      : `The secondary does not hear the primary either${shown}${beat}.`,
  };
}

/** Both times are by the secondary's own clock. */
function heartbeat(dr: ReplicationSection, secondary: Answered | undefined): string {
  const now = secondary?.health.serverTimeUtc;
  const beats = dr.primaries.map(({ lastHeartbeat }) => Date.parse(lastHeartbeat ?? ''));
  const last = Math.max(...beats.filter((beat) => beat > 0));
  if (now === undefined || !Number.isFinite(last)) return '';
  return `; its last heartbeat came ${ageInWords(Math.max(0, now * 1000 - last))} ago`;
}

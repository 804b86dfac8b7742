import type { Finding, PrimarySeen } from '../../shared/ceremony/findings.ts';

/** What is seen of the old primary. Never "down": only a person elsewhere can know that. */
export function primaryFinding(primary: PrimarySeen): Finding {
  const why = 'Two active primaries take writes that nobody can merge afterwards.';
  switch (primary) {
    case 'answers-as-active':
      return {
        id: 'primary',
        level: 'warning',
        what: 'The primary answers as active.',
        why,
        todo: 'If it works, there is nothing to fail over from: demote it first. Promoting all the same needs a reason on the record.',
      };
    case 'answers-otherwise':
      return {
        id: 'primary',
        level: 'warning',
        what: 'The primary answers, but not as an active primary (sealed, standby or demoted).',
        why,
        todo: 'Make sure that it cannot become active again: this is asked for before Promote.',
      };
    case 'not-visible':
      return {
        id: 'primary',
        level: 'warning',
        what: 'The primary is not visible from here. That does not show that it is down.',
        why,
        todo: 'Find out by another way that it is down, and how it is kept away when power returns. This is asked for before Promote.',
      };
    case 'none-known':
      return {
        id: 'primary',
        level: 'unknown',
        what: 'The profile has no address of the primary, so it cannot be looked at.',
        why,
        todo: 'Add the primary’s addresses to the profile, or find out by another way.',
      };
  }
}

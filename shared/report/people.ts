import type { CeremonyEvent, Recorded } from '../ceremony/events.ts';
import { holderNames } from '../ceremony/roster.ts';

/** Everybody whom a record names, each once, in the order in which they come up. */
export const peopleOf = (records: readonly Recorded[]): readonly string[] => [
  ...new Set(records.flatMap(({ event }) => peopleNamedIn(event))),
];

/** Whom one event names. */
export function peopleNamedIn(event: CeremonyEvent): readonly string[] {
  switch (event.type) {
    case 'roster.set': {
      const { operator, witness } = event.roster;
      return [operator, ...(witness === undefined ? [] : [witness]), ...holderNames(event.roster)];
    }
    case 'share.elsewhere.named':
      return event.holder === undefined ? [event.by] : [event.by, event.holder];
    case 'otp.shown':
    case 'token.encoded.exported':
      return [event.to];
    case 'token.encoded.taken':
      return [event.from];
    case 'token.decoded':
      return event.elsewhere === undefined ? [] : [event.elsewhere.by];
    case 'token.encoded.shown':
      return [event.to, event.agreedBy];
    case 'otp.restored':
    case 'found.cancelled':
    case 'note.added':
      return [event.by];
    case 'way.chosen':
      return event.by === undefined ? [] : [event.by];
    case 'door.opened':
    case 'door.put-off':
    case 'door.closed':
    case 'door.vouched':
      return [event.by];
    case 'after.settled':
    case 'unseal.reset.intended':
    case 'unseal.waived':
      return [event.by];
    case 'after.call.intended':
      return event.secondPerson === undefined ? [event.by] : [event.by, event.secondPerson];
    case 'token.shown':
      return [event.to, event.agreedBy];
    case 'token.stored':
    case 'token.left':
      return [event.owner];
    case 'fencing.stated':
      return [event.fencing.confirmedBy];
    case 'certificate.trusted':
      return event.trusted.comparedBy;
    case 'found.claimed':
      return [event.claim.by, event.claim.owner];
    case 'primary.demote.intended':
      return [event.by, event.secondPerson];
    case 'promote.intended':
      return [event.operator, event.secondPerson];
    case 'deviation.recorded':
      return [event.agreedBy];
    default:
      return [];
  }
}

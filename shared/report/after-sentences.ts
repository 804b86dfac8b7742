import { afterTitles, type AfterCall, type AfterEvent } from '../ceremony/aftercare.ts';
import { count } from './amounts.ts';

/** One event of the checklist after the promotion, as one or two sentences. */
export function afterSentence(event: AfterEvent): string {
  switch (event.type) {
    case 'after.opened':
      return `The checklist after the promotion has ${count(event.items.length, 'item')}.`;
    case 'after.checked':
      return event.ok
        ? `Item “${afterTitles[event.item]}” is done, as the servers show: ${event.says}`
        : `Item “${afterTitles[event.item]}” is open, as the servers show: ${event.says}`;
    case 'after.settled':
      switch (event.outcome) {
        case 'done':
          return `Item “${afterTitles[event.item]}” is done, says ${event.by}: ${event.says}`;
        case 'waived':
          return `Item “${afterTitles[event.item]}” was waived by ${event.by}. Why: ${event.says}`;
        case 'open':
          return `Item “${afterTitles[event.item]}” stays open, says ${event.by}: ${event.says}`;
      }
      break;
    case 'after.call.intended': {
      const second =
        event.secondPerson === undefined
          ? ''
          : `, with ${event.secondPerson} as the second person (name typed, not authenticated)`;
      const as =
        event.secondaryId === undefined ? '' : ` It will be known as ${event.secondaryId}.`;
      const where =
        event.addresses === undefined ? '' : ` It is given ${event.addresses.join(', ')}.`;
      return `${callWords[event.call]} is about to be sent to ${event.node} by ${event.by}${second}.${as}${where}`;
    }
    case 'after.call.accepted':
      return event.warnings.length === 0
        ? `${callWords[event.call]} was accepted.`
        : `${callWords[event.call]} was accepted, with a warning: ${event.warnings.join(' ')}`;
    case 'after.call.failed':
      return `${callWords[event.call]} was not carried out: ${event.problem.known}`;
    case 'after.call.unknown':
      return `Whether this was carried out is not known. ${callWords[event.call]}: ${event.problem.known}`;
    case 'after.snapshot.kept':
      return `A raft snapshot of the old primary was taken at ${event.node} into ${event.file}: ${count(event.bytes, 'byte')}, SHA-256 ${event.sha256}.`;
  }
}

/** A call of the checklist, as the beginning of a sentence. */
export const callWords: Readonly<Record<AfterCall, string>> = {
  demote: 'The demotion of the old primary',
  activate: 'The request for an activation token',
  attach: 'The attaching of the old primary',
  follow: 'The new primary’s address for a performance secondary',
};

import type { CeremonyEvent } from '../ceremony/events.ts';
import type { PrimarySeen } from '../ceremony/findings.ts';
import { count, inWords } from './amounts.ts';
import { closed } from './full-stop.ts';

type PromoteEvent = Extract<
  CeremonyEvent,
  {
    type:
      | `primary.${string}`
      | `fencing.${string}`
      | `promote.${string}`
      | `watch.${string}`
      | 'promoted';
  }
>;
type Of<T extends PromoteEvent['type']> = Extract<PromoteEvent, { type: T }>;

/** The old primary, the statement that keeps it away, the promotion and what was seen of it. */
export function promoteSentence(event: PromoteEvent): string {
  switch (event.type) {
    case 'primary.seen':
      return `The primary was looked at again: it ${primarySeenWords[event.primary]}.`;
    case 'primary.demote.intended':
      return `The old primary is about to be demoted at ${event.node} by ${event.by}, with ${event.secondPerson} as the second person (name typed, not authenticated).`;
    case 'primary.demote.accepted':
      return event.warnings.length === 0
        ? 'The old primary accepted the demotion.'
        : `The old primary accepted the demotion, with a warning: ${event.warnings.map(closed).join(' ')}`;
    case 'primary.demote.failed':
      return `The old primary was not demoted: ${closed(event.problem.known)}`;
    case 'primary.demote.unknown':
      return `Whether the old primary accepted the demotion is not known: ${closed(event.problem.known)}`;
    case 'primary.snapshot.kept':
      return `A raft snapshot of the primary was taken before its demotion, at ${event.node}, into ${event.file}: ${count(event.bytes, 'byte')}, SHA-256 ${event.sha256}.`;
    case 'primary.demoted':
      return `The old primary was read at ${event.node}, and its DR mode is “${event.mode}”: it was demoted.`;
    case 'fencing.stated':
      return fencingSentence(event.fencing);
    case 'promote.intended':
      return intentSentence(event);
    case 'promote.accepted':
      return event.warnings.length === 0
        ? 'Vault accepted the promotion.'
        : `Vault accepted the promotion, with a warning: ${event.warnings.map(closed).join(' ')}`;
    case 'promote.refused':
      return `Vault did not accept the promotion: ${closed(event.problem.known)}`;
    case 'promote.unknown':
      return `Whether Vault accepted the promotion is not known: ${closed(event.problem.known)}`;
    case 'watch.observed':
      return `${event.node}: ${closed(event.says)}`;
    case 'promoted':
      return `${event.node} answers as the active node of a primary, ${inWords(event.afterMs)} after promote was sent.`;
    case 'primary.alarm':
      return `The old primary answers as active at ${event.node}. Two primaries are active.`;
    case 'primary.alarm.over':
      return `The alarm of two primaries is over: the one at ${event.node} ${primarySeenWords[event.primary]} now.`;
  }
}

/** What is seen of the primary from here, as the end of "the primary …". */
export const primarySeenWords: Readonly<Record<PrimarySeen, string>> = {
  'answers-as-active': 'answers as active',
  'not-visible': 'is not visible from here',
  'answers-otherwise': 'answers, and not as active',
  'none-known': 'has no known address',
};

function fencingSentence({ how, confirmedBy, primary, reason }: Of<'fencing.stated'>['fencing']) {
  const why = reason ? ` Why promote all the same: ${closed(reason)}` : '';
  return `${confirmedBy} confirmed how the old primary is kept away: ${closed(how)} The primary ${primarySeenWords[primary]}.${why}`;
}

function intentSentence({
  server,
  operator,
  secondPerson,
  secondPersonProof,
  agreed,
  force,
  credential,
}: Of<'promote.intended'>): string {
  const by =
    credential?.kind === 'batch-token'
      ? ` It goes with the batch token “${credential.token.label}”.`
      : '';
  const forced = force
    ? ` With force. The loss of data was accepted as “${closed(force.accepted)}”`
    : '';
  return `Promote is about to be sent to ${server.node} by ${operator}, with ${secondPerson} as the second person (${secondPersonProof}${agreed ? ` of line ${agreed.seq}` : ''}).${by}${forced}`;
}

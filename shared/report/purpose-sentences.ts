import type { CeremonyEvent } from '../ceremony/events.ts';
import type { Purpose } from '../ceremony/purpose.ts';
import type { SealReading } from '../ceremony/unseal.ts';

/** What a ceremony is for, after the cluster's name. The failover is what a record is about by itself. */
export const purposeWords: Readonly<Record<Purpose, string>> = {
  'dr-operation-token': '',
  'root-token': ' to make a root token',
  unseal: ' to unseal its nodes',
};

type UnsealEvent = Extract<CeremonyEvent, { type: `unseal.${string}` }>;

/** One event of unsealing as a sentence; a person's own words may lack the full stop. */
export function unsealSentence(event: UnsealEvent): string {
  switch (event.type) {
    case 'unseal.begun':
      return `Unsealing begins. ${event.nodes.map(nodeWords).join(' ')}`;
    case 'unseal.read':
      return nodeWords(event.reading);
    case 'unseal.share.intended':
      return `The share of ${event.holder} is about to be given to ${event.node}. Its progress before it is ${event.progressBefore}.`;
    case 'unseal.share.accepted':
      return `${event.node} counted the share. Its progress is ${event.progress}.`;
    case 'unseal.share.refused':
      return `${event.node} did not take the share: ${event.problem.known}`;
    case 'unseal.share.unknown':
      return `Whether ${event.node} counted the share is not known: ${event.problem.known}`;
    case 'unseal.round.failed':
      return `The shares did not unseal ${event.node}, and it has forgotten them: ${event.problem.known}`;
    case 'unseal.done':
      return `${event.node} is unsealed.`;
    case 'unseal.reset.intended':
      return `${event.by} is about to have ${event.node} forget the shares given so far. Why: ${event.why}`;
    case 'unseal.reset.done':
      return `${event.node} has forgotten the shares given so far.`;
    case 'unseal.reset.failed':
      return `${event.node} did not forget the shares: ${event.problem.known}`;
    case 'unseal.waived':
      return `${event.node} is left out of the unsealing. Decided by ${event.by}: ${event.why}`;
  }
}

function nodeWords(reading: SealReading): string {
  switch (reading.standing) {
    case 'sealed':
      return `${reading.node} is sealed, with ${reading.progress} of ${reading.required} shares in.`;
    case 'unsealed':
      return `${reading.node} is unsealed.`;
    case 'not-visible':
      return `${reading.node} is not visible from here.`;
  }
}

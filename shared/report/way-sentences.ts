import {
  verdictOf,
  type DoorEvent,
  type DoorVerdict,
  type ProbedFamily,
} from '../ceremony/door.ts';
import type { CeremonyEvent } from '../ceremony/events.ts';
import type { Way } from '../ceremony/ways.ts';
import { utcMoment } from './instants.ts';

type WayEvent = Extract<CeremonyEvent, { type: `way.${string}` | 'batch-token.armed' }>;

/** The three ways to Promote, in people's words. */
export const wayNames: Readonly<Record<Way, string>> = {
  'batch-token': 'Batch token',
  ceremony: 'Ceremony',
  'break-glass': 'Break glass',
};

/** A way or a refusal of one, as one or two sentences. */
export function waySentence(event: WayEvent): string {
  switch (event.type) {
    case 'way.chosen':
      return event.by
        ? `${event.by} chose the way by hand: ${wayNames[event.way]}. Why: ${event.why}`
        : `The way is: ${wayNames[event.way]}. ${event.why}`;
    case 'way.refused':
      return `The way “${wayNames[event.way]}” is not open: ${event.problem.known}`;
    case 'batch-token.armed':
      return `Promote will be sent with the batch token “${event.token.label}” (${event.token.id}), ${
        event.token.expiresAt
          ? `valid until ${utcMoment(event.token.expiresAt)}`
          : 'expiry not known'
      }.`;
  }
}

/** What became of the unauthenticated door, as one or two sentences. */
export function doorSentence(event: DoorEvent): string {
  switch (event.type) {
    case 'door.opened':
      return `${event.by} was asked to open the door (enable_unauthenticated_access) on every node. From here on it counts as open.`;
    case 'door.probed':
      return `Asked without a token, ${event.node} ${verdictWords[verdictOf({ at: '', families: event.families })]}: ${event.families.map(familyWords).join('; ')}.`;
    case 'door.put-off':
      return `Closing the door was put off by ${event.by}. Why: ${event.why}`;
    case 'door.closed':
      return `${event.by} closed the door on every node, as said. The nodes are asked.`;
    case 'door.vouched':
      return `Not proved by ${event.node} itself: ${event.by} saw to it that the door is closed there. How: ${event.how}`;
  }
}

/** What one node's answers add up to, as the end of "the node …". */
export const verdictWords: Readonly<Record<DoorVerdict, string>> = {
  open: 'answers: its door is open',
  refuses: 'refuses permission',
  'not-proved': 'proves nothing',
};

/** One family's answer: `rekey: refuses permission`. */
export function familyWords({ family, answer, says }: ProbedFamily): string {
  switch (answer) {
    case 'refuses-permission':
      return `${family}: refuses permission`;
    case 'answers':
      return `${family}: answers`;
    case 'other':
      return `${family}: other answer: ${says?.replace(/\.$/, '') ?? 'none'}`;
  }
}

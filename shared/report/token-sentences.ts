import type { CeremonyEvent, EventOf } from '../ceremony/events.ts';
import { closed } from './full-stop.ts';
import { utcMoment } from './instants.ts';

type TokenEvent = Exclude<
  Extract<CeremonyEvent, { type: `token.${string}` }>,
  { type: 'token.encoded.shown' | 'token.encoded.exported' }
>;

/** What becomes of the token, from the encoded one to its end. */
export function tokenSentence(event: TokenEvent): string {
  switch (event.type) {
    case 'token.encoded.kept':
      return `The encoded token was received with share ${event.progress} of ${event.required}, and kept.`;
    case 'token.encoded.taken':
      return `The last share was given elsewhere, by ${event.from}; the encoded token came from that laptop, sealed, and was kept.`;
    case 'token.decode.failed':
      return `The encoded token was not decoded: ${closed(event.problem.known)}`;
    case 'token.decoded':
      return decodedSentence(event);
    case 'token.delete.intended':
      return `The token is about to be deleted ${wayOf[event.how]}, on ${event.node}.`;
    case 'token.delete.failed':
      return `The token was not deleted ${wayOf[event.how]}: ${closed(event.problem.known)}`;
    case 'token.deleted':
      return `The token was deleted ${wayOf[event.how]}. Proof: ${closed(event.proof)}`;
    case 'token.shown':
      return `The root token was shown to ${event.to}. ${event.agreedBy} agreed.`;
    case 'token.stored':
      return `The root token stays in the keychain. ${event.owner} revokes it by ${utcMoment(event.until)}. Why it is kept: ${closed(event.why)}`;
    case 'token.left':
      return `The token was not deleted: ${closed(event.why)} ${event.owner} deletes it.`;
    case 'token.lost':
      return `The token can no longer be read, and it was not deleted: ${closed(event.why)}`;
  }
}

function decodedSentence({ doubts, with: opener, elsewhere }: EventOf<'token.decoded'>): string {
  const where = elsewhere ? ` by ${elsewhere.by} on another laptop, and came back sealed` : '';
  const decoded = `The token was decoded${opener ? ` (${opener})` : ''}${where}`;
  return doubts.length === 0
    ? `${decoded}.`
    : `${decoded}, with a doubt: ${doubts.map(doubtWords).join('; ')}.`;
}

/** What made a decoded token look wrong (`Doubt` in shared/codec/otp.ts), as the end of "with a doubt: …". */
const doubtWords = (doubt: string): string => {
  switch (doubt) {
    case 'not-printable':
      return 'it holds characters that no token is known to have';
    case 'unknown-prefix':
      return 'it does not begin as tokens are known to begin';
    default:
      return 'it looks unlike a token in a way that this version has no words for';
  }
};

const wayOf = {
  'delete-endpoint': 'through its delete endpoint',
  'revoke-self': 'by revoking itself',
} as const;

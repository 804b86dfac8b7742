import type { CeremonyEvent } from '../ceremony/events.ts';
import { groupedFingerprint, type PgpKeySource } from '../pgp/key.ts';
import { count } from './amounts.ts';
import { closed } from './full-stop.ts';
import { utcDay, utcTime } from './instants.ts';

type AttemptEvent = Extract<
  CeremonyEvent,
  {
    type:
      | `attempt.${string}`
      | `found.${string}`
      | `nonce.${string}`
      | `otp.${string}`
      | `invitation.${string}`
      | `share.${string}`
      | `round.${string}`
      | 'token.encoded.shown'
      | 'token.encoded.exported';
  }
>;

/** What becomes of an attempt, and of the shares given to it. */
export function attemptSentence(event: AttemptEvent): string {
  switch (event.type) {
    case 'found.claimed': {
      const { nonce, owner, holds, voice, by } = event.claim;
      return `${by} confirmed by voice that the attempt found on the server (nonce ${nonce}) is ${owner}’s, who holds its ${holds === 'otp' ? 'OTP' : 'PGP key'}: ${closed(voice)}`;
    }
    case 'attempt.joined': {
      const { nonce, owner, holds } = event.claim;
      return `The attempt of ${owner}, who holds its ${holds === 'otp' ? 'OTP' : 'PGP key'}, is gone on with here. Its nonce is ${nonce}; ${count(event.progress, 'share')} of ${event.required} had been given.`;
    }
    case 'attempt.start.intended':
      return event.key
        ? `An attempt is about to be started on ${event.node}. Its token is to be encrypted to the OpenPGP key ${groupedFingerprint(event.key.fingerprint)} (${keySource[event.key.from]}).`
        : `An attempt is about to be started on ${event.node}.`;
    case 'attempt.started':
      return `The attempt was started. Its nonce is ${event.nonce}, and ${count(event.required, 'share')} complete it.`;
    case 'attempt.start.failed':
      return event.mayHaveArrived
        ? `The attempt may or may not have been started: ${closed(event.problem.known)}`
        : `The attempt was not started: ${closed(event.problem.known)}`;
    case 'otp.shown':
      return `The OTP was shown to ${event.to} for writing down. ${event.agreedBy} agreed.`;
    case 'token.encoded.shown':
      return `The encoded token of the joined attempt was shown to ${event.to}. ${event.agreedBy} agreed.`;
    case 'token.encoded.exported':
      return `The encoded token was made ready for ${event.to}, as codes and as a file. Only the attempt’s key reads it.`;
    case 'otp.restored':
      return `${event.by} entered the OTP again as it was written down.`;
    case 'nonce.confirmed':
      return `${event.holder} confirmed the nonce words.`;
    case 'invitation.made':
      return `An invitation for holders elsewhere was made; it stands until ${utcTime(event.expiresAt)} on ${utcDay(event.expiresAt)}. Shares are sealed to the key ${event.sealTo}.`;
    case 'share.intended':
      if (event.sealed)
        return `The share that ${event.holder} sealed was opened and is about to be sent. The progress before it is ${event.progressBefore}.`;
      if (event.openedWith)
        return `The share of ${event.holder} came encrypted, was opened with ${event.openedWith === 'gpg' ? 'gpg' : 'a key file'} and is about to be sent. The progress before it is ${event.progressBefore}.`;
      return `The share of ${event.holder} is about to be sent. The progress before it is ${event.progressBefore}.`;
    case 'share.accepted':
      return shareAccepted(event);
    case 'share.refused':
      return `The share was not taken: ${closed(event.problem.known)}`;
    case 'share.not-counted':
      return 'The share was not counted. It can be given again.';
    case 'share.unknown':
      return `Whether the share was counted is not known: ${closed(event.problem.known)}`;
    case 'share.elsewhere': {
      const more = event.to - event.from;
      return `${more === 1 ? 'A share was' : `${more} shares were`} given elsewhere: the progress went from ${event.from} to ${event.to}.`;
    }
    case 'share.elsewhere.named':
      return `${event.by} named the share given elsewhere: ${event.holder ?? 'holder not known'}, ${closed(event.means)}`;
    case 'round.failed':
      return `The shares of this round did not combine, and every share is given again: ${closed(event.problem.known)}`;
    case 'attempt.superseded':
      return `Another attempt was found on the server, with the nonce ${event.otherNonce}.`;
    case 'attempt.gone':
      return event.tokenMayExist
        ? 'The server knows no attempt any more. A token that nobody can read may exist.'
        : 'The server knows no attempt any more.';
    case 'attempt.returned':
      return `The same attempt is back on the server, with a progress of ${event.progress}.`;
    case 'attempt.key-differs':
      return closed(event.problem.known);
    case 'attempt.cancel.intended':
      return 'The attempt is about to be cancelled on the server.';
    case 'attempt.cancel.failed':
      return `The attempt was not cancelled: ${closed(event.problem.known)}`;
    case 'attempt.cancelled':
      return 'The attempt was cancelled on the server.';
    case 'found.cancel.intended':
      return `The attempt found on the server, with the nonce ${event.nonce}, is about to be cancelled by ${closed(event.by)} Why: ${closed(event.why)}`;
    case 'found.cancel.failed':
      return `The attempt found on the server was not cancelled: ${closed(event.problem.known)}`;
    case 'found.cancelled':
      return `The attempt found on the server, with the nonce ${event.nonce}, was cancelled by ${closed(event.by)} Why: ${closed(event.why)}`;
  }
}

function shareAccepted({
  progress,
  shownBy,
}: Extract<AttemptEvent, { type: 'share.accepted' }>): string {
  switch (shownBy) {
    case 'reply':
      return `The share was counted. The progress is ${progress}.`;
    case 'status':
      return `The share was counted: the reply was lost, and the progress of ${progress} shows it.`;
    case 'duplicate':
      return `Vault had the share already. The progress is ${progress}.`;
  }
}

const keySource: Readonly<Record<PgpKeySource, string>> = {
  app: 'made by Keyturn for this ceremony',
  file: 'from a file',
  gpg: 'from gpg',
};

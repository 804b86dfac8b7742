import { closed } from '../report/sentences.ts';
import type { Opened, PartEvent, Rereading } from './events.ts';

/** What was opened, within a sentence. */
export const openedNames: Readonly<Record<Opened, string>> = {
  token: 'the DR operation token',
  share: 'the share',
};

/** One event of a part as one or two plain sentences. What was typed by people is quoted as it is. */
export function partSentence(event: PartEvent): string {
  switch (event.type) {
    case 'part.opened':
      return `Work began ${event.role === 'holder' ? 'on a holder’s laptop' : 'at the offline desk'} (Keyturn ${event.appVersion}).`;

    case 'invitation.read':
      return `${event.operator}’s invitation to the ceremony ${event.ceremony} for ${event.cluster} was read; its nonce is ${event.nonce}. ${verdicts[event.verdict]} ${event.says.map(closed).join(' ')}`.trim();
    case 'signer.trusted':
      return `${event.comparedBy} compared every word of the signer’s fingerprint with ${event.operator} by voice; ${event.agreedBy} agreed.`;
    case 'share.sealed':
      return `${event.holder} sealed a share for the ceremony ${event.ceremony} to the key ${event.sealTo}.${openedBefore(event)}`;
    case 'sealed-share.checked':
      return `A share that ${event.holder} sealed for the ceremony ${event.ceremony} was opened to check it, and not sent.`;

    case 'words.compared':
      return `${event.holder} heard the same words as the invitation’s, for the nonce ${event.nonce}.`;
    case 'share.intended':
      return `${event.holder} gives a share of the ceremony ${event.ceremony} to ${event.node}; ${event.progressBefore} of ${event.required} were in.${openedBefore(event)}`;
    case 'share.accepted':
      return event.shownBy === 'reply'
        ? `Vault counted it: ${event.progress} of ${event.required}.`
        : `Vault says that it has this share already: the one whose reply was lost was counted. ${event.progress} of ${event.required}.`;
    case 'share.refused':
      return `It was not accepted. ${closed(event.problem.known)}`;
    case 'share.unknown':
      return `It is not known whether it was counted. ${closed(event.problem.known)}`;
    case 'share.reread':
      return `Vault was asked again. ${rereadSentence(event.found, event.progress)}`;
    case 'round.began':
      return `The progress went back to ${event.progress} with the same nonce: the shares did not combine, and every holder gives again.`;

    case 'token.kept':
      return 'It was the last share: the encoded token came back, and was put in the keychain of this laptop.';
    case 'token.offered':
      return `The encoded token is shown and can be saved for ${event.to}, sealed to the key in the invitation.`;
    case 'token.handed':
      return `${event.by} says that ${event.to} has the encoded token. It was removed from the keychain of this laptop.`;
    case 'token.forgotten':
      return `${event.by} had the encoded token removed from the keychain of this laptop: ${closed(event.why)}`;
    case 'token.missing':
      return 'The encoded token is not in the keychain of this laptop any more.';
    case 'part.resumed':
      return 'Keyturn was started again, and went on with this work.';

    case 'secret.opened':
      return `${begun[event.what]} was opened with ${openers[event.with]}. ${event.doubts.map(closed).join(' ')}`.trim();
    case 'secret.open.failed':
      return `${begun[event.what]} was not opened: ${closed(event.problem.known)}`;
    case 'secret.shown':
      return `${begun[event.what]} is shown to ${event.to}; ${event.agreedBy} agreed.`;
    case 'secret.encrypted':
      return `${begun[event.what]} was encrypted to the key ${event.recipient} (${event.userIds.join(', ') || 'no name'}).`;

    case 'token.sealed':
      return `The DR operation token that ${event.from} decoded was sealed for the ceremony ${event.ceremony} to the key ${event.sealTo}.`;

    case 'otp.made':
      return `An OTP of ${event.length} characters was made.`;
    case 'otp.shown':
      return `The new OTP is shown to ${event.to}; ${event.agreedBy} agreed.`;

    case 'note.added':
      return `${event.by} noted: ${closed(event.note)}`;
    case 'part.ended':
      return ends[event.why];
  }
}

/** What the status shows of a share whose reply was lost, as a sentence. */
export function rereadSentence(found: Rereading, progress?: number): string {
  switch (found) {
    case 'not-counted':
      return 'The progress is as it was before: the share was not counted.';
    case 'perhaps-counted':
      return `The progress went up to ${progress ?? 'more'} since. This share may be among those counted, or only others are.`;
    case 'new-round':
      return 'The progress went back: a new round began, and every holder gives a share again.';
    case 'no-attempt':
      return 'The server knows no attempt any more. It may have been completed, cancelled, or lost with a restart.';
    case 'other-attempt':
      return 'The server shows another attempt. Whether the share was counted before cannot be told.';
  }
}

const openedBefore = ({ openedWith }: { openedWith?: keyof typeof openers | undefined }): string =>
  openedWith === undefined
    ? ''
    : ` It had come encrypted, and was opened with ${openers[openedWith]}.`;

const begun: Readonly<Record<Opened, string>> = {
  token: 'The DR operation token',
  share: 'A key share',
};

const openers = { OTP: 'its OTP', 'key file': 'a key file', gpg: 'gpg' } as const;

const verdicts = {
  good: 'It is good.',
  'signer-unknown': 'Its signer is not known on this laptop.',
  refused: 'It is not to be followed.',
} as const;

const ends = {
  cleared: 'The work was ended. What lay here was forgotten.',
  locked: 'The screen was locked. What lay here was forgotten.',
  quit: 'Keyturn was closed. What lay here was forgotten.',
  interrupted: 'Keyturn stopped without warning. What lay here was in memory, and is gone.',
} as const;

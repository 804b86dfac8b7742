import { closed } from '../report/sentences.ts';
import type { Opened, PartEvent } from './events.ts';

/** What was opened, within a sentence. */
export const openedNames: Readonly<Record<Opened, string>> = {
  token: 'the DR operation token',
  share: 'the share',
};

/** One event of a part as one or two plain sentences. What was typed by people is quoted as it is. */
export function partSentence(event: PartEvent): string {
  switch (event.type) {
    case 'part.opened':
      return `Work began at the offline desk (Keyturn ${event.appVersion}).`;

    case 'invitation.read':
      return `${event.operator}’s invitation to the ceremony ${event.ceremony} for ${event.cluster} was read; its nonce is ${event.nonce}. ${verdicts[event.verdict]} ${event.says.map(closed).join(' ')}`.trim();
    case 'signer.trusted':
      return `${event.comparedBy} compared every word of the signer’s fingerprint with ${event.operator} by voice; ${event.agreedBy} agreed.`;
    case 'share.sealed':
      return `${event.holder} sealed a share for the ceremony ${event.ceremony} to the key ${event.sealTo}.${event.openedWith === undefined ? '' : ` It had come encrypted, and was opened with ${openers[event.openedWith]}.`}`;
    case 'sealed-share.checked':
      return `A share that ${event.holder} sealed for the ceremony ${event.ceremony} was opened to check it, and not sent.`;

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
  cleared: 'The desk was cleared.',
  locked: 'The screen was locked, and the desk was cleared.',
  quit: 'Keyturn was closed, and the desk was cleared.',
  interrupted: 'Keyturn stopped without warning. What lay on the desk was in memory, and is gone.',
} as const;

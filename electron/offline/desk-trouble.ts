import type { Judgement } from '../../shared/offline/judge-invitation.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';

/* What can go wrong at the offline desk, in the words that are shown. */

const notNow = (known: string, next: string): Trouble =>
  new Trouble({ code: 'rule.not-now', known, safe: 'Nothing was shown, made or written.', next });

export const noInvitation = notNow(
  'There is no invitation here that a share may be sealed to.',
  'Read the operator’s invitation first; where it has expired, ask for a new one.',
);

export const notToBeFollowed = ({ verdict, says }: Judgement): Trouble =>
  notNow(
    `The invitation is not to be followed${verdict === 'signer-unknown' ? ' yet' : ''}. ${says.join(' ')}`,
    verdict === 'signer-unknown'
      ? 'Compare every word of the signer’s fingerprint by voice first.'
      : 'Tell the operator on a number that you already know, and ask for a new invitation.',
  );

export const notInvited = notNow(
  'This name is not in the invitation.',
  'Choose one of the names shown, or ask the operator for a new invitation.',
);

export const noSuchSigner = notNow(
  'No invitation with this signer waits for a comparison.',
  'Read the invitation again.',
);

export const notBoth = notNow(
  'The encoded token and the OTP are both needed.',
  'Enter the one that is missing.',
);

export const nothingOpened = notNow(
  'Nothing lies opened on the desk.',
  'Enter what is to be opened, and open it.',
);

export const noNewOtp = notNow('No OTP has been made here.', 'Make one first.');

const unfit = (code: Problem['code'], known: string, next: string): Trouble =>
  new Trouble({ code, known, safe: 'Nothing was sent, and nothing left this laptop.', next });

export const noSealedShare = unfit(
  'input.invalid',
  'This is not a sealed share of Keyturn.',
  'Ask the holder to show the sealed share again.',
);

export const noMessage = unfit(
  'input.invalid',
  'What was entered is not encrypted with OpenPGP, so no key opens it.',
  'Enter the encrypted message: armored, in base64 or in hex, from its first character to its last.',
);

export const noKeyHere = unfit(
  'keychain.entry-missing',
  'The key that this share was sealed to is not in the keychain of this laptop.',
  'Take it to the operator’s laptop of its ceremony. When that ceremony has ended, the key is gone.',
);

export const keyUnfit = unfit(
  'input.invalid',
  'Nothing can be encrypted to this key: it has expired, is revoked, too weak, or only signs.',
  'Ask for a key that can be encrypted to, and compare its fingerprint.',
);

export const onePerson: Problem = {
  code: 'rule.not-now',
  known: 'This is shown only after a second person agreed, and both names are the same.',
  safe: 'Nothing was shown.',
  next: 'Enter the name of somebody else who agrees.',
};

import type { Page } from '../isolated/page.ts';
import { checkEncodedToken, checkMessage, checkOtp, longestToken } from './check-secret.ts';
import { enterView } from './enter.ts';
import type { SecretClient } from './main.ts';
import type { Words } from './show-otp.ts';

/** The two halves of a token, entered at the offline desk. Either alone says nothing. */
export function deskEntry(
  client: SecretClient,
  page: Page,
  what: 'encoded-token' | 'encrypted-share' | 'desk-otp',
): readonly HTMLElement[] {
  const kept = 'It stays in memory until the desk is cleared, and is sent nowhere.';
  switch (what) {
    case 'encoded-token':
      return enterView({
        title: 'Enter the encoded token',
        about: [
          `As Vault gave it with the last share; also one that is encrypted to a key. ${kept}`,
        ],
        label: 'Encoded token',
        hint: 'Paste it, type it, drop a file or choose one. Spaces and line breaks do not matter.',
        verb: 'Use this encoded token',
        done: 'The encoded token is on the desk.',
        longest: longestToken,
        check: checkEncodedToken,
        send: (encoded) => client.call('secret.give-encoded-token', { encoded }),
        close: page.close,
      });
    case 'encrypted-share':
      return enterView({
        title: 'Enter the encrypted share',
        about: [`As it was encrypted to its holder’s key (OpenPGP). ${kept}`],
        label: 'Encrypted share',
        hint: 'Armored, in base64 or in hex. Paste it, drop a file or choose one.',
        verb: 'Use this encrypted share',
        done: 'The encrypted share is on the desk.',
        longest: longestToken,
        check: checkMessage,
        send: (encoded) => client.call('secret.give-encoded-token', { encoded }),
        close: page.close,
      });
    case 'desk-otp':
      return enterView({
        title: 'Enter the OTP',
        about: [
          `As it was written down when the attempt started. ${kept}`,
          'Often confused: 0 and O, 1, l and I, and capitals that look like their small letters. Press Show to compare it with the paper.',
        ],
        label: 'OTP',
        hint: 'The spaces between its groups do not matter.',
        verb: 'Use this OTP',
        done: 'The OTP is on the desk.',
        longest: 256,
        check: (text) => checkOtp(text, undefined),
        send: (otp) => client.call('secret.give-otp', { otp }),
        close: page.close,
      });
  }
}

export const tokenWords: Words = {
  the: 'The DR operation token',
  within: 'the DR operation token',
  about:
    'Whoever has the DR operation token can promote the cluster. It never expires until it is deleted on the server.',
  afterwards: 'Keep the paper as you would keep a key. Destroy it when the token has been deleted.',
};

export const shareWords: Words = {
  the: 'The share',
  within: 'the share',
  about: 'Whoever has as many shares as the threshold asks for can make a DR operation token.',
  afterwards: 'Keep the paper as you would keep a key. Destroy it once the share has been given.',
};

export const newOtpWords: Words = {
  the: 'The new OTP',
  within: 'the new OTP',
  about:
    'An OTP that was made here, for a server that takes one. Whoever has both it and the encoded token can read the token.',
  afterwards:
    'Put the paper into an envelope and seal it. Destroy it when the token has been decoded.',
};

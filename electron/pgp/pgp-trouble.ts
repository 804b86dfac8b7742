import { Trouble, type ProblemCode } from '../../shared/problem.ts';

const trouble =
  (code: ProblemCode, safe: string, next: string) =>
  (known: string): Trouble =>
    new Trouble({ code, known, safe, next });

/** A public key that Vault could not, or should not, encrypt to. */
export const keyUnfit = trouble(
  'pgp.key-unfit',
  'Nothing was sent to Vault, and no attempt was started with this key.',
  'Choose another public key, let Keyturn make one, or use the OTP.',
);

/** A text that is no OpenPGP message, or a damaged one. `known` comes from `readPgpMessage`. */
export const notAMessage = trouble(
  'pgp.not-a-message',
  'Nothing was decrypted, and nothing was sent.',
  'Bring the encrypted text again, from its first character to its last.',
);

/** One sentence for all: who tries passphrases learns nothing from which part was wrong. */
export const notOpened = (): Trouble =>
  trouble(
    'pgp.not-opened',
    'Nothing was decrypted and nothing was sent. The encrypted text is unchanged.',
    'Check all three: the key file, its passphrase, and that the text was encrypted to this key. Then try again.',
  )('This key file and passphrase do not open this message.');

/** A file that holds no private key at all. */
export const noPrivateKey = trouble(
  'pgp.key-unfit',
  'Nothing was decrypted. The file was read once and not kept.',
  'Choose the private key: gpg --armor --export-secret-keys NAME writes one. Or let gpg decrypt.',
);

/** Decrypted, and not what was expected inside. */
export const unexpectedContent = trouble(
  'pgp.not-a-message',
  'What was inside was not used and not kept.',
  'Check that it is the right message: an encrypted share, or the encoded token of this attempt.',
);

const untouched = 'Nothing was decrypted and nothing was sent. The encrypted text is unchanged.';

export const gpgMissing = (): Trouble =>
  trouble(
    'pgp.gpg-missing',
    untouched,
    'Install GnuPG (on Debian: apt install gnupg; on Windows: Gpg4win), or use a key file.',
  )('The program gpg was not found where it is usually installed.');

export const gpgLocked = trouble(
  'pgp.gpg-locked',
  untouched,
  'Put the card in, or unlock the key in gpg, then try again. On a machine without a PIN window (pinentry), use a key file.',
);

export const gpgTimeout = (seconds: number): Trouble =>
  trouble(
    'pgp.gpg-timeout',
    `gpg was stopped. ${untouched}`,
    'Look for a PIN window behind the others and for the card in its reader, then try again.',
  )(`gpg did not finish within ${seconds} seconds. It may have waited for a card or a PIN.`);

export const gpgStopped = (): Trouble =>
  trouble(
    'pgp.gpg-stopped',
    untouched,
    'Try again when card and PIN are at hand, or use a key file.',
  )('gpg was stopped before it was done.');

export const gpgFailed = trouble(
  'pgp.gpg-failed',
  untouched,
  'Try “gpg --decrypt” in a terminal with another message to this key: it shows what gpg misses. Or use a key file.',
);

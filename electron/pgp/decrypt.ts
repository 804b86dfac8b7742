import { readPgpMessage } from '../../shared/pgp/message.ts';
import { Secret, type SecretKind } from '../../shared/secret.ts';
import type { Gpg, GpgWatch } from './gpg.ts';
import { decryptWithKeyFile } from './key-file.ts';
import { notAMessage, unexpectedContent } from './pgp-trouble.ts';

/** With what a message is opened. */
export type Opener =
  | {
      readonly kind: 'key';
      /** Armored text or base64 of the binary key: a person's file, or the app's own from the keychain. */
      readonly key: Secret<'pgp-private-key'>;
      readonly passphrase?: Secret<'pgp-passphrase'> | undefined;
    }
  | { readonly kind: 'gpg'; readonly gpg: Gpg; readonly watch?: GpgWatch };

/**
 * Decrypts one short text: a share as `vault operator init -pgp-keys` encrypts it (its hex, as
 * text), or a token.
 *
 * @param message armored, base64 or hex; or the bytes of the binary message.
 * @param kind what the text inside is.
 * @throws Trouble `pgp.*`; it never says anything of what was inside.
 */
export async function decrypt<K extends SecretKind>(
  message: string | Uint8Array,
  opener: Opener,
  kind: K,
): Promise<Secret<K>> {
  const bytes = typeof message === 'string' ? messageBytes(message) : message;
  const inside =
    opener.kind === 'key'
      ? await decryptWithKeyFile(bytes, opener.key, opener.passphrase)
      : await opener.gpg.decrypt(bytes, opener.watch);
  const text = asText(inside);
  inside.fill(0);
  if (text === undefined)
    throw unexpectedContent('The message was opened, and it holds no short line of plain text.');
  return Secret.of(kind, text);
}

function messageBytes(text: string): Uint8Array {
  const read = readPgpMessage(text);
  if (read.ok) return read.bytes;
  throw notAMessage(read.message);
}

/** Printable ASCII; a line feed at the end, as an editor leaves it, is dropped. */
function asText(inside: Uint8Array): string | undefined {
  const text = Buffer.from(inside.buffer, inside.byteOffset, inside.length)
    .toString('latin1')
    .replace(/\r?\n$/, '');
  return text.length <= 4096 && /^[\x20-\x7e]+$/.test(text) ? text : undefined;
}

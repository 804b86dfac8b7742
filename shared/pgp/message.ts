// No package here: the isolated share-entry page bundles it and little else.
import { fromBase64, fromHex } from '../codec/plain-bytes.ts';
import { packetsOf } from './packets.ts';

export interface ReadMessage {
  readonly ok: true;
  /** The binary OpenPGP message. */
  readonly bytes: Uint8Array;
  /** Key ids of those who can read it, in lower-case hex; sixteen zeros: not said. */
  readonly recipients: readonly string[];
}

export interface NoMessage {
  readonly ok: false;
  /** `not-pgp`: another kind of text, perhaps a plain share. The others: OpenPGP, and not to be used. */
  readonly reason: 'not-pgp' | 'damaged' | 'other-pgp';
  /** What is wrong and what to check. Never any part of the text. */
  readonly message: string;
}

/** Characters; a message to a key of 16,384 bits, armored, has about 3,200. */
export const longestMessageText = 16_384;
/** Bytes. Encrypted to the smallest key a share has more; two shares in one text have less. */
const shortestMessage = 120;

/**
 * Reads an encrypted share or token the way people bring it: armored, in base64 or in hex, with or
 * without the label that `vault operator init` prints before it. Vault's reply has base64 of the
 * binary message in `keys_base64` and hex of it in `keys` (helper/pgpkeys/encrypt_decrypt.go 1.14).
 */
export function readPgpMessage(text: string): ReadMessage | NoMessage {
  if (text.length > longestMessageText)
    return notPgp('This text is much too long for an encrypted share. Give the share alone.');
  const bytes = text.includes('-----BEGIN') ? fromArmor(text) : fromPlain(text);
  return bytes instanceof Uint8Array ? checked(bytes) : bytes;
}

function checked(bytes: Uint8Array): ReadMessage | NoMessage {
  if (bytes.length < shortestMessage || ((bytes[0] ?? 0) & 0x80) === 0)
    return notPgp('This is not an OpenPGP message.');
  const packets = packetsOf(bytes);
  if (packets === undefined) {
    const tag = firstTag(bytes[0] ?? 0);
    return tag === publicKeyEncrypted
      ? damaged(
          'This is an OpenPGP message of which a part is missing. Copy it again, from its first character to its last.',
        )
      : notPgp('This is not an OpenPGP message.');
  }
  const to = packets.filter(({ tag }) => tag === publicKeyEncrypted);
  const [data] = packets.slice(to.length);
  if (to.length === 0) return other(packets[0]?.tag ?? 0);
  if (data?.tag !== protectedData)
    return damaged(
      'This OpenPGP message has no protection against changes. Vault and gpg write none such.',
    );
  return { ok: true, bytes, recipients: to.map(({ body }) => hex(body.subarray(1, 9))) };
}

/** Packet tags of RFC 9580 §5. */
const publicKeyEncrypted = 1;
const passwordEncrypted = 3;
const protectedData = 18;
const keyTags: readonly number[] = [5, 6, 7, 14];

const firstTag = (first: number): number =>
  (first & 0x40) === 0 ? (first >> 2) & 0x0f : first & 0x3f;

function other(tag: number): NoMessage {
  if (tag === passwordEncrypted)
    return otherPgp(
      'This message is encrypted with a password, not to a key. Vault writes none such.',
    );
  if (keyTags.includes(tag)) return otherPgp('This is an OpenPGP key, not an encrypted message.');
  return otherPgp('This is OpenPGP, but not a message encrypted to a key.');
}

/** Reads one armored message; the headers and the text around it do not matter. */
function fromArmor(text: string): Uint8Array | NoMessage {
  const blocks = text.match(/-----BEGIN [A-Z0-9 ,/]+-----/g) ?? [];
  if (blocks.length > 1)
    return otherPgp('These are several blocks. Give one encrypted share alone.');
  if (blocks[0] !== '-----BEGIN PGP MESSAGE-----')
    return otherPgp(
      'This is a block of another kind. An encrypted message begins with BEGIN PGP MESSAGE.',
    );
  const inside = /-----BEGIN PGP MESSAGE-----([\s\S]*)-----END PGP MESSAGE-----/.exec(text)?.[1];
  if (inside === undefined)
    return damaged('The END line of the message is missing. Copy it again, with its last line.');
  const lines = inside.split(/\r?\n/).map((line) => line.trim());
  const body = lines.filter((line, at) => at > 0 && line !== '' && !/^[A-Za-z]+: /.test(line));
  const sum = body.at(-1)?.startsWith('=') ? body.pop() : undefined;
  const bytes = fromBase64(body.join(''));
  if (bytes === undefined || (sum !== undefined && !fits(sum.slice(1), bytes)))
    return damaged(
      'The message was changed on its way: its check sum does not fit. Copy it again.',
    );
  return bytes;
}

function fromPlain(text: string): Uint8Array | NoMessage {
  // "Unseal Key 1: …": neither hex nor base64 has a colon. Chat programs add characters nobody sees.
  const alone = text.slice(text.lastIndexOf(':') + 1).replace(/[\s\u200b-\u200d\u2060]+/g, '');
  const bytes = fromHex(alone) ?? fromBase64(alone);
  return bytes ?? notPgp('This is neither hex, nor base64, nor an armored message.');
}

/** CRC-24 of RFC 9580 §6.1, written as four characters of base64. */
function fits(sum: string, bytes: Uint8Array): boolean {
  let crc = 0xb704ce;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit += 1) {
      crc <<= 1;
      if ((crc & 0x1000000) !== 0) crc ^= 0x1864cfb;
    }
  }
  const said = fromBase64(sum) ?? new Uint8Array();
  return said.length === 3 && said.reduce((value, byte) => value * 256 + byte, 0) === crc;
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const refusal =
  (reason: NoMessage['reason']) =>
  (message: string): NoMessage => ({ ok: false, reason, message });
const notPgp = refusal('not-pgp');
const damaged = refusal('damaged');
const otherPgp = refusal('other-pgp');

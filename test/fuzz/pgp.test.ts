import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { createMessage, encrypt, generateKey, readKey } from 'openpgp';
import { expect } from 'vitest';
import { z } from 'zod';
import { makeKey } from '../../electron/pgp/app-key.ts';
import { decrypt } from '../../electron/pgp/decrypt.ts';
import { readPublicKey } from '../../electron/pgp/public-key.ts';
import { readPgpMessage } from '../../shared/pgp/message.ts';
import { packetsOf } from '../../shared/pgp/packets.ts';
import { Secret } from '../../shared/secret.ts';
import { anyText, changedBytes, fuzz, taken } from './fuzz.ts';

/* OpenPGP that somebody brings: keys, and shares encrypted to them. */

const made = await makeKey('Ana');
const share = randomBytes(33).toString('hex');
const to = await readKey({ binaryKey: Buffer.from(made.publicKey.base64, 'base64') });
const armored = z
  .string()
  .parse(
    await encrypt({ message: await createMessage({ text: share }), encryptionKeys: to.toPublic() }),
  );
const binary = z.instanceof(Uint8Array).parse(
  await encrypt({
    message: await createMessage({ text: share }),
    encryptionKeys: to.toPublic(),
    format: 'binary',
  }),
);
const locked = await generateKey({
  userIDs: [{ name: 'Ben' }],
  passphrase: 'seven quiet herons',
  format: 'armored',
});
const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const forms = [
  Buffer.from(armored),
  Buffer.from(Buffer.from(binary).toString('base64')),
  Buffer.from(Buffer.from(binary).toString('hex')),
];

fuzz('an encrypted share as text, changed', 4000, changedBytes(...forms).map(latin), (text) => {
  const read = readPgpMessage(text);
  if (read.ok) expect(read.recipients.every((one) => /^[0-9a-f]{0,16}$/.test(one))).toBe(true);
});

fuzz('any text as an encrypted share', 3000, anyText, (text) => {
  const read = readPgpMessage(text);
  if (!read.ok && text.trim().length > 12) expect(read.message).not.toContain(text.trim());
});

fuzz('packets of any bytes', 4000, fc.oneof(fc.uint8Array(), changedBytes(binary)), (bytes) => {
  const packets = packetsOf(bytes);
  const inside = (packets ?? []).reduce((sum, { body }) => sum + body.length, 0);
  expect(inside).toBeLessThanOrEqual(bytes.length);
});

const opener = { kind: 'key', key: made.privateKey } as const;
fuzz(
  'a message that was changed opens to the share, or not at all',
  120,
  changedBytes(...forms).map(latin),
  async (text) => {
    const read = await taken(() => decrypt(text, opener, 'share'));
    if (read) expect(read.expose()).toBe(share);
  },
);

fuzz(
  'a private key file that was changed',
  80,
  fc.oneof(
    anyText.map((text) => Buffer.from(text)),
    changedBytes(Buffer.from(locked.privateKey), Buffer.from(made.privateKey.expose())),
  ),
  async (bytes) => {
    const key = Secret.of('pgp-private-key', latin(bytes));
    const passphrase = Secret.of('pgp-passphrase', 'seven quiet herons');
    const read = await taken(() => decrypt(binary, { kind: 'key', key, passphrase }, 'share'));
    if (read) expect(read.expose()).toBe(share);
  },
);

fuzz(
  'a public key that was changed: refused, or one that Vault can be given',
  120,
  fc.oneof(
    anyText.map((text) => Buffer.from(text)),
    changedBytes(Buffer.from(made.publicKey.base64, 'base64'), Buffer.from(made.publicKey.base64)),
  ),
  async (bytes) => {
    for (const input of [bytes, latin(bytes)]) {
      const read = await taken(() => readPublicKey(input));
      if (!read) continue;
      expect(read.fingerprint).toMatch(/^[0-9a-f]{40}$/);
      // What is given to Vault is read again as the same key.
      expect((await readPublicKey(read.base64)).fingerprint).toBe(read.fingerprint);
    }
  },
);

import fc from 'fast-check';
import { generateKey, createMessage, encrypt } from 'openpgp';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readPgpMessage } from '../../../shared/pgp/message.ts';

/* Every form in which people bring what Vault encrypted, and what is taken for none of it. */
describe('an encrypted share as text', () => {
  let armored: string;
  let binary: Buffer;
  let keyId: string;
  let publicKey: string;
  beforeAll(async () => {
    const made = await generateKey({ userIDs: [{ name: 'A' }], format: 'object' });
    publicKey = made.publicKey.armor();
    keyId = (await made.publicKey.getEncryptionKey()).getKeyID().toHex();
    const message = await createMessage({ text: 'ab'.repeat(33) });
    armored = z.string().parse(await encrypt({ message, encryptionKeys: made.publicKey }));
    const body = armored.split(/\r?\n\r?\n/)[1]?.replace(/=.{4}\s+-----END[\s\S]*$/, '') ?? '';
    binary = Buffer.from(body.replace(/-----END[\s\S]*$/, ''), 'base64');
  });

  test('in base64, hex and armor, with a label, with spaces: the same bytes', () => {
    const base64 = binary.toString('base64');
    const forms = [
      base64,
      binary.toString('hex'),
      armored,
      `Unseal Key 1: ${base64}`,
      `  ${base64.replace(/(.{20})/g, '$1\n')} `,
      armored.replaceAll('\n', '\r\n'),
      `Dear Ana,\n${armored}\nBest regards`,
    ];
    for (const form of forms) {
      const read = readPgpMessage(form);
      expect(read.ok && Buffer.from(read.bytes).equals(binary)).toBe(true);
      expect(read.ok && read.recipients).toEqual([keyId]);
    }
  });

  test('plain shares are not taken for one', () => {
    for (const bytes of [Buffer.alloc(33, 0xc1), Buffer.alloc(32, 0x85), Buffer.alloc(16)])
      for (const text of [bytes.toString('hex'), bytes.toString('base64')])
        expect(readPgpMessage(text)).toMatchObject({ ok: false, reason: 'not-pgp' });
    expect(readPgpMessage('')).toMatchObject({ reason: 'not-pgp' });
  });

  test('damaged: the end is missing, or a character was changed', () => {
    const base64 = binary.toString('base64');
    expect(readPgpMessage(base64.slice(0, -8))).toMatchObject({ reason: 'damaged' });
    expect(readPgpMessage(armored.replace(/-----END[\s\S]*/, ''))).toMatchObject({
      reason: 'damaged',
    });
    const sum = '=AAAA';
    const withSum = armored.replace(/(=.{4})?\r?\n-----END/, `\n${sum}\n-----END`);
    expect(readPgpMessage(withSum)).toMatchObject({ reason: 'damaged' });
  });

  test('foreign armor is named for what it is', () => {
    expect(readPgpMessage(publicKey)).toMatchObject({ reason: 'other-pgp' });
    expect(readPgpMessage(armored + armored)).toMatchObject({ reason: 'other-pgp' });
  });

  test('a message with a password is not one to a key', async () => {
    const message = await createMessage({ text: 'ab'.repeat(33) });
    const text = z.string().parse(await encrypt({ message, passwords: 'x' }));
    expect(readPgpMessage(text)).toMatchObject({ reason: 'other-pgp' });
  });

  test('no text makes it throw, and no refusal quotes it', () => {
    const bytes = fc.uint8Array({ maxLength: 400 }).map((one) => Buffer.from(one));
    const text = fc.oneof(
      fc.string({ maxLength: 300 }),
      bytes.map((one) => one.toString('base64')),
      bytes.map((one) => one.toString('hex')),
    );
    fc.assert(
      fc.property(text, (one) => {
        const read = readPgpMessage(one);
        if (!read.ok && one.length > 12) expect(read.message).not.toContain(one);
      }),
    );
  });
});

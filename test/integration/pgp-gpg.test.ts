import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeKey } from '../../electron/pgp/app-key.ts';
import { decrypt } from '../../electron/pgp/decrypt.ts';
import { Gpg } from '../../electron/pgp/gpg.ts';
import { readPublicKey } from '../../electron/pgp/public-key.ts';
import { encryptText, readPgpKey } from '../../electron/practice/pgp.ts';
import { pgpFingerprintSchema } from '../../shared/pgp/key.ts';
import { toStored } from '../../electron/keychain/stored-value.ts';
import { Secret } from '../../shared/secret.ts';
import { problemFrom } from '../fakes/ceremony-bench.ts';
import { GpgHome, skipWithoutGpg } from '../fakes/gpg-home.ts';

/* Messages from the real gpg to us and from us to the real gpg. */

const shareHex = 'ab'.repeat(32) + '07';
const passphrase = 'correct horse 0 battery';

describe.skipIf(skipWithoutGpg('PGP with the real gpg'))('with the real gpg', () => {
  let home: GpgHome;
  let gpg: Gpg;
  beforeAll(() => {
    home = new GpgHome();
    gpg = new Gpg({ home: home.home, program: '/usr/bin/gpg' });
    home.make('Ana <ana@example.org>');
    home.make('Locked <locked@example.org>', { passphrase });
    home.make('Rsa <rsa@example.org>', { kind: 'rsa2048' });
  });
  afterAll(() => home.close());

  const keyOf = (name: string, secret = '') =>
    Secret.of('pgp-private-key', home.privateKey(name, secret));

  test('lists its private keys and reads their public half', async () => {
    const keys = await gpg.secretKeys();
    // A plain RSA key of `--quick-gen-key` signs only: it is not offered.
    expect(keys.map(({ userIds }) => userIds[0])).toEqual([
      'Ana <ana@example.org>',
      'Locked <locked@example.org>',
    ]);
    const fingerprint = pgpFingerprintSchema.parse(home.fingerprint('Ana'));
    const key = await gpg.publicKey(fingerprint);
    expect(key.fingerprint).toBe(fingerprint);
    expect(keys[0]).toMatchObject({ fingerprint, onCard: false });
  });

  test('a public key in each form is the same key for Vault', async () => {
    const binary = home.publicKey('Ana');
    const armored = home.run(['--armor', '--export', 'Ana']).toString();
    const read = await Promise.all(
      [binary, armored, binary.toString('base64')].map((form) => readPublicKey(form)),
    );
    expect(new Set(read.map(({ base64 }) => base64)).size).toBe(1);
    expect(read[0]?.fingerprint).toBe(home.fingerprint('Ana'));
    const asVault = await readPgpKey(read[0]?.base64 ?? '');
    expect(asVault.ok && asVault.fingerprint).toBe(home.fingerprint('Ana'));
  });

  test('a token encrypted by the practice site is read by gpg', async () => {
    const key = await readPgpKey((await readPublicKey(home.publicKey('Ana'))).base64);
    if (!key.ok) throw new Error(key.error);
    const encoded = (await encryptText('hvs.abcdefghijklmnopqrstuvwx', key.key)) ?? '';
    const token = await decrypt(encoded, { kind: 'gpg', gpg }, 'dr-operation-token');
    expect(token.expose()).toBe('hvs.abcdefghijklmnopqrstuvwx');
  });

  test.each([[], ['--armor'], ['--compress-algo', 'zlib'], ['--throw-keyids']])(
    'a share encrypted by gpg %s is read with key file and with gpg',
    async (...options: string[]) => {
      const message = home.encrypt(shareHex, 'Ana', ...options);
      const text = options[0] === '--armor' ? message.toString() : message.toString('base64');
      const byFile = await decrypt(text, { kind: 'key', key: keyOf('Ana') }, 'share');
      const byGpg = await decrypt(text, { kind: 'gpg', gpg }, 'share');
      expect([byFile.expose(), byGpg.expose()]).toEqual([shareHex, shareHex]);
    },
  );

  test('a key file with a passphrase opens with it', async () => {
    const message = home.encrypt(shareHex, 'Locked').toString('hex');
    const opened = await decrypt(
      message,
      {
        kind: 'key',
        key: keyOf('Locked', passphrase),
        passphrase: Secret.of('pgp-passphrase', passphrase),
      },
      'share',
    );
    expect(opened.expose()).toBe(shareHex);
  });

  test('what does not open says the same whichever part is wrong', async () => {
    const message = home.encrypt(shareHex, 'Locked');
    const damaged = Buffer.from(message);
    damaged[damaged.length - 5] = (damaged.at(-5) ?? 0) ^ 1;
    const locked = keyOf('Locked', passphrase);
    const right = Secret.of('pgp-passphrase', passphrase);
    const wrong = Secret.of('pgp-passphrase', 'wrong');
    const problems = [
      await problemFrom(decrypt(message, { kind: 'key', key: locked, passphrase: wrong }, 'share')),
      await problemFrom(decrypt(message, { kind: 'key', key: locked }, 'share')),
      await problemFrom(decrypt(message, { kind: 'key', key: keyOf('Ana') }, 'share')),
      await problemFrom(decrypt(damaged, { kind: 'key', key: locked, passphrase: right }, 'share')),
    ];
    expect(problems[0]?.code).toBe('pgp.not-opened');
    expect(new Set(problems.map((problem) => JSON.stringify(problem))).size).toBe(1);
  });

  test('a locked key, a message to somebody else and a damaged one each say so', async () => {
    const locked = home.encrypt(shareHex, 'Locked');
    const asked = await problemFrom(decrypt(locked, { kind: 'gpg', gpg }, 'share'));
    expect(asked.code).toBe('pgp.gpg-locked');

    const other = await makeKey('somebody else');
    const foreign = await encryptTo(other.publicKey.base64, shareHex);
    const none = await problemFrom(decrypt(foreign, { kind: 'gpg', gpg }, 'share'));
    expect(none).toMatchObject({ code: 'pgp.gpg-failed' });
    expect(none.known).toContain('no private key');

    const damaged = home.encrypt(shareHex, 'Ana');
    damaged[damaged.length - 5] = (damaged.at(-5) ?? 0) ^ 1;
    const changed = await problemFrom(decrypt(damaged, { kind: 'gpg', gpg }, 'share'));
    expect(changed.code).toBe('pgp.gpg-failed');
  });

  test('the app’s key is read by gpg, opens what gpg encrypts to it, and fits a keychain', async () => {
    const made = await makeKey('Keyturn 20261123-031500-0a1b2c3d');
    home.run(['--import'], Buffer.from(made.publicKey.base64, 'base64'));
    expect(home.fingerprint(made.publicKey.fingerprint)).toBe(made.publicKey.fingerprint);
    const message = home.encrypt('hvs.token', made.publicKey.fingerprint);
    const opened = await decrypt(message, { kind: 'key', key: made.privateKey }, 'share');
    expect(opened.expose()).toBe('hvs.token');
    expect(Buffer.byteLength(toStored(made.privateKey))).toBeLessThanOrEqual(2560);
  });

  test('keys that Vault could not encrypt to are refused with the reason', async () => {
    home.make('Signs <signs@example.org>', { kind: 'ed25519', usage: 'sign' });
    home.make('Weak <weak@example.org>', { kind: 'rsa1024' });
    home.make('Short <short@example.org>', { expires: 'seconds=3600' });
    home.make('Revoked <revoked@example.org>');
    const revocation = `${home.home}/openpgp-revocs.d/${home.fingerprint('Revoked').toUpperCase()}.rev`;
    const { readFileSync } = await import('node:fs');
    home.run(['--import'], readFileSync(revocation, 'utf8').replace(':-----', '-----'));

    const why = async (input: string | Uint8Array, now?: Date) =>
      (await problemFrom(readPublicKey(input, now))).known;
    expect(await why(home.publicKey('Signs'))).toContain('can sign but not encrypt');
    expect(await why(home.publicKey('Weak'))).toContain('too weak');
    expect(await why(home.publicKey('Short'))).toContain('expires on');
    const later = new Date(Date.now() + 2 * 60 * 60 * 1000);
    expect(await why(home.publicKey('Short'), later)).toContain('expired on');
    expect(await why(home.publicKey('Revoked'))).toBe('This key is revoked.');
    expect(await why(home.privateKey('Ana'))).toContain('private key');
    expect(await why(Buffer.concat([home.publicKey('Ana'), home.publicKey('Weak')]))).toContain(
      'These are 2 keys',
    );
    expect(await why('-----BEGIN PGP MESSAGE-----')).toContain('not an OpenPGP public key');
    // Nor is one of them offered in the list that people choose from.
    const offered = (await gpg.secretKeys()).flatMap(({ userIds }) => userIds);
    expect(offered).toContain('Ana <ana@example.org>');
    expect(offered.filter((id) => /Signs|Revoked/.test(id))).toEqual([]);
  });
});

async function encryptTo(base64: string, text: string): Promise<string> {
  const key = await readPgpKey(base64);
  if (!key.ok) throw new Error(key.error);
  return (await encryptText(text, key.key)) ?? '';
}

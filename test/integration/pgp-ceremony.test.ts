import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Conductor } from '../../electron/ceremony/conductor.ts';
import { RecordSigningKey } from '../../electron/keychain/record-signing-key.ts';
import { CeremonySecrets } from '../../electron/keychain/ceremony-secrets.ts';
import { makeKey, type MadeKey } from '../../electron/pgp/app-key.ts';
import { decrypt } from '../../electron/pgp/decrypt.ts';
import { Gpg } from '../../electron/pgp/gpg.ts';
import { encryptText, readPgpKey } from '../../electron/practice/pgp.ts';
import { Secret } from '../../shared/secret.ts';
import { CeremonyBench, problemFrom } from '../fakes/ceremony-bench.ts';
import { GpgHome, skipWithoutGpg } from '../fakes/gpg-home.ts';
import { skipWithoutKeyring, useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';

/* A whole attempt without an OTP: the token is encrypted to a key, and only that key reads it. */
describe.skipIf(skipWithoutKeyring('PGP mode with the real keychain'))('PGP mode', () => {
  let keyring: PrivateKeyring;
  let bench: CeremonyBench;
  let officer: MadeKey;
  beforeAll(async () => {
    keyring = await useKeyring();
    officer = await makeKey('Olga Officer');
  });
  afterEach(() => bench.close());
  afterAll(() => keyring.stop());

  const officersKey = () => ({
    key: { fingerprint: officer.publicKey.fingerprint, from: 'file' as const, userIds: ['Olga'] },
    base64: officer.publicKey.base64,
  });
  const officerOpens = () =>
    ({ with: 'key file', opener: { kind: 'key', key: officer.privateKey } }) as const;
  const giveAll = async (conductor: Conductor) => {
    for (const n of [0, 1, 2]) await bench.give(conductor, n);
  };
  const tokenOf = (id: Parameters<CeremonyBench['ceremonies']['take']>[0]) =>
    new CeremonySecrets(bench.keychain, id).token('dr-operation-token');

  test('with a key made here: decoded, and the key is gone with the ceremony', async () => {
    bench = await CeremonyBench.open();
    const { id, conductor } = await bench.ready();
    await conductor.attempt.start('app');
    expect(conductor.state).toMatchObject({ attempt: { key: { from: 'app' } } });
    await giveAll(conductor);
    expect((await problemFrom(conductor.token.exportEncoded('Olga'))).code).toBe('rule.not-now');
    await conductor.token.decode();
    expect((await tokenOf(id))?.expose()).toBe(bench.site.minted.at(-1)?.token);
    expect(conductor.records.at(-1)?.event).toMatchObject({ doubts: [], with: 'app key' });
    const secrets = new CeremonySecrets(bench.keychain, id);
    expect(await secrets.pgpKey()).toBeDefined();
    await conductor.token.delete();
    await conductor.ending.end();
    expect(await secrets.pgpKey()).toBeUndefined();
  });

  test('with a person’s key: nothing is kept at the start, and a wrong key is on the record', async () => {
    bench = await CeremonyBench.open();
    const { id, conductor } = await bench.ready();
    await conductor.attempt.start(officersKey());
    const secrets = new CeremonySecrets(bench.keychain, id);
    expect(await secrets.attempt()).toBeUndefined();
    const { invitation } = await conductor.attempt.invite(new RecordSigningKey(bench.keychain), 1);
    expect(invitation.pgpFingerprint).toBe(officer.publicKey.fingerprint);
    await giveAll(conductor);

    const message = await conductor.token.exportEncoded('Olga');
    expect((await decrypt(message, officerOpens().opener, 'dr-operation-token')).expose()).toBe(
      bench.site.minted.at(-1)?.token,
    );
    expect(conductor.records.at(-1)?.event).toEqual({ type: 'token.encoded.exported', to: 'Olga' });

    const other = await makeKey('Somebody');
    const wrong = { with: 'key file', opener: { kind: 'key', key: other.privateKey } } as const;
    expect((await problemFrom(conductor.token.decode(wrong))).code).toBe('pgp.not-opened');
    expect((await problemFrom(conductor.token.decode())).code).toBe('keychain.entry-missing');
    await conductor.token.decode(officerOpens());
    expect((await tokenOf(id))?.expose()).toBe(bench.site.minted.at(-1)?.token);

    const journal = await everythingIn(bench.dataFolder);
    expect(journal).toContain('pgp.not-opened');
    for (const secret of [officer.privateKey.expose(), bench.site.minted.at(-1)?.token ?? '?'])
      expect(journal).not.toContain(secret);
  });

  test.skipIf(skipWithoutGpg('a token decrypted by gpg'))('with gpg', async () => {
    bench = await CeremonyBench.open();
    const home = new GpgHome();
    try {
      home.make('Olga <olga@example.org>');
      const gpg = new Gpg({ home: home.home });
      const [listed] = await gpg.secretKeys();
      if (!listed) throw new Error('gpg lists no key.');
      const { fingerprint, base64 } = await gpg.publicKey(listed.fingerprint);
      const { id, conductor } = await bench.ready();
      await conductor.attempt.start({ key: { fingerprint, from: 'gpg', userIds: [] }, base64 });
      await giveAll(conductor);
      await conductor.token.decode({ with: 'gpg', opener: { kind: 'gpg', gpg } });
      expect((await tokenOf(id))?.expose()).toBe(bench.site.minted.at(-1)?.token);
    } finally {
      home.close();
    }
  });

  test('the reply to the start is lost: the key says that the attempt is ours', async () => {
    bench = await CeremonyBench.open();
    const { id, conductor } = await bench.ready();
    bench.site.faults.dropNext('attempt-start', 'after');
    await problemFrom(conductor.attempt.start(officersKey()));
    // What a crash before the reply would have left: the intent alone.
    const intent = conductor.records.find(({ event }) => event.type === 'attempt.start.intended');
    if (!intent) throw new Error('No intent is on record.');
    await bench.appendRaw(id, intent.event);
    await bench.restart();
    const again = await bench.ceremonies.take(id);
    await vi.waitUntil(() => again.records.at(-1)?.event.type === 'resumed', { timeout: 20_000 });
    expect(again.state).toMatchObject({ phase: 'collecting', attempt: { progress: 0 } });
    await giveAll(again);
    await again.token.decode(officerOpens());
    expect(again.state.phase).toBe('decoded');
  });

  test('somebody else’s attempt is not taken for ours', async () => {
    bench = await CeremonyBench.open();
    const { id, conductor } = await bench.ready();
    await bench.site.faults.startByAnother();
    await bench.appendRaw(id, {
      type: 'attempt.start.intended',
      node: bench.site.nodes[0] ?? bench.site.primary,
      mode: 'pgp',
      key: officersKey().key,
    });
    expect(conductor.state.phase).toBe('ready');
    await bench.restart();
    const again = await bench.ceremonies.take(id);
    await vi.waitUntil(() => again.records.at(-1)?.event.type === 'resumed', { timeout: 20_000 });
    expect(again.state.phase).toBe('ready');
  });

  test('the server names another key: taken back, and not started', async () => {
    bench = await CeremonyBench.open();
    const { conductor } = await bench.ready();
    const other = await makeKey('Somebody between');
    const swapped = { ...officersKey(), base64: other.publicKey.base64 };
    expect((await problemFrom(conductor.attempt.start(swapped))).code).toBe(
      'pgp.fingerprint-differs',
    );
    expect(conductor.state.phase).toBe('ready');
    expect(conductor.records.map(({ event }) => event.type)).toContain('found.cancelled');
  });

  test('an encrypted share is opened and given like any other, and once only', async () => {
    bench = await CeremonyBench.open();
    const { conductor } = await bench.collecting();
    const key = await readPgpKey(officer.publicKey.base64);
    if (!key.ok) throw new Error(key.error);
    const asVault = (await encryptText(bench.share(0).expose(), key.key)) ?? '';
    const share = await decrypt(asVault, officerOpens().opener, 'share');
    await conductor.attempt.giveShare('Ana', share, 'key file');
    expect(conductor.records.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'share.intended', holder: 'Ana', openedWith: 'key file' }),
    );
    expect(conductor.state).toMatchObject({ attempt: { progress: 1 } });
    const twice = await problemFrom(
      conductor.attempt.giveShare('Ben', Secret.of('share', share.expose())),
    );
    expect(twice.code).toBe('input.share-duplicate');
  });
});

/** Every byte below a folder, as text. */
async function everythingIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = files.map((file) => readFile(join(file.parentPath, file.name), 'latin1'));
  return (await Promise.all(texts)).join('\n');
}

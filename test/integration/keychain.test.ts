import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CeremonySecrets } from '../../electron/keychain/ceremony-secrets.ts';
import { entryName, type Keychain } from '../../electron/keychain/keychain.ts';
import { MemoryKeychain } from '../../electron/keychain/memory-keychain.ts';
import { OsKeychain } from '../../electron/keychain/os-keychain.ts';
import { fingerprintShare } from '../../electron/keychain/share-fingerprint.ts';
import { ceremonyIdSchema, nonceSchema } from '../../shared/ids.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import { Secret } from '../../shared/secret.ts';
import { skipWithoutKeyring, useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';

const skip = skipWithoutKeyring('the real keychain');
let keyring: PrivateKeyring;
beforeAll(async () => {
  if (!skip) keyring = await useKeyring();
});
afterAll(async () => {
  if (!skip) await keyring.stop();
});

const dataFolder = '/somewhere/keyturn';
const entry = entryName('ceremony/20261123-031500-0a1b2c3d/token');
const token = (text: string) => Secret.of('dr-operation-token', text);

async function problemFrom(run: () => unknown): Promise<Problem> {
  try {
    await run();
  } catch (thrown) {
    if (thrown instanceof Trouble) return thrown.problem;
    throw thrown;
  }
  throw new Error('expected a Trouble');
}

describe.skipIf(skip)('keytar', () => {
  it('loads from its prebuilt binary: its install script never ran', async () => {
    const folder = dirname(createRequire(import.meta.url).resolve('keytar/package.json'));
    expect(existsSync(join(folder, 'build'))).toBe(false);
    await import('keytar');
    const report: unknown = process.report.getReport();
    const loaded = JSON.stringify(report).match(/[^"]*keytar\.node/g) ?? [];
    expect(loaded[0]).toContain(`/prebuilds/${process.platform}-${process.arch}/keytar.node`);
  });
});

const backends: readonly (readonly [string, () => Keychain, boolean])[] = [
  ['the system keychain', () => new OsKeychain({ dataFolder }), skip],
  ['memory', () => new MemoryKeychain({ acceptsThatACrashEndsTheCeremony: true }), false],
];

for (const [name, make, skipped] of backends) {
  describe.skipIf(skipped)(name, () => {
    it('works, and says so', async () => {
      expect(await make().probe()).toEqual({ state: 'working' });
    });

    it.each([
      ['a token', 'hvs.gZcA2a9cECYY77bDviO9SEuu'],
      ['bytes that are not text', 'a\0b\u0001\uffff'],
      ['letters from everywhere', 'Łódź 🗝️ "quoted" \\ \n'],
      ['nothing at all', ''],
    ])('gives %s back unchanged', async (_, text) => {
      const keychain = make();
      await keychain.put(entry, token(text));
      const kept = await keychain.get(entry, 'dr-operation-token');
      expect(kept?.expose()).toBe(text);
      expect(kept?.kind).toBe('dr-operation-token');
      await keychain.remove(entry);
    });

    it('replaces, removes, and does not mind what is not there', async () => {
      const keychain = make();
      await keychain.put(entry, token('one'));
      await keychain.put(entry, token('two'));
      expect((await keychain.get(entry, 'dr-operation-token'))?.expose()).toBe('two');
      await keychain.remove(entry);
      expect(await keychain.get(entry, 'dr-operation-token')).toBeUndefined();
      await keychain.remove(entry);
    });

    it('takes what fits Windows, and refuses more before anything is replaced', async () => {
      const keychain = make();
      await keychain.put(entry, token('x'.repeat(2_500)));
      const problem = await problemFrom(() => keychain.put(entry, token('y'.repeat(2_560))));
      expect(problem.code).toBe('input.too-large');
      expect((await keychain.get(entry, 'dr-operation-token'))?.expose()).toMatch(/^x{2500}$/);
      await keychain.remove(entry);
    });

    it('does not hand out a secret of another kind', async () => {
      const keychain = make();
      await keychain.put(entry, token('one'));
      expect((await problemFrom(() => keychain.get(entry, 'otp'))).code).toBe('keychain.failed');
      await keychain.remove(entry);
    });
  });
}

describe.skipIf(skip)('two data folders', () => {
  it('do not see each other', async () => {
    const one = new OsKeychain({ dataFolder: '/data/one' });
    const two = new OsKeychain({ dataFolder: '/data/two' });
    await one.put(entry, token('one'));
    expect(await two.get(entry, 'dr-operation-token')).toBeUndefined();
    await two.remove(entry);
    const again = new OsKeychain({ dataFolder: '/data/elsewhere/../one' });
    expect((await again.get(entry, 'dr-operation-token'))?.expose()).toBe('one');
    await one.remove(entry);
  });
});

describe.skipIf(skip)('the secrets of a ceremony', () => {
  const id = ceremonyIdSchema.parse('20261123-031500-0a1b2c3d');
  const nonce = nonceSchema.parse('2dbd10f1-8528-6246-09e7-82b25b8aba63');
  /** As after a crash: nothing but the keychain is left. */
  const secrets = () => new CeremonySecrets(new OsKeychain({ dataFolder }), id);

  it('come back after a crash', async () => {
    const before = secrets();
    await before.keepAttempt({ nonce, otp: Secret.of('otp', '0123456789ABCDEFGHIJKLMNOPQR') });
    await before.keepEncodedToken(Secret.of('encoded-token', 'WEdBHVVX'));
    await before.keepToken(token('hvs.abc'));
    const key = await before.fingerprintKey();

    const after = secrets();
    const attempt = await after.attempt();
    expect(attempt?.nonce).toBe(nonce);
    expect(attempt?.otp.expose()).toBe('0123456789ABCDEFGHIJKLMNOPQR');
    expect((await after.encodedToken())?.expose()).toBe('WEdBHVVX');
    expect((await after.token('dr-operation-token'))?.expose()).toBe('hvs.abc');
    expect((await after.fingerprintKey()).expose()).toBe(key.expose());

    await after.forgetAttempt();
    expect(await after.attempt()).toBeUndefined();
    expect(await after.encodedToken()).toBeUndefined();
    expect((await after.token('dr-operation-token'))?.expose()).toBe('hvs.abc');

    await after.forgetAll();
    expect(await secrets().token('dr-operation-token')).toBeUndefined();
    expect((await secrets().fingerprintKey()).expose()).not.toBe(key.expose());
    await secrets().forgetAll();
  });

  it('tell a root token from a DR operation token, and read one that was kept before they did', async () => {
    await secrets().keepToken(Secret.of('root-token', 'hvs.root'));
    expect((await secrets().token('root-token'))?.kind).toBe('root-token');
    await expect(secrets().token('dr-operation-token')).rejects.toMatchObject({
      problem: { code: 'keychain.failed' },
    });
    // Version 0.1.0 kept a root token under the one kind there was.
    await secrets().keepToken(token('hvs.earlier'));
    const earlier = await secrets().token('root-token');
    expect(earlier?.kind).toBe('root-token');
    expect(earlier?.expose()).toBe('hvs.earlier');
    await secrets().forgetAll();
  });

  it('make one fingerprint key, even when asked twice at once', async () => {
    const both = secrets();
    const [one, two] = await Promise.all([both.fingerprintKey(), both.fingerprintKey()]);
    expect(one.expose()).toBe(two.expose());
    expect(Buffer.from(one.expose(), 'base64')).toHaveLength(32);

    const share = Uint8Array.from({ length: 33 }, (_, i) => i);
    const other = share.with(32, 99);
    const fingerprint = fingerprintShare(one, share);
    expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
    expect(fingerprintShare(two, share)).toBe(fingerprint);
    expect(fingerprintShare(one, other)).not.toBe(fingerprint);
    await both.forgetAll();
    expect(fingerprintShare(await both.fingerprintKey(), share)).not.toBe(fingerprint);
    await both.forgetAll();
  });
});

describe.skipIf(skip)('a keychain that does not answer', () => {
  it('ends in a timeout, asks nothing more meanwhile, and goes on once it answers', async () => {
    const keychain = new OsKeychain({ dataFolder, timeLimit: 300 });
    await keychain.put(entry, token('one'));
    keyring.freeze();
    try {
      const get = () => keychain.get(entry, 'dr-operation-token');
      expect((await problemFrom(get)).code).toBe('keychain.timeout');
      expect((await keychain.probe()).state).toBe('timeout');
      expect((await problemFrom(() => keychain.remove(entry))).code).toBe('keychain.timeout');
    } finally {
      keyring.thaw();
    }
    await expect.poll(async () => (await keychain.probe()).state).toBe('working');
    expect((await keychain.get(entry, 'dr-operation-token'))?.expose()).toBe('one');
    await keychain.remove(entry);
  });
});

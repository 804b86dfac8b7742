import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryName } from '../../electron/keychain/keychain.ts';
import { OsKeychain } from '../../electron/keychain/os-keychain.ts';
import { Secret } from '../../shared/secret.ts';
import { skipWithoutKeyring, useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';

const skip = skipWithoutKeyring('a locked keychain');
let keyring: PrivateKeyring;
beforeAll(async () => {
  if (!skip) keyring = await useKeyring();
});
afterAll(async () => {
  if (!skip) await keyring.stop();
});

describe.skipIf(skip)('a keychain that is locked during the ceremony', () => {
  const keychain = new OsKeychain({ dataFolder: '/somewhere/keyturn' });
  const entry = entryName('ceremony/x/attempt');
  const locked = { problem: { code: 'keychain.locked' } };

  it('is not mistaken for one without the entry', async () => {
    await keychain.put(entry, Secret.of('otp', 'pad'));
    expect((await keychain.get(entry, 'otp'))?.expose()).toBe('pad');
    await keyring.lock();
    await expect(keychain.get(entry, 'otp')).rejects.toMatchObject(locked);
    await expect(keychain.get(entryName('never-kept'), 'otp')).rejects.toMatchObject(locked);
  });

  it('takes and removes nothing, and says so', async () => {
    await expect(keychain.put(entry, Secret.of('otp', 'new'))).rejects.toMatchObject(locked);
    await expect(keychain.remove(entry)).rejects.toMatchObject(locked);
    const health = await keychain.probe();
    expect(health).toMatchObject({ state: 'locked', problem: { code: 'keychain.locked' } });
    expect(health.state === 'locked' ? health.problem.next : '').toContain('nlock');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryName } from '../../electron/keychain/keychain.ts';
import { OsKeychain } from '../../electron/keychain/os-keychain.ts';
import { Secret } from '../../shared/secret.ts';
import { skipWithoutKeyring, useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';

const skip = skipWithoutKeyring('a machine without a keychain');
let keyring: PrivateKeyring;
beforeAll(async () => {
  if (!skip) keyring = await useKeyring({ absent: true });
});
afterAll(async () => {
  if (!skip) await keyring.stop();
});

describe.skipIf(skip)('without a keychain', () => {
  const keychain = new OsKeychain({ dataFolder: '/somewhere/keyturn' });
  const entry = entryName('ceremony/x/attempt');

  it('and without a session bus, the bus is named', async () => {
    const address = process.env['DBUS_SESSION_BUS_ADDRESS'];
    process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nowhere/bus';
    const health = await keychain.probe();
    process.env['DBUS_SESSION_BUS_ADDRESS'] = address;
    expect(health).toMatchObject({ state: 'absent', problem: { code: 'keychain.absent' } });
    expect(JSON.stringify(health)).toContain('D-Bus session bus');
  });

  it('the package that is missing is named, whatever is asked', async () => {
    const absent = { problem: { code: 'keychain.absent' } };
    const health = await keychain.probe();
    expect(health).toMatchObject({ state: 'absent', ...absent });
    expect(JSON.stringify(health)).toContain('apt install gnome-keyring');
    await expect(keychain.put(entry, Secret.of('otp', 'pad'))).rejects.toMatchObject(absent);
    await expect(keychain.get(entry, 'otp')).rejects.toMatchObject(absent);
    await expect(keychain.remove(entry)).rejects.toMatchObject(absent);
  });

  it('it works as soon as one was started', async () => {
    await keyring.startDaemon();
    expect(await keychain.probe()).toEqual({ state: 'working' });
  });
});

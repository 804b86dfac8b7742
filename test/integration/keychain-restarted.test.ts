import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryName } from '../../electron/keychain/keychain.ts';
import { OsKeychain } from '../../electron/keychain/os-keychain.ts';
import { Secret } from '../../shared/secret.ts';
import { skipWithoutKeyring, useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';

const skip = skipWithoutKeyring('a keychain service that is killed');
let keyring: PrivateKeyring;
beforeAll(async () => {
  if (!skip) keyring = await useKeyring();
});
afterAll(async () => {
  if (!skip) await keyring.stop();
});

describe.skipIf(skip)('a keychain service that is killed and started again', () => {
  const keychain = new OsKeychain({ dataFolder: '/somewhere/keyturn' });
  const entry = entryName('ceremony/x/attempt');
  const failed = { problem: { code: 'keychain.failed' } };

  it('makes the app ask to be opened again, and never says that the entry is missing', async () => {
    await keychain.put(entry, Secret.of('otp', 'kept-before-the-kill'));
    await keyring.killDaemon();
    await expect(keychain.get(entry, 'otp')).rejects.toMatchObject(failed);
    await keyring.startDaemon();
    await expect(keychain.get(entry, 'otp')).rejects.toMatchObject(failed);
    await expect(keychain.put(entry, Secret.of('otp', 'new'))).rejects.toMatchObject(failed);
    const health = await keychain.probe();
    expect(health).toMatchObject({ state: 'failed', ...failed });
    expect(JSON.stringify(health)).toContain('open it again');
  });

  it('lost nothing: a new process reads the entry', () => {
    const script = `
      const keytar = require(${JSON.stringify(createRequire(import.meta.url).resolve('keytar'))});
      const [service, entry] = process.argv.slice(1);
      keytar.getPassword(service, entry).then((text) => process.stdout.write(String(text)));`;
    const service = new OsKeychain({ dataFolder: '/somewhere/keyturn' }).service;
    const child = spawnSync(process.execPath, ['-e', script, service, entry], { encoding: 'utf8' });
    expect(child.stdout).toContain('kept-before-the-kill');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BatchTokens } from '../../electron/keychain/batch-tokens.ts';
import { entryName, type Keychain } from '../../electron/keychain/keychain.ts';
import { MemoryKeychain } from '../../electron/keychain/memory-keychain.ts';
import { OsKeychain } from '../../electron/keychain/os-keychain.ts';
import { profileIdSchema } from '../../shared/ids.ts';
import { Secret } from '../../shared/secret.ts';
import { skipWithoutKeyring, useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';

const skip = skipWithoutKeyring('batch tokens in the real keychain');
let keyring: PrivateKeyring;
beforeAll(async () => {
  if (!skip) keyring = await useKeyring();
});
afterAll(async () => {
  if (!skip) await keyring.stop();
});

const profile = profileIdSchema.parse('harbour-0a1b');
const other = profileIdSchema.parse('island-2c3d');
const token = (text: string) => Secret.of('batch-token', text);
const about = {
  profileId: profile,
  label: 'Night shift',
  source: 'issued' as const,
  issuedAt: '2026-11-23T20:00:00.000Z',
  expiresAt: '2026-11-24T04:00:00.000Z',
  policies: ['default', 'dr-secondary-promotion'],
};
const at = (instant: string) => () => new Date(instant);
const night = at('2026-11-24T03:00:00.000Z');

describe.skipIf(skip)('batch tokens in the system keychain', () => {
  const dataFolder = '/somewhere/shift';
  /** As after a restart: nothing but the keychain is left. */
  const tokens = (now = night) => new BatchTokens(new OsKeychain({ dataFolder }), now);

  it('come back after a restart, two at a time, and go one by one', async () => {
    const first = await tokens().keep(token('hvb.first'), about);
    const second = await tokens().keep(token('hvb.second'), { ...about, label: 'Day shift' });
    expect(await tokens().list(profile)).toEqual([first, second]);
    expect((await tokens().read(profile, first.id))?.expose()).toBe('hvb.first');
    expect((await tokens().read(profile, second.id))?.expose()).toBe('hvb.second');
    expect(await tokens().list(other)).toEqual([]);

    await tokens().forget(profile, first.id);
    expect(await tokens().list(profile)).toEqual([second]);
    expect(await tokens().read(profile, first.id)).toBeUndefined();
    await tokens().forget(profile, second.id);
    expect(await tokens().list(profile)).toEqual([]);
  });

  it('may be longer than one entry of a keychain can be', async () => {
    const long = `hvb.${'AAAAAQ-_\\"'.repeat(1_200)}`;
    const kept = await tokens().keep(token(long), about);
    expect((await tokens().read(profile, kept.id))?.expose()).toBe(long);
    await tokens().forget(profile, kept.id);
    expect(await tokens().read(profile, kept.id)).toBeUndefined();
  });
});

describe('a kept batch token', () => {
  const memory = () => new MemoryKeychain({ acceptsThatACrashEndsTheCeremony: true });

  it('is removed when its time is over, and not a second before', async () => {
    const keychain = memory();
    const kept = await new BatchTokens(keychain, night).keep(token('hvb.a'), about);
    const before = new BatchTokens(keychain, at('2026-11-24T03:59:59.000Z'));
    expect(await before.list(profile)).toEqual([kept]);
    const after = new BatchTokens(keychain, at('2026-11-24T04:00:00.000Z'));
    expect(await after.read(profile, kept.id)).toBeUndefined();
    expect(await after.list(profile)).toEqual([]);
    expect(await before.list(profile)).toEqual([]);
  });

  it('whose end is unknown stays until it is forgotten', async () => {
    const { expiresAt: _, ...unknown } = about;
    const tokens = new BatchTokens(memory(), at('2036-01-01T00:00:00.000Z'));
    const kept = await tokens.keep(token('hvb.a'), { ...unknown, source: 'pasted' });
    expect(await tokens.list(profile)).toEqual([kept]);
  });

  it('is not lost when many are kept at once', async () => {
    const tokens = new BatchTokens(memory(), night);
    const labels = Array.from({ length: 40 }, (_, i) => `Shift ${i}`);
    await Promise.all(
      labels.map((label) => tokens.keep(token(`hvb.${label}`), { ...about, label })),
    );
    const listed = await tokens.list(profile);
    expect(listed.map(({ label }) => label)).toEqual(labels);
  });

  it('is whole or not there, at whatever write the power goes', async () => {
    const writes = await countWrites();
    expect(writes).toBeGreaterThan(4);
    for (let last = 0; last <= writes; last += 1) {
      const keychain = memory();
      const first = await new BatchTokens(keychain, night).keep(token('hvb.first'), about);
      const dying = new BatchTokens(diesAfter(keychain, last), night);
      await dying.keep(token('x'.repeat(900)), about).catch(() => undefined);

      const after = new BatchTokens(keychain, night);
      const listed = await after.list(profile);
      expect((await after.read(profile, first.id))?.expose()).toBe('hvb.first');
      for (const { id } of listed.slice(1))
        expect((await after.read(profile, id))?.expose()).toBe('x'.repeat(900));
      if (last >= writes) expect(listed.length).toBe(2);
    }
  });

  async function countWrites(): Promise<number> {
    const keychain = memory();
    await new BatchTokens(keychain, night).keep(token('hvb.first'), about);
    const counting = diesAfter(keychain, Number.POSITIVE_INFINITY);
    await new BatchTokens(counting, night).keep(token('x'.repeat(900)), about);
    return counting.writes();
  }

  it('is gone from the keychain itself once it is forgotten', async () => {
    const keychain = memory();
    const tokens = new BatchTokens(keychain, night);
    const kept = await tokens.keep(token('hvb.a'), about);
    const entry = entryName(`batch-token/${profile}/${kept.id}/a0`);
    expect(await keychain.get(entry, 'batch-token')).toBeDefined();
    await tokens.forget(profile, kept.id);
    expect(await keychain.get(entry, 'batch-token')).toBeUndefined();
  });
});

/** A keychain whose machine loses power after so many changes. */
function diesAfter(keychain: Keychain, changes: number): Keychain & { writes(): number } {
  let done = 0;
  const change = <T>(run: () => Promise<T>): Promise<T> => {
    if (done >= changes) return Promise.reject(new Error('the power went'));
    done += 1;
    return run();
  };
  return {
    backend: keychain.backend,
    probe: () => keychain.probe(),
    put: (entry, secret) => change(() => keychain.put(entry, secret)),
    get: (entry, kind) => keychain.get(entry, kind),
    remove: (entry) => change(() => keychain.remove(entry)),
    writes: () => done,
  };
}

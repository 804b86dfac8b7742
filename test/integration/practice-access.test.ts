import { afterEach, beforeEach, expect, test } from 'vitest';
import { PracticeDesk } from '../../electron/handlers/practice-desk.ts';
import { makeKey } from '../../electron/pgp/app-key.ts';
import { decrypt } from '../../electron/pgp/decrypt.ts';
import { readAttempt } from '../../electron/vault/attempt.ts';
import { Connection } from '../../electron/vault/connection.ts';
import { nodeAddressSchema } from '../../shared/ids.ts';
import { practiceAccessBytes } from '../../shared/practice-access.ts';
import type { Profile } from '../../shared/profile.ts';
import { problemFrom } from '../fakes/ceremony-bench.ts';

/* What several instances of Keyturn on one machine need to practise together. */

const choice = {
  shares: 5,
  threshold: 3,
  outageSeconds: 1,
  version: '1.21.4',
  primary: 'gone',
} as const;

let running: PracticeDesk;
let guest: PracticeDesk;
beforeEach(async () => {
  running = new PracticeDesk(() => undefined);
  guest = new PracticeDesk(() => undefined);
  await running.start(choice);
});
afterEach(() => running.stop());

const join = (desk: PracticeDesk, bytes: Uint8Array) =>
  problemFrom(Promise.resolve().then(() => desk.join(bytes)));

test('another instance reaches the clusters with the access, and not without it', async () => {
  const access = running.access();
  expect(guest.certificateFor(access.profile)).toBeUndefined();
  const profile = guest.join(practiceAccessBytes(access));
  expect(guest.profiles).toEqual([profile]);
  expect(guest.status()).toMatchObject({ running: false, guest: { name: 'Practice DR' } });
  const clientCertificate = guest.certificateFor(profile);
  if (!clientCertificate) throw new Error('No certificate.');
  const connection = await Connection.open(profile, { clientCertificate });
  const [first] = profile.nodes;
  if (!first) throw new Error('No node.');
  const seen = await readAttempt(connection.node(first), 'dr-operation-token');
  expect(seen.started).toBe(false);
  connection.close();
  expect(running.requests.at(-1)).toMatchObject({ method: 'GET', status: 200 });
  guest.leave();
  expect(guest.certificateFor(profile)).toBeUndefined();
});

test('nothing but practice clusters on this machine can be brought in so', async () => {
  const { profile, certificate } = running.access();
  const accessWith = (change: Partial<Profile>) =>
    practiceAccessBytes({ profile: { ...profile, ...change }, certificate });
  const elsewhere = nodeAddressSchema.parse('https://vault.example.org:8200');
  const refused = [
    accessWith({ nodes: [elsewhere] }),
    accessWith({ primaryNodes: [elsewhere] }),
    accessWith({ clientAddress: elsewhere }),
    accessWith({ nodes: [nodeAddressSchema.parse('https://127.0.0.1.example.org')] }),
    accessWith({ kind: 'real' }),
    accessWith({ proxy: 'http://127.0.0.1:3128' }),
    Buffer.from('{}'),
  ];
  for (const bytes of refused)
    expect((await join(guest, bytes)).known).toContain('does not lead to practice clusters');
  expect(guest.profiles).toEqual([]);
  expect((await join(running, accessWith({}))).known).toContain('that run in this Keyturn itself');
});

test('an envelope encrypted to its holder is base64 of a message with the share’s hex', async () => {
  const chidi = await makeKey('Chidi');
  const message = await running.encryptedEnvelope(2, chidi.publicKey.base64);
  expect(message).toMatch(/^[A-Za-z0-9+/]+=*$/);
  const share = await decrypt(message, { kind: 'key', key: chidi.privateKey }, 'share');
  const { id } = running.access().profile;
  const plain = Buffer.from(running.envelope(id, 2).expose(), 'base64').toString('hex');
  expect(share.expose()).toBe(plain);
  expect((await problemFrom(running.encryptedEnvelope(2, 'AAAA'))).code).toBe('pgp.key-unfit');
});

test('the envelopes are where the clusters run, and nowhere else', async () => {
  const access = running.access();
  const { id } = access.profile;
  expect(running.hasEnvelopes(id)).toBe(true);
  guest.join(practiceAccessBytes(access));
  expect(guest.hasEnvelopes(id)).toBe(false);
  const taken = await problemFrom(Promise.resolve().then(() => guest.envelope(id, 0)));
  expect(taken.known).toContain('in the Keyturn where the practice clusters run');
  // A practice of its own has other shares: none of them is handed out for the one it takes part in.
  await guest.start(choice);
  try {
    expect(guest.hasEnvelopes(id)).toBe(false);
    const own = guest.access().profile.id;
    expect(guest.envelope(own, 0).expose()).not.toBe(running.envelope(id, 0).expose());
    const mixed = await problemFrom(Promise.resolve().then(() => guest.envelope(id, 0)));
    expect(mixed.known).toContain('in the Keyturn where the practice clusters run');
  } finally {
    await guest.stop();
  }
});

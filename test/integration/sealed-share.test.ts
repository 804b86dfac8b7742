import { readKey } from 'openpgp';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeSealingKey } from '../../electron/offline/ceremony-key.ts';
import { openSealedShare, sealShare } from '../../electron/offline/sealing.ts';
import { RecordSigningKey } from '../../electron/keychain/record-signing-key.ts';
import { CeremonySecrets } from '../../electron/keychain/ceremony-secrets.ts';
import { longestStoredValue } from '../../electron/keychain/stored-value.ts';
import { nodeTools } from '../../electron/transcript/verify-file.ts';
import { nonceSchema } from '../../shared/ids.ts';
import { readInvitation } from '../../shared/offline/invitation.ts';
import { parseSealedShare, sealedShareBytes } from '../../shared/offline/sealed-share.ts';
import { CeremonyBench, holders, problemFrom, typesOf } from '../fakes/ceremony-bench.ts';
import { useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';

let keyring: PrivateKeyring;
let bench: CeremonyBench;
beforeAll(async () => {
  keyring = await useKeyring();
});
afterAll(() => keyring.stop());
beforeEach(async () => {
  bench = await CeremonyBench.open();
});
afterEach(() => bench.close());

async function invited() {
  const { id, conductor } = await bench.collecting();
  const { bytes } = await conductor.attempt.invite(new RecordSigningKey(bench.keychain), 4);
  return { id, conductor, invitation: readInvitation(bytes, nodeTools).invitation };
}

test('an invitation names this attempt, is signed by this installation, and has no secret', async () => {
  const { id, conductor, invitation } = await invited();
  const { state } = conductor;
  expect(invitation).toMatchObject({
    ceremony: id,
    nonce: 'attempt' in state ? state.attempt.nonce : '',
    required: 3,
    holders: [...holders],
    practice: true,
  });
  expect(invitation.key).toBe((await new RecordSigningKey(bench.keychain).identity()).key);
  const key = await readKey({ binaryKey: Buffer.from(invitation.sealTo.key, 'base64') });
  expect(key.isPrivate()).toBe(false);
  expect(typesOf(conductor)).toContain('invitation.made');
  const text = JSON.stringify(invitation);
  const kept = await new CeremonySecrets(bench.keychain, id).attempt();
  expect(kept).toBeDefined();
  expect(text).not.toContain(kept?.otp.expose());
  expect(text).not.toContain(bench.site.nodes[0]);
});

test('a second invitation has the same key, so that what was sealed before is still opened', async () => {
  const { conductor, invitation } = await invited();
  const again = await conductor.attempt.invite(new RecordSigningKey(bench.keychain), 4);
  expect(again.invitation.sealTo).toEqual(invitation.sealTo);
});

test('three sealed shares make the token, also after a restart in between', async () => {
  const { id, conductor, invitation } = await invited();
  const sealed = await Promise.all(
    [0, 1, 2].map((n) => sealShare(invitation, holders[n] ?? '', bench.share(n))),
  );
  expect(await conductor.attempt.giveSealedShare(sealed[0] ?? new Uint8Array())).toMatchObject({
    progress: 1,
  });
  await bench.restart();
  const after = await bench.ceremonies.take(id);
  await expect.poll(() => typesOf(after)).toContain('resumed');
  await after.attempt.giveSealedShare(sealed[1] ?? new Uint8Array());
  const last = await after.attempt.giveSealedShare(sealed[2] ?? new Uint8Array());
  expect(last).toEqual({ progress: 3, required: 3, complete: true });
});

test('used twice is refused, before and after a restart, however it is wrapped', async () => {
  const { id, conductor, invitation } = await invited();
  const sealed = await sealShare(invitation, 'Ana', bench.share(0));
  await conductor.attempt.giveSealedShare(sealed);
  const again = await problemFrom(conductor.attempt.giveSealedShare(sealed));
  expect(again).toMatchObject({ code: 'input.share-duplicate' });
  expect(again.known).toContain('opened and sent before');
  // A literal packet of nothing behind it (a marker, RFC 9580 §5.8) makes other bytes of the same message.
  const read = parseSealedShare(sealed);
  const marked = Buffer.concat([
    Buffer.from([0xca, 0x03, 0x50, 0x47, 0x50]),
    Buffer.from(read?.message ?? '', 'base64'),
  ]).toString('base64');
  const wrapped = read && sealedShareBytes({ ...read, message: marked });
  await bench.restart();
  const after = await bench.ceremonies.take(id);
  await expect.poll(() => typesOf(after)).toContain('resumed');
  const third = await problemFrom(after.attempt.giveSealedShare(wrapped ?? new Uint8Array()));
  expect(third.known).toContain('opened and sent before');
});

test('for another ceremony, another attempt, a stranger or altered: refused, and nothing is sent', async () => {
  const { conductor, invitation } = await invited();
  const share = bench.share(0);
  const other = nonceSchema.parse('aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee');
  const good = await sealShare(invitation, 'Ana', share);
  const flipped = parseSealedShare(good);
  const message = Buffer.from(flipped?.message ?? '', 'base64');
  message.writeUInt8((message.at(-30) ?? 0) ^ 1, message.length - 30);
  const foreignKey = await makeSealingKey();
  const sealTo = { key: foreignKey.key, fingerprint: foreignKey.fingerprint };
  const refused: readonly (readonly [string, Uint8Array])[] = [
    ['another attempt', await sealShare({ ...invitation, nonce: other }, 'Ana', share)],
    [
      'another ceremony',
      Buffer.from(
        Buffer.from(good).toString().replace(invitation.ceremony, '20200101-000000-00000000'),
      ),
    ],
    [
      'altered',
      flipped ? sealedShareBytes({ ...flipped, message: message.toString('base64') }) : good,
    ],
    ['cannot be opened', await sealShare({ ...invitation, sealTo }, 'Ana', share)],
    ['not on the roster', await sealShare(invitation, 'Mallory', share)],
    ['not a sealed share', Buffer.from('{}')],
  ];
  for (const [says, bytes] of refused) {
    const { known } = await problemFrom(conductor.attempt.giveSealedShare(bytes));
    expect(known).toContain(says);
    expect(known).not.toContain(share.expose());
  }
  expect(typesOf(conductor)).not.toContain('share.intended');
  await conductor.attempt.giveSealedShare(good);
});

test('what is sealed has the share nowhere in clear, and an unfit key is refused', async () => {
  const { invitation } = await invited();
  const share = bench.share(0);
  const sealed = Buffer.from(await sealShare(invitation, 'Ana', share)).toString();
  expect(sealed).not.toContain(share.expose());
  expect(sealed).not.toContain('Ana');
  const sealTo = { ...invitation.sealTo, fingerprint: 'ab'.repeat(20) };
  const problem = await problemFrom(sealShare({ ...invitation, sealTo }, 'Ana', share));
  expect(problem.known).toContain('not the one it names');
});

test('the key fits the smallest keychain, and goes with the ceremony', async () => {
  const { id, conductor } = await invited();
  const secrets = new CeremonySecrets(bench.keychain, id);
  const kept = await secrets.sealingKey();
  expect(kept).toBeDefined();
  expect(kept?.expose().length).toBeLessThan(longestStoredValue / 2);
  await conductor.attempt.cancel('Bench');
  await conductor.ending.end();
  expect(await secrets.sealingKey()).toBeUndefined();
});

test('without an invitation nothing is opened', async () => {
  const { id, conductor } = await bench.collecting();
  const key = await makeSealingKey();
  const attempt = conductor.state.phase === 'collecting' ? conductor.state.attempt : undefined;
  const nonce = attempt?.nonce ?? nonceSchema.parse('aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee');
  const invitation = { ceremony: id, nonce, sealTo: key };
  const sealed = await sealShare(invitation, 'Ana', bench.share(0));
  expect((await openSealedShare(sealed, { ceremony: id, nonce }, key.secret)).holder).toBe('Ana');
  const problem = await problemFrom(conductor.attempt.giveSealedShare(sealed));
  expect(problem.code).toBe('keychain.entry-missing');
});

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { CeremonySecrets } from '../../electron/keychain/ceremony-secrets.ts';
import { HeldToken } from '../../electron/keychain/held-token.ts';
import { OsKeychain } from '../../electron/keychain/os-keychain.ts';
import { takeBack } from '../../electron/offline/handing.ts';
import { makeSealingKey } from '../../electron/offline/ceremony-key.ts';
import { ceremonyIdSchema, nonceSchema } from '../../shared/ids.ts';
import { decodeToken } from '../../shared/codec/otp.ts';
import { handedTokenBytes, parseHandedToken } from '../../shared/offline/handed-token.ts';
import { problemFrom } from '../fakes/ceremony-bench.ts';
import { eventually } from '../fakes/eventually.ts';
import { HolderBench } from '../fakes/holder-bench.ts';
import { useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';

/* Somebody else gives between the status and the share: the last one lands from a holder's laptop. */

let keyring: PrivateKeyring;
let bench: HolderBench;
beforeAll(async () => {
  keyring = await useKeyring();
});
afterAll(() => keyring.stop());
beforeEach(async () => {
  bench = await HolderBench.open();
});
afterEach(() => bench.close());

const otherCeremony = ceremonyIdSchema.parse('20200101-000000-00000000');

/** Ana gives the second share of three, and Ben's arrives in between. */
async function race(): Promise<void> {
  await bench.site.faults.giveElsewhere(2);
  await bench.follow('Ana');
  await bench.desk.mayGive();
  bench.book.onEvent = async ({ type }) => {
    if (type === 'share.intended') await bench.site.faults.giveElsewhere(1);
  };
}

const giveLast = () => bench.desk.give('Ana', bench.share(0));
const held = () => new HeldToken(bench.keychain, bench.book.open?.id ?? bench.ceremony).read();

async function operatorsSecrets() {
  const secrets = new CeremonySecrets(bench.operator.keychain, bench.ceremony);
  const [attempt, key] = [await secrets.attempt(), await secrets.sealingKey()];
  if (!attempt || !key) throw new Error('The operator’s keychain has no attempt.');
  return { attempt, key };
}

const offeredBytes = () =>
  bench.parcels.of(bench.desk.view().kept?.offered?.parcel ?? '').parcel.bytes;

test('it is kept before anything else, survives a restart, and the operator reads the token with it', async () => {
  await race();
  expect(await giveLast()).toEqual({ progress: 3, required: 3, complete: true, kept: true });
  const encoded = (await held())?.expose() ?? '';
  expect(encoded.length).toBeGreaterThan(20);
  expect((await bench.events()).at(-1)?.type).toBe('token.kept');
  expect((await problemFrom(bench.desk.mayGive())).known).toContain('waits to be handed');

  await bench.desk.clear('locked');
  await bench.restart();
  expect(bench.desk.view()).toMatchObject({
    kept: { where: 'keychain', cluster: 'Bench', operator: 'Robin', holder: 'Ana', offeredTo: [] },
  });
  const early = await problemFrom(bench.desk.tokenHanded('Robin', 'Ana'));
  expect(early.known).toContain('not shown or saved');
  await bench.desk.offerToken('Robin');

  const { attempt, key } = await operatorsSecrets();
  const { ceremony } = bench;
  const back = await takeBack(offeredBytes(), { ceremony, nonce: attempt.nonce }, key);
  expect(back.holder).toBe('Ana');
  expect(decodeToken(back.encoded, attempt.otp, 'dr-operation-token').token.expose()).toBe(
    bench.site.minted.at(-1)?.token,
  );

  // Nothing of it on disk, nor in what is carried.
  const carried = `${Buffer.from(offeredBytes()).toString()}\n${await bench.files()}`;
  for (const secret of [encoded, bench.share(0).expose(), bench.site.minted.at(-1)?.token ?? '-'])
    expect(carried).not.toContain(secret);

  // Still offered after another restart, until somebody says that it arrived.
  await bench.restart();
  expect(bench.desk.view().kept).toMatchObject({ offeredTo: ['Robin'] });
  await bench.desk.tokenHanded('Robin', 'Ana');
  expect(bench.desk.view().kept).toBeUndefined();
  expect(await held()).toBeUndefined();
  expect((await bench.types()).slice(-4)).toEqual([
    'token.offered',
    'part.resumed',
    'token.handed',
    'part.ended',
  ]);
  expect(await bench.verified()).toMatchObject({
    rules: { kind: 'hold' },
    outcome: 'cleared',
  });
  await bench.restart();
  expect(bench.desk.view().kept).toBeUndefined();
});

test('what is handed back is bound to its ceremony and its attempt, and to nobody else’s key', async () => {
  await race();
  await giveLast();
  await bench.desk.offerToken('Robin');
  const { attempt, key } = await operatorsSecrets();
  const { ceremony } = bench;
  const { nonce } = attempt;
  const bytes = offeredBytes();
  const otherNonce = nonceSchema.parse(nonce.replace(/^./, (c) => (c === 'a' ? 'b' : 'a')));
  const another = await makeSealingKey();
  const parsed = parseHandedToken(bytes);
  if (!parsed) throw new Error('It cannot be read.');
  const message = Buffer.from(parsed.message, 'base64');
  message.writeUInt8((message.at(-30) ?? 0) ^ 1, message.length - 30);
  const altered = handedTokenBytes({ ...parsed, message: message.toString('base64') });
  const renamed = handedTokenBytes({ ...parsed, ceremony: otherCeremony });
  const refused = [
    ['altered', () => takeBack(altered, { ceremony, nonce }, key)],
    ['altered', () => takeBack(bytes, { ceremony, nonce }, another.secret)],
    ['another attempt', () => takeBack(bytes, { ceremony, nonce: otherNonce }, key)],
    ['another ceremony', () => takeBack(bytes, { ceremony: otherCeremony, nonce }, key)],
    ['another ceremony', () => takeBack(renamed, { ceremony: otherCeremony, nonce }, key)],
    ['not an encoded token', () => takeBack(Buffer.from('{}'), { ceremony, nonce }, key)],
  ] as const;
  for (const [says, call] of refused) expect((await problemFrom(call())).known).toContain(says);
});

test('forgotten by name: an open item that the record keeps', async () => {
  await race();
  await giveLast();
  await bench.desk.forgetToken('Ana', 'The operator starts again');
  expect(await held()).toBeUndefined();
  expect(bench.desk.view().kept).toBeUndefined();
  const { openItems } = await bench.verified();
  expect(JSON.stringify(openItems)).toContain('Ana had the encoded token forgotten');
});

test('a crash between the keychain and the disk: the token is found again', async () => {
  await race();
  bench.book.onEvent = async ({ type }) => {
    if (type !== 'share.intended') return;
    await bench.site.faults.giveElsewhere(1);
    // From here on nothing can be written: the disk is gone, the keychain is not.
    if (bench.book.open) await bench.store.close(bench.book.open.id);
  };
  await problemFrom(giveLast());
  expect(bench.desk.view().kept).toMatchObject({ where: 'memory' });
  await bench.restart();
  expect(bench.desk.view().kept).toMatchObject({ where: 'keychain', holder: 'Ana' });
  expect((await bench.types()).slice(-2)).toEqual(['part.resumed', 'token.kept']);
});

test('the keychain no longer has it: said, and an open item', async () => {
  await race();
  await giveLast();
  await new HeldToken(bench.keychain, bench.book.open?.id ?? bench.ceremony).forget();
  expect((await problemFrom(bench.desk.offerToken('Robin'))).code).toBe('keychain.entry-missing');
  expect(bench.desk.view().kept).toBeUndefined();
  await bench.desk.clear('cleared');
  expect(JSON.stringify((await bench.verified()).openItems)).toContain('no longer in the keychain');
});

test('a keychain that does not answer: it stays in memory, and is kept once it does', async () => {
  bench.keychain = new OsKeychain({ dataFolder: bench.dataFolder, timeLimit: 500 });
  await race();
  bench.book.onEvent = async ({ type }) => {
    if (type !== 'share.intended') return;
    await bench.site.faults.giveElsewhere(1);
    keyring.freeze();
  };
  const refused = await problemFrom(giveLast());
  expect(refused.code).toMatch(/^keychain\./);
  expect(refused.safe).toContain('lost when the app is closed');
  expect(bench.desk.view().kept).toMatchObject({ where: 'memory', holder: 'Ana' });
  // Nothing else goes on until it is kept.
  await bench.desk.look();
  expect((await problemFrom(bench.desk.mayGive())).known).toContain('waits to be handed');
  expect((await problemFrom(bench.desk.clear('locked'))).code).toMatch(/^keychain\./);
  keyring.thaw();
  await eventually(() => bench.desk.keepToken());
  expect(bench.desk.view().kept).toMatchObject({ where: 'keychain' });
  expect(await held()).toBeDefined();
});

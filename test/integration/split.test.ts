import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Conductor } from '../../electron/ceremony/conductor.ts';
import { CeremonySecrets } from '../../electron/keychain/ceremony-secrets.ts';
import { RecordSigningKey } from '../../electron/keychain/record-signing-key.ts';
import { sealDecodedToken } from '../../electron/offline/decoded-token.ts';
import { handOver } from '../../electron/offline/handing.ts';
import { makeKey, type MadeKey } from '../../electron/pgp/app-key.ts';
import { decrypt } from '../../electron/pgp/decrypt.ts';
import { giveShare } from '../../electron/vault/attempt.ts';
import { Connection } from '../../electron/vault/connection.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import { nonceSchema, type CeremonyId } from '../../shared/ids.ts';
import { Secret } from '../../shared/secret.ts';
import { CeremonyBench, problemFrom, typesOf } from '../fakes/ceremony-bench.ts';
import { useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';

/* The operator's side of a ceremony whose people sit at several laptops. */

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

const otherNonce = nonceSchema.parse('aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee');

const invite = async (conductor: Conductor) =>
  (await conductor.attempt.invite(new RecordSigningKey(bench.keychain), 4)).invitation;

const attemptOf = (state: CeremonyState) => {
  if ('attempt' in state) return state.attempt;
  throw new Error(state.phase);
};

/** The n-th share, given to Vault from another laptop. 0-based. @returns the encoded token with the last. */
async function giveFromElsewhere(conductor: Conductor, n: number) {
  const { node, nonce } = attemptOf(conductor.state);
  const connection = await Connection.open(
    { nodes: [...bench.site.nodes], primaryNodes: [], tls: { caPem: bench.site.caPem } },
    { clientCertificate: bench.site.clientCertificate },
  );
  const share = bench.share(n);
  const reply = await giveShare(connection.node(node), 'dr-operation-token', { nonce, share });
  connection.close();
  return reply.encodedToken;
}

async function lastShareElsewhere(conductor: Conductor): Promise<Secret<'encoded-token'>> {
  const encoded = await giveFromElsewhere(conductor, 2);
  if (!encoded) throw new Error('The last share brought no encoded token.');
  return encoded;
}

const tokenOf = async (id: CeremonyId) =>
  (await new CeremonySecrets(bench.keychain, id).token('dr-operation-token'))?.expose();

describe('while holders elsewhere may give', () => {
  beforeEach(async () => {
    bench.pollMs = 20;
    await bench.restart();
  });

  test('a share from elsewhere is seen without a click, and is named', async () => {
    const { conductor } = await bench.collecting();
    await invite(conductor);
    await giveFromElsewhere(conductor, 0);
    await expect.poll(() => typesOf(conductor).at(-1)).toBe('share.elsewhere');
    await conductor.attempt.nameElsewhere('Ana', 'From her own laptop.');
    expect(attemptOf(conductor.state).given).toMatchObject([{ holder: 'Ana', where: 'elsewhere' }]);
    // One of ours goes between two readings, and none of them makes more of it.
    expect(await bench.give(conductor, 1)).toMatchObject({ progress: 2, complete: false });
    await giveFromElsewhere(conductor, 3);
    await expect.poll(() => conductor.state.phase).toBe('gone');
    expect(typesOf(conductor).filter((type) => type === 'share.elsewhere')).toHaveLength(1);
    expect(typesOf(conductor)).not.toContain('round.failed');
  });

  test('shares given here and there at once are each counted once', async () => {
    const { conductor } = await bench.collecting();
    await invite(conductor);
    await Promise.all([giveFromElsewhere(conductor, 0), bench.give(conductor, 1)]);
    await expect.poll(() => attemptOf(conductor.state).progress).toBe(2);
    expect(
      attemptOf(conductor.state)
        .given.map(({ where }) => where)
        .sort(),
    ).toEqual(['elsewhere', 'here']);
    expect(attemptOf(conductor.state).round).toBe(1);
  });

  test('a server that does not answer leaves no trace, and is asked again', async () => {
    const { conductor } = await bench.collecting();
    bench.site.faults.dropNext('attempt-status', 'before');
    await invite(conductor);
    await expect
      .poll(() => bench.site.requests.map(({ status }) => status), { timeout: 10_000 })
      .toContain('dropped');
    await giveFromElsewhere(conductor, 0);
    await expect.poll(() => typesOf(conductor).at(-1)).toBe('share.elsewhere');
    expect(typesOf(conductor)).not.toContain('attempt.gone');
  });

  test('nobody invited: a share from elsewhere waits for somebody who asks', async () => {
    const { conductor } = await bench.collecting();
    await giveFromElsewhere(conductor, 0);
    const asked = () =>
      bench.site.requests.filter(({ method, path }) => method === 'GET' && path.endsWith('attempt'))
        .length;
    const before = asked();
    await conductor.recheck();
    expect(asked()).toBe(before + 1);
  });
});

describe('the encoded token landed on a holder’s laptop', () => {
  async function twoOfThree() {
    const { id, conductor } = await bench.collecting();
    const invitation = await invite(conductor);
    await bench.give(conductor, 0);
    await bench.give(conductor, 1);
    return { id, conductor, invitation };
  }

  test('it is taken in, kept before its event, and the ceremony goes on to its end', async () => {
    const { id, conductor, invitation } = await twoOfThree();
    const encoded = await lastShareElsewhere(conductor);
    await conductor.recheck();
    expect(conductor.state).toMatchObject({ phase: 'gone', tokenMayExist: true });
    expect(conductor.state.openItems).toHaveLength(1);
    const secrets = new CeremonySecrets(bench.keychain, id);
    let kept: Promise<string | undefined> | undefined;
    bench.onEvent = ({ type }) => {
      if (type === 'token.encoded.taken')
        kept = secrets.encodedToken().then((token) => token?.expose());
    };
    const parcel = await handOver({ ...invitation, holder: 'Chidi' }, invitation.sealTo, encoded);
    expect(await conductor.token.takeHanded(parcel)).toBe('Chidi');
    expect(await kept).toBe(encoded.expose());
    expect(conductor.state).toMatchObject({ phase: 'complete', openItems: [] });
    expect(attemptOf(conductor.state).given.at(-1)).toMatchObject({ holder: 'Chidi' });
    // A second time there is nothing to wait for.
    expect((await problemFrom(conductor.token.takeHanded(parcel))).known).toContain('waits for no');
    await conductor.token.decode();
    expect(await tokenOf(id)).toBe(bench.site.minted.at(-1)?.token);
  });

  test('also before anybody looked at the server, and after a restart', async () => {
    const { id, conductor, invitation } = await twoOfThree();
    const encoded = await lastShareElsewhere(conductor);
    const parcel = await handOver({ ...invitation, holder: 'Chidi' }, invitation.sealTo, encoded);
    await conductor.token.takeHanded(parcel);
    expect(typesOf(conductor).slice(-2)).toEqual(['attempt.gone', 'token.encoded.taken']);
    await bench.restart();
    const after = await bench.ceremonies.take(id);
    await expect.poll(() => typesOf(after)).toContain('resumed');
    expect(after.state.phase).toBe('complete');
    await after.token.decode();
  });

  test('refused: the attempt still runs, another attempt, another kind, another length, torn', async () => {
    const { id, conductor, invitation } = await twoOfThree();
    const from = { ...invitation, holder: 'Chidi' };
    const early = Secret.of('encoded-token', Buffer.alloc(28, 3).toString('base64'));
    const tooEarly = await handOver(from, invitation.sealTo, early);
    expect((await problemFrom(conductor.token.takeHanded(tooEarly))).known).toContain('still open');
    const encoded = await lastShareElsewhere(conductor);
    const officer = await makeKey('Olga Officer');
    const pgp = await encryptedTo(officer);
    const wrong = Secret.of('encoded-token', Buffer.alloc(20, 3).toString('base64'));
    const refused: readonly (readonly [string, Promise<Uint8Array>])[] = [
      ['another attempt', handOver({ ...from, nonce: otherNonce }, invitation.sealTo, encoded)],
      ['not an encoded token as', handOver(from, invitation.sealTo, pgp)],
      ['must be equal', handOver(from, invitation.sealTo, wrong)],
      ['not an encoded token that', Promise.resolve(Buffer.from('{}'))],
    ];
    for (const [says, parcel] of refused)
      expect((await problemFrom(conductor.token.takeHanded(await parcel))).known).toContain(says);
    expect(conductor.state.phase).toBe('gone');
    expect(await new CeremonySecrets(bench.keychain, id).encodedToken()).toBeUndefined();
    await conductor.token.takeHanded(await handOver(from, invitation.sealTo, encoded));
  });

  async function encryptedTo({ publicKey }: MadeKey): Promise<Secret<'encoded-token'>> {
    const message = await bench.site.encryptedEnvelope(0, publicKey.base64);
    return Secret.of('encoded-token', message);
  }
});

describe('the token is decoded at an officer’s desk', () => {
  let officer: MadeKey;
  beforeAll(async () => {
    officer = await makeKey('Olga Officer');
  });

  async function complete() {
    const { id, conductor } = await bench.ready();
    const { fingerprint, base64 } = officer.publicKey;
    await conductor.attempt.start({
      key: { fingerprint, from: 'file', userIds: ['Olga'] },
      base64,
    });
    const invitation = await invite(conductor);
    for (const n of [0, 1, 2]) await bench.give(conductor, n);
    return { id, conductor, invitation };
  }

  const open = async (message: Uint8Array) =>
    decrypt(message, { kind: 'key', key: officer.privateKey }, 'dr-operation-token');
  const byOlga = { from: 'Olga', with: 'key file' } as const;

  test('it comes back sealed, and the ceremony goes on as decoded, with who and how', async () => {
    const { id, conductor, invitation } = await complete();
    const token = await open(await conductor.token.exportEncoded('Olga'));
    const parcel = await sealDecodedToken(invitation, byOlga, token);
    expect(Buffer.from(parcel).toString()).not.toContain(token.expose());
    expect(await conductor.token.takeDecoded(parcel)).toBe('Olga');
    expect(conductor.state.phase).toBe('decoded');
    expect(conductor.records.at(-1)?.event).toMatchObject({
      type: 'token.decoded',
      doubts: [],
      with: 'key file',
      elsewhere: { by: 'Olga' },
    });
    expect(await tokenOf(id)).toBe(bench.site.minted.at(-1)?.token);
    expect((await problemFrom(conductor.token.takeDecoded(parcel))).known).toContain(
      'waits for no',
    );
    expect(await conductor.token.delete()).toBe(true);
  });

  test('an invitation made when all shares are in has the same key', async () => {
    const { conductor, invitation } = await complete();
    const later = await invite(conductor);
    expect(later.sealTo).toEqual(invitation.sealTo);
    const token = await open(await conductor.token.exportEncoded('Olga'));
    await conductor.token.takeDecoded(await sealDecodedToken(later, byOlga, token));
    expect(conductor.state.phase).toBe('decoded');
  });

  test('refused: too early, for another attempt, to another key, altered', async () => {
    const { conductor, invitation } = await complete();
    const token = Secret.of('dr-operation-token', 'hvs.notTheTokenOfThisAttempt');
    const other = await makeKey('Keyturn ceremony');
    const { base64, fingerprint } = other.publicKey;
    const good = await sealDecodedToken(invitation, byOlga, token);
    const torn = Buffer.from(good);
    torn.writeUInt8(torn.readUInt8(torn.length - 90) === 65 ? 66 : 65, torn.length - 90);
    const refused: readonly (readonly [string, Promise<Uint8Array>])[] = [
      ['another attempt', sealDecodedToken({ ...invitation, nonce: otherNonce }, byOlga, token)],
      [
        'another key',
        sealDecodedToken({ ...invitation, sealTo: { key: base64, fingerprint } }, byOlga, token),
      ],
      ['altered', Promise.resolve(torn)],
      ['not a token', Promise.resolve(Buffer.from('{}'))],
    ];
    for (const [says, parcel] of refused)
      expect((await problemFrom(conductor.token.takeDecoded(await parcel))).known).toContain(says);
    expect(conductor.state.phase).toBe('complete');
    await bench.restart();
    const { conductor: next } = await bench.opened();
    expect((await problemFrom(next.token.takeDecoded(good))).code).toBe('rule.not-now');
  });

  test('while shares are collected nothing can have been decoded', async () => {
    const { conductor } = await bench.collecting();
    const invitation = await invite(conductor);
    const token = Secret.of('dr-operation-token', 'hvs.nobodyHasThisTokenYet1234');
    const parcel = await sealDecodedToken(invitation, byOlga, token);
    expect((await problemFrom(conductor.token.takeDecoded(parcel))).known).toContain('has not got');
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  cancelAttempt,
  giveShare,
  readAttempt,
  startAttempt,
} from '../../electron/vault/attempt.ts';
import { Connection, type VaultNode } from '../../electron/vault/connection.ts';
import { deleteOperationToken, promote } from '../../electron/vault/dr-secondary.ts';
import {
  readDrStatus,
  readHealth,
  readLeader,
  readReplication,
  readSealStatus,
} from '../../electron/vault/sys-status.ts';
import { lookupSelf, revokeSelf } from '../../electron/vault/token.ts';
import { nonceSchema } from '../../shared/ids.ts';
import { Secret } from '../../shared/secret.ts';
import { failureOf } from '../fakes/failing.ts';
import { json, listen, type Answer, type Listening } from '../fakes/https.ts';
import { TestAuthority } from '../fakes/tls.ts';

const nonce = nonceSchema.parse('2dbd10f1-8528-6246-09e7-82b25b8aba63');
const share = Secret.of('share', 'ab'.repeat(33));
const operationToken = Secret.of('dr-operation-token', 'hvs.QkRzVmFsdWVPZlRoZVRva2Vu');
const vaultToken = Secret.of('vault-token', 'hvs.UGVyc29uc093blRva2VuSGVy');
const base = '/v1/sys/replication/dr/secondary/generate-operation-token';

let server: Listening;
let connection: Connection;
let node: VaultNode;
let answer: Answer;

beforeAll(async () => {
  const authority = await TestAuthority.create();
  server = await listen(await authority.issue(), (...given) => answer(...given));
  connection = await Connection.open({
    nodes: [server.address],
    primaryNodes: [],
    namespace: 'team/a',
    tls: { caPem: authority.caPem },
  });
  node = connection.node(server.address);
});
beforeEach(() => {
  answer = (_, response) => json(response, 200, {});
});
afterAll(async () => {
  connection.close();
  await server.close();
});

const replying = (status: number, body: unknown): void => {
  answer = (_, response) => json(response, status, body);
};
const last = () => {
  const seen = server.seen.at(-1);
  if (seen === undefined) throw new Error('nothing was asked');
  return seen;
};

describe('status', () => {
  const secondary = {
    initialized: true,
    sealed: false,
    standby: true,
    performance_standby: false,
    replication_performance_mode: 'disabled',
    replication_dr_mode: 'secondary',
    server_time_utc: 1795435200,
    version: '1.18.2+ent',
    enterprise: true,
    cluster_name: 'vault-cluster-b',
    cluster_id: '4a6bcc1e-0000-4000-8000-000000000001',
    license: { state: 'autoloaded' },
    echo_duration_ms: 0,
  };

  test('health is asked for 299 on every state, with nothing that could authenticate', async () => {
    replying(299, secondary);
    const health = await readHealth(node);
    expect(health).toMatchObject({
      httpStatus: 299,
      initialized: true,
      sealed: false,
      drMode: 'secondary',
      clusterName: 'vault-cluster-b',
      serverTimeUtc: 1795435200,
    });
    const { url, headers } = last();
    const query = new URL(url, server.address).searchParams;
    expect([...query.keys()].sort()).toEqual([
      'activecode',
      'drsecondarycode',
      'haunhealthycode',
      'performancestandbycode',
      'removedcode',
      'sealedcode',
      'standbycode',
      'uninitcode',
    ]);
    expect(new Set(query.values())).toEqual(new Set(['299']));
    expect(headers['x-vault-request']).toBe('true');
    expect(headers['x-vault-token']).toBeUndefined();
    expect(headers['x-vault-namespace']).toBeUndefined();
  });

  test.each([200, 429, 472, 473, 474, 501, 503, 530])(
    'health is read at HTTP %i too, where something before Vault drops the query',
    async (status) => {
      replying(status, { ...secondary, sealed: status === 503 });
      expect(await readHealth(node)).toMatchObject({ httpStatus: status, sealed: status === 503 });
    },
  );

  test('health that is an error is an error', async () => {
    replying(400, { errors: ['bad status code for param standbycode'] });
    expect((await failureOf(readHealth(node))).problem.code).toBe('vault.error');
    replying(502, { message: 'bad gateway' });
    expect((await failureOf(readHealth(node))).problem.code).toBe('vault.not-vault');
  });

  test('a sealed, community health without optional fields', async () => {
    replying(299, { initialized: true, sealed: true, replication_dr_mode: 'something-new' });
    expect(await readHealth(node)).toMatchObject({
      sealed: true,
      clusterId: undefined,
      drMode: 'unknown',
    });
  });

  test('seal status', async () => {
    replying(200, {
      type: 'shamir',
      initialized: true,
      sealed: false,
      t: 3,
      n: 5,
      progress: 0,
      nonce: '',
      version: '1.18.2+ent',
      recovery_seal: false,
      storage_type: 'raft',
      warnings: null,
    });
    expect(await readSealStatus(node)).toMatchObject({
      type: 'shamir',
      threshold: 3,
      shares: 5,
      nonce: undefined,
      sealed: false,
      recoverySeal: false,
    });
  });

  test('leader, with the zero time of a node that does not lead', async () => {
    replying(200, {
      ha_enabled: true,
      is_self: false,
      active_time: '0001-01-01T00:00:00Z',
      leader_address: 'https://vault-2.example.net:8200',
      leader_cluster_address: 'https://vault-2.example.net:8201',
    });
    expect(await readLeader(node)).toMatchObject({
      haEnabled: true,
      isSelf: false,
      leaderAddress: 'https://vault-2.example.net:8200',
    });
  });

  const section = {
    mode: 'secondary',
    cluster_id: 'c1',
    state: 'stream-wals',
    secondary_id: 'dr-west',
    last_remote_wal: '241',
    known_primary_cluster_addrs: null,
    last_reindex_epoch: '-62135596800',
    primaries: [
      { api_address: 'https://p:8200', clock_skew_ms: '-3', connection_status: 'connected' },
    ],
  };

  test('replication: both sections, numbers as text, null lists', async () => {
    replying(200, { request_id: 'r', data: { dr: section, performance: { mode: 'disabled' } } });
    const { dr, performance } = await readReplication(node);
    expect(dr).toMatchObject({
      mode: 'secondary',
      secondaryId: 'dr-west',
      lastRemoteWal: 241,
      knownPrimaryClusterAddrs: [],
      primaries: [{ clockSkewMs: -3, connectionStatus: 'connected' }],
    });
    expect(performance.mode).toBe('disabled');
  });

  test('replication: a community server says "disabled" once, for both', async () => {
    replying(200, { data: { mode: 'disabled' } });
    const { dr, performance } = await readReplication(node);
    expect([dr.mode, performance.mode]).toEqual(['disabled', 'disabled']);
  });

  test('dr/status is the section itself; a community server has none', async () => {
    replying(200, { data: section });
    expect((await readDrStatus(node)).state).toBe('stream-wals');
    replying(404, { errors: ['enterprise-only feature'] });
    const failure = await failureOf(readDrStatus(node));
    expect(failure.problem.code).toBe('vault.endpoint-missing');
    expect(failure.status).toBe(404);
  });
});

describe('attempt', () => {
  const flat = {
    nonce,
    started: true,
    progress: 0,
    required: 3,
    complete: false,
    encoded_token: '',
    encoded_root_token: '',
    pgp_fingerprint: '',
    otp: '',
    otp_length: 28,
  };

  test.each([
    ['flat', (body: unknown) => body],
    ['inside data', (body: unknown) => ({ request_id: 'r', data: body, warnings: null })],
  ])('status and start, %s', async (_, wrap) => {
    replying(200, wrap({ ...flat, nonce: '', started: false, required: 3 }));
    expect(await readAttempt(node, 'dr-operation-token')).toEqual({
      started: false,
      nonce: undefined,
      progress: 0,
      required: 3,
      complete: false,
      otpLength: 28,
    });
    expect(last()).toMatchObject({ method: 'GET', url: `${base}/attempt`, body: '' });

    replying(200, wrap({ ...flat, otp: '0123456789ABCDEFGHIJKLMNOPQR' }));
    const started = await startAttempt(node, 'dr-operation-token', {}, vaultToken);
    expect(started.nonce).toBe(nonce);
    expect(started.otp?.expose()).toBe('0123456789ABCDEFGHIJKLMNOPQR');
    expect(last()).toMatchObject({ method: 'PUT', url: `${base}/attempt`, body: '{}' });
    expect(last().headers['x-vault-token']).toBe(vaultToken.expose());
    expect(last().headers['x-vault-namespace']).toBeUndefined();
  });

  test('PGP mode sends the key and gets no OTP', async () => {
    replying(200, { ...flat, pgp_fingerprint: 'abcd', otp_length: 0 });
    const started = await startAttempt(node, 'root-token', { pgpKey: 'mQENBF' });
    expect(started).toMatchObject({ otp: undefined, pgpFingerprint: 'abcd', otpLength: 0 });
    expect(last()).toMatchObject({
      url: '/v1/sys/generate-root/attempt',
      body: '{"pgp_key":"mQENBF"}',
    });
  });

  test('a share leaves in that one body, trimmed, and nowhere else', async () => {
    const before = server.seen.length;
    replying(200, { ...flat, progress: 1, otp_length: 0 });
    const padded = Secret.of('share', ` ${share.expose()}\r\n`);
    const given = await giveShare(node, 'dr-operation-token', { nonce, share: padded });
    expect(given).toMatchObject({ progress: 1, complete: false, encodedToken: undefined });
    expect(server.seen.length).toBe(before + 1);
    expect(JSON.parse(last().body)).toEqual({ key: share.expose(), nonce });
    expect(last().url).toBe(`${base}/update`);
    expect(JSON.stringify(last().headers)).not.toContain(share.expose());
  });

  test.each([
    ['encoded_token', { encoded_token: 'WEdBHVVX', encoded_root_token: '' }],
    ['encoded_root_token', { encoded_root_token: 'WEdBHVVX' }],
  ])('the last share brings the encoded token in %s', async (_, fields) => {
    replying(200, { ...flat, progress: 3, complete: true, ...fields });
    const given = await giveShare(node, 'root-token', { nonce, share });
    expect(given.complete).toBe(true);
    expect(given.encodedToken?.expose()).toBe('WEdBHVVX');
  });

  test('the encoded token is kept even when the rest of that reply is broken', async () => {
    replying(200, { started: 'yes', progress: -1, encoded_token: 'WEdBHVVX', nonce: 7 });
    const given = await giveShare(node, 'dr-operation-token', { nonce, share });
    expect(given.encodedToken?.expose()).toBe('WEdBHVVX');
    expect(given.complete).toBe(true);
  });

  test('cancel: 204 and no body', async () => {
    answer = (_, response) => response.writeHead(204).end();
    await cancelAttempt(node, 'dr-operation-token');
    expect(last()).toMatchObject({ method: 'DELETE', url: `${base}/attempt`, body: '' });
  });

  test('an outcome is "answered" when Vault refuses a share, and nothing is sent twice', async () => {
    const before = server.seen.length;
    replying(400, { errors: ['root generation aborted: unable to authenticate: invalid key'] });
    const failure = await failureOf(giveShare(node, 'dr-operation-token', { nonce, share }));
    expect(failure.problem.code).toBe('vault.shares-do-not-combine');
    expect(failure.delivery).toBe('answered');
    expect(server.seen.length).toBe(before + 1);
  });

  test('a wrong nonce tells the real one', async () => {
    const other = '11111111-2222-3333-4444-555555555555';
    replying(400, {
      errors: [`incorrect nonce supplied; nonce for this root generation operation is "${other}"`],
    });
    const failure = await failureOf(giveShare(node, 'dr-operation-token', { nonce, share }));
    expect(failure.problem.code).toBe('vault.wrong-nonce');
    expect(failure.problem.facts?.['nonce']).toBe(other);
  });

  test.each([
    ['an empty token', ''],
    ['a token with a line break inside', 'hvs.abc\ndef'],
    ['a token of letters no header carries', 'hvs.åäö'],
  ])('%s is refused before anything is sent', async (_, text) => {
    const before = server.connections();
    const failure = await failureOf(
      readAttempt(node, 'dr-operation-token', Secret.of('vault-token', text)),
    );
    expect(failure.problem.code).toBe('input.invalid');
    expect(failure.delivery).toBe('not-sent');
    expect(server.connections()).toBe(before);
  });

  test('a megabyte in place of a share is refused before it is written', async () => {
    const before = server.seen.length;
    const failure = await failureOf(
      giveShare(node, 'dr-operation-token', {
        nonce,
        share: Secret.of('share', 'a'.repeat(1024 * 1024)),
      }),
    );
    expect(failure.problem.code).toBe('input.too-large');
    expect(failure.delivery).toBe('not-sent');
    expect(server.seen.length).toBe(before);
  });
});

describe('promote', () => {
  const path = '/v1/sys/replication/dr/secondary/promote';

  test('sends the token in the body, no header, and gives the warnings back', async () => {
    const warning = 'This cluster is being promoted to a replication primary.';
    replying(200, { request_id: 'r', data: null, warnings: [warning] });
    expect(await promote(node, { token: operationToken })).toEqual({ warnings: [warning] });
    expect(last()).toMatchObject({ method: 'POST', url: path });
    expect(JSON.parse(last().body)).toEqual({ dr_operation_token: operationToken.expose() });
    expect(last().headers['x-vault-token']).toBeUndefined();
  });

  test('force and address only when asked for', async () => {
    replying(200, { warnings: null });
    await promote(node, {
      token: operationToken,
      primaryClusterAddr: 'https://b:8201',
      force: true,
    });
    expect(JSON.parse(last().body)).toEqual({
      dr_operation_token: operationToken.expose(),
      primary_cluster_addr: 'https://b:8201',
      force: true,
    });
  });

  test('503 is "catching up" unless it says sealed, and is never sent again', async () => {
    const before = server.seen.length;
    replying(503, { errors: ['replication is still catching up; retry later or use force'] });
    const catchingUp = await failureOf(promote(node, { token: operationToken }));
    expect(catchingUp.problem.code).toBe('vault.catching-up');
    expect(catchingUp.errors).toEqual([
      'replication is still catching up; retry later or use force',
    ]);
    expect(catchingUp.problem.facts?.['serverText']).toContain('still catching up');
    replying(503, { errors: ['Vault is sealed'] });
    expect((await failureOf(promote(node, { token: operationToken }))).problem.code).toBe(
      'vault.sealed',
    );
    expect(server.seen.length).toBe(before + 2);
  });

  test('delete: 204 and 200 are both success', async () => {
    answer = (_, response) => response.writeHead(204).end();
    await deleteOperationToken(node, operationToken);
    replying(200, { data: null });
    await deleteOperationToken(node, operationToken);
    expect(last().url).toBe('/v1/sys/replication/dr/secondary/operation-token/delete');
    expect(last().headers['x-vault-token']).toBeUndefined();
  });

  test('delete: the operator’s Vault token goes in the header, the other in the body', async () => {
    replying(204, undefined);
    await deleteOperationToken(node, operationToken, vaultToken);
    expect(last().headers['x-vault-token']).toBe(vaultToken.expose());
    expect(JSON.parse(last().body)).toEqual({ dr_operation_token: operationToken.expose() });
  });
});

describe('token', () => {
  const facts = { type: 'batch', policies: ['dr'], ttl: 3600, orphan: true, renewable: false };

  test('a person’s token goes with the profile’s namespace', async () => {
    replying(200, { renewable: false, data: { ...facts, id: vaultToken.expose() } });
    const found = await lookupSelf(node, vaultToken);
    expect(found).toMatchObject({ type: 'batch', ttlSeconds: 3600, orphan: true });
    expect(JSON.stringify(found)).not.toContain(vaultToken.expose());
    expect(last().headers['x-vault-namespace']).toBe('team/a');
  });

  test('a DR operation token does not', async () => {
    answer = (_, response) => response.writeHead(204).end();
    await revokeSelf(node, operationToken);
    expect(last()).toMatchObject({ method: 'POST', url: '/v1/auth/token/revoke-self' });
    expect(last().headers['x-vault-token']).toBe(operationToken.expose());
    expect(last().headers['x-vault-namespace']).toBeUndefined();
  });
});

test('every text in errors is kept', async () => {
  replying(400, { errors: ['1 error occurred:\n\t* no root generation in progress', 'second'] });
  const failure = await failureOf(readAttempt(node, 'root-token'));
  expect(failure.problem.code).toBe('vault.no-attempt');
  expect(failure.errors).toEqual(['1 error occurred: * no root generation in progress', 'second']);
});

test('the peer and its clock are remembered', async () => {
  replying(299, { initialized: true, sealed: false });
  await readHealth(node);
  const peer = node.lastPeer();
  expect(peer?.subject).toBe('CN=Test node');
  expect(peer?.issuer).toBe('CN=Test CA');
  expect(peer?.rootFingerprint).not.toBe(peer?.leafFingerprint);
  expect(node.lastServerDate()).toBeInstanceOf(Date);
});

import fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import {
  cancelAttempt,
  giveShare,
  readAttempt,
  startAttempt,
} from '../../electron/vault/attempt.ts';
import {
  capabilitiesOf,
  issueByRole,
  lookUpBatch,
  readRaftWith,
} from '../../electron/vault/batch-token.ts';
import { Connection, type VaultNode } from '../../electron/vault/connection.ts';
import { probeDoor } from '../../electron/vault/door.ts';
import { demote, secondaryToken } from '../../electron/vault/dr-primary.ts';
import { deleteOperationToken, promote, updatePrimary } from '../../electron/vault/dr-secondary.ts';
import { followAddresses } from '../../electron/vault/performance-secondary.ts';
import {
  readPolicy,
  readTokenRole,
  writePolicy,
  writeTokenRole,
} from '../../electron/vault/policies.ts';
import { downloadSnapshot } from '../../electron/vault/snapshot.ts';
import {
  readDrStatus,
  readHealth,
  readLeader,
  readReplication,
  readSealStatus,
} from '../../electron/vault/sys-status.ts';
import { lookupSelf, revokeSelf } from '../../electron/vault/token.ts';
import { giveUnsealShare, resetUnseal } from '../../electron/vault/unseal.ts';
import { nonceSchema } from '../../shared/ids.ts';
import { Secret } from '../../shared/secret.ts';
import { listen, type Listening } from '../fakes/https.ts';
import { TestAuthority } from '../fakes/tls.ts';
import { anyJson, anyText, changedJson, fuzz, taken } from './fuzz.ts';

/* Whatever a server answers to whatever it is asked, over real TLS: a value or a Trouble. */

const nonce = nonceSchema.parse('2dbd10f1-8528-6246-09e7-82b25b8aba63');
const share = Secret.of(
  'share',
  '9f3c7a1e5b8d2046f1a3c5e7092b4d6f8a1c3e50729b4d6f8091a2b3c4d5e6f701',
);
const vaultToken = Secret.of('vault-token', 'hvs.S2V5dHVybkhvc3RpbGVUZXN0');
const batch = Secret.of('batch-token', 'hvb.AAAAAQJKhostileBatchTokenForTests');
const operation = Secret.of('dr-operation-token', 'hvs.b3BlcmF0aW9uVG9rZW5Gb3JUZXN0');
const activation = Secret.of('activation-token', 'eyJhbGciOiJFUzUxMiJ9.activation');
const secrets = [share, vaultToken, batch, operation, activation];
const family = 'dr-operation-token';

const calls: Readonly<Record<string, (node: VaultNode) => Promise<unknown>>> = {
  readAttempt: (node) => readAttempt(node, family, vaultToken),
  startAttempt: (node) => startAttempt(node, family, {}, vaultToken),
  giveShare: (node) => giveShare(node, family, { nonce, share }, vaultToken),
  cancelAttempt: (node) => cancelAttempt(node, family, vaultToken),
  issueByRole: (node) => issueByRole(node, { token: vaultToken, role: 'keyturn', ttlSeconds: 60 }),
  lookUpBatch: (node) => lookUpBatch(node, batch),
  capabilitiesOf: (node) => capabilitiesOf(node, batch, 'sys/health'),
  readRaftWith: (node) => readRaftWith(node, batch),
  probeDoor,
  demote: (node) => demote(node, vaultToken),
  secondaryToken: (node) => secondaryToken(node, vaultToken, 'dr'),
  promote: (node) => promote(node, { token: operation }),
  deleteOperationToken: (node) => deleteOperationToken(node, operation),
  updatePrimary: (node) => updatePrimary(node, { operationToken: operation, activation }),
  followAddresses: (node) => followAddresses(node, vaultToken, ['https://a.example:8201']),
  readPolicy: (node) => readPolicy(node, vaultToken, 'keyturn'),
  writePolicy: (node) => writePolicy(node, vaultToken, 'keyturn', 'path "x" {}'),
  readTokenRole: (node) => readTokenRole(node, vaultToken, 'keyturn'),
  writeTokenRole: (node) => writeTokenRole(node, vaultToken, 'keyturn', { orphan: true }),
  readHealth,
  readSealStatus,
  readLeader,
  readReplication,
  readDrStatus,
  lookupSelf: (node) => lookupSelf(node, vaultToken),
  revokeSelf: (node) => revokeSelf(node, vaultToken),
  giveUnsealShare: (node) => giveUnsealShare(node, share),
  resetUnseal,
  downloadSnapshot: (node) => downloadSnapshot(node, vaultToken, () => Promise.resolve()),
};

const section = {
  mode: 'secondary',
  state: 'stream-wals',
  cluster_id: '4be1f3f8-4d1c-8ea5-a4b1-5e0c2f1f7f2f',
  secondary_id: 'practice-dr',
  known_primary_cluster_addrs: ['https://127.0.0.1:8201'],
  primary_cluster_addr: 'https://127.0.0.1:8201',
  last_remote_wal: 4213,
  merkle_root: 'ab12',
  primaries: [{ api_address: 'https://127.0.0.1:8200', connection_status: 'connected' }],
};
/** What Vault answers to each family of calls (docs/protocol.md); changed, and given to all of them. */
const real: readonly unknown[] = [
  { started: true, nonce, progress: 1, required: 3, complete: false, otp_length: 28, otp: '' },
  {
    nonce,
    progress: 3,
    required: 3,
    complete: true,
    encoded_token: 'CSMjTyMhJzxRcA1UMzlANTMKAyx9',
  },
  {
    started: true,
    nonce,
    progress: 0,
    required: 3,
    complete: false,
    otp: 'aUPaIiOe44xmJIqtGI7YMVbavpxH',
  },
  {
    auth: {
      client_token: batch.expose(),
      lease_duration: 60,
      token_policies: ['a'],
      policies: ['a'],
      token_type: 'batch',
      orphan: true,
    },
    warnings: null,
  },
  {
    data: {
      type: 'batch',
      orphan: true,
      policies: ['a'],
      ttl: 60,
      expire_time: '2026-11-23T03:15:00Z',
    },
  },
  { data: { 'sys/health': ['read'], capabilities: ['read'] } },
  { wrap_info: { token: activation.expose(), ttl: 1800 } },
  { warnings: ['This cluster is being promoted.'] },
  { data: { name: 'keyturn', policy: 'path "x" {\n}\n' } },
  {
    data: {
      allowed_policies: ['a'],
      orphan: true,
      token_type: 'batch',
      token_explicit_max_ttl: '3600',
    },
  },
  {
    initialized: true,
    sealed: false,
    standby: true,
    replication_dr_mode: 'secondary',
    server_time_utc: 1,
    version: '1.21.4+ent',
    cluster_id: 'x',
    license: { state: 'autoloaded', expiry_time: '2027-12-31T00:00:00Z' },
  },
  {
    type: 'shamir',
    initialized: true,
    sealed: true,
    t: 3,
    n: 5,
    progress: 1,
    nonce: '',
    version: '1.21.4',
    recovery_seal: false,
    storage_type: 'raft',
  },
  {
    ha_enabled: true,
    is_self: true,
    leader_address: 'https://127.0.0.1:8200',
    raft_applied_index: 7,
  },
  { data: { dr: section, performance: { mode: 'disabled' } } },
  { data: section },
  { errors: ['permission denied'] },
  { errors: ['error performing promotion', `token ${operation.expose()} was not taken`] },
];

const status = fc.constantFrom(
  200,
  200,
  200,
  200,
  204,
  400,
  403,
  404,
  412,
  429,
  472,
  500,
  503,
  301,
  307,
  206,
  299,
  418,
  599,
);
const body: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 6, arbitrary: changedJson(...real).map(asBytes) },
  { weight: 2, arbitrary: anyJson.map(asBytes) },
  { weight: 1, arbitrary: anyText.map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: fc.uint8Array().map((bytes) => Buffer.from(bytes)) },
);
const header = fc.constantFrom<Readonly<Record<string, string>>>(
  {},
  { 'content-type': 'text/html' },
  { 'content-encoding': 'gzip' },
  { location: 'https://elsewhere.invalid/v1/sys/health' },
  { location: '//[::1' },
  { date: 'not a date' },
  { date: 'Mon, 01 Jan 1601 00:00:00 GMT' },
  { 'content-length': '3' },
  { trailer: 'x', 'x-vault-token': 'hvs.other' },
);

let server: Listening;
let node: VaultNode;
let answer: {
  readonly status: number;
  readonly body: Buffer;
  readonly header: Readonly<Record<string, string>>;
};
beforeAll(async () => {
  const authority = await TestAuthority.create();
  server = await listen(await authority.issue(), (_, response) => {
    response.on('error', () => undefined);
    try {
      response.writeHead(answer.status, answer.header);
      response.end(answer.body);
    } catch {
      response.destroy();
    }
  });
  const profile = { nodes: [server.address], primaryNodes: [], tls: { caPem: authority.caPem } };
  node = (await Connection.open(profile, { timeoutMs: 20_000 })).node(server.address);
});
afterAll(() => server.close());

fuzz(
  `replies to each of ${Object.keys(calls).length} calls`,
  300,
  fc.tuple(fc.constantFrom(...Object.keys(calls)), fc.record({ status, body, header })),
  async ([name, reply]) => {
    answer = reply;
    const value = await taken(() => calls[name]?.(node));
    const said = value === undefined ? '' : JSON.stringify(value);
    for (const secret of secrets)
      if (name !== 'readPolicy') expect(said).not.toContain(secret.expose());
    // What people and records are shown has no character that steers a terminal or turns a line round.
    for (const text of textsIn(value))
      if (name !== 'readPolicy') expect(text).not.toMatch(steering);
  },
);

const steering = new RegExp('[\\u0000-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069]');

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Secret || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [key, ...textsIn(member)]);
}

function asBytes(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

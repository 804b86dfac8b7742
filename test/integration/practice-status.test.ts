import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PracticeSite } from '../../electron/practice/site.ts';
import {
  ask,
  attempt,
  dataOf,
  drOperationToken,
  fields,
  promoted,
  share,
  type Answer,
} from './practice-client.ts';

let site: PracticeSite;
const health = (query = '', node = site.nodes[0], method = 'GET'): Promise<Answer> =>
  ask(site, { path: `sys/health${query}`, method, ...(node === undefined ? {} : { node }) });

describe('sys/health (§3.1)', () => {
  beforeEach(async () => {
    site = await PracticeSite.start({ outageMs: 1_000 });
  });
  afterEach(async () => site.stop());

  it('gives 472 on every node of a DR secondary and 200 on the primary', async () => {
    for (const node of site.nodes) expect((await health('', node)).status).toBe(472);
    const primary = await health('', site.primary);
    expect(primary.status).toBe(200);
    expect(primary.json).toMatchObject({ standby: false, replication_dr_mode: 'primary' });
  });

  it('has the fields of the protocol, with a cluster id of its own', async () => {
    const { json } = await health();
    expect(json).toMatchObject({
      initialized: true,
      sealed: false,
      standby: false,
      performance_standby: false,
      replication_performance_mode: 'disabled',
      replication_dr_mode: 'secondary',
      version: '1.21.4+ent',
      enterprise: true,
      license: { state: 'autoloaded', terminated: false },
    });
    expect(json['cluster_id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(json['cluster_id']).not.toBe(site.clusterId);
    expect((await health('', site.nodes[1])).json['standby']).toBe(true);
  });

  it('gives 503 while sealed, without cluster name and id', async () => {
    site.faults.seal();
    const answer = await health();
    expect(answer.status).toBe(503);
    expect(answer.json).toMatchObject({ sealed: true, replication_dr_mode: 'unknown' });
    expect(answer.json).not.toHaveProperty('cluster_id');
    expect(answer.json).not.toHaveProperty('cluster_name');
  });

  it('gives 501 while uninitialised, before it looks at anything else', async () => {
    site.faults.seal();
    site.faults.uninitialised();
    expect((await health()).status).toBe(501);
  });

  it('gives 429 on the standbys of a promoted cluster, 200 with standbyok', async () => {
    await promoted(site, await drOperationToken(site));
    expect((await health()).status).toBe(200);
    expect((await health('', site.nodes[1])).status).toBe(429);
    expect((await health('?standbyok=true', site.nodes[1])).status).toBe(200);
    expect((await health('?standbycode=299', site.nodes[1])).status).toBe(299);
  });

  it.each([
    ['drsecondarycode', () => undefined],
    ['sealedcode', () => site.faults.seal()],
    ['uninitcode', () => site.faults.uninitialised()],
  ])('takes %s in place of the default', async (parameter, arrange) => {
    arrange();
    const answer = await health(`?${parameter}=299`);
    expect(answer.status).toBe(299);
    expect(answer.json).toHaveProperty('initialized');
  });

  it('takes activecode, and leaves other parameters to other states', async () => {
    expect((await health('?activecode=299', site.primary)).status).toBe(299);
    expect((await health('?sealedcode=299&standbycode=298')).status).toBe(472);
    const all =
      '?activecode=200&standbycode=299&drsecondarycode=299&performancestandbycode=299' +
      '&haunhealthycode=299&uninitcode=299&sealedcode=299&removedcode=299';
    expect((await health(all)).status).toBe(299);
  });

  it.each(['drsecondarycode=x', 'sealedcode=', 'activecode=2e2', 'standbyok=perhaps'])(
    'gives 400 for %s',
    async (query) => {
      expect(await health(`?${query}`)).toMatchObject({ status: 400, json: { errors: [] } });
    },
  );

  it('answers HEAD without a body, and nothing but GET and HEAD', async () => {
    expect(await health('', site.nodes[0], 'HEAD')).toMatchObject({ status: 472, text: '' });
    expect((await health('', site.nodes[0], 'PUT')).status).toBe(405);
  });

  it('shows the clock of the server in the body and in Date', async () => {
    site.faults.serverClock(-3_600_000);
    const before = Math.floor(Date.now() / 1000) - 3_600;
    const answer = await health();
    const after = Math.ceil(Date.now() / 1000) - 3_600;
    const shown = Number(answer.json['server_time_utc']);
    const dated = Date.parse(String(answer.headers['date'])) / 1000;
    for (const time of [shown, dated]) {
      expect(time).toBeGreaterThanOrEqual(before);
      expect(time).toBeLessThanOrEqual(after);
    }
  });
});

describe('the other statuses (§3.2 to §3.6)', () => {
  beforeAll(async () => {
    site = await PracticeSite.start({ shares: 6, threshold: 4 });
  });
  afterAll(async () => site.stop());
  afterEach(async () => site.faults.reset());

  it('seal-status describes the seal and is about unsealing only', async () => {
    const started = await ask(site, { path: attempt, body: {} });
    const nonce = started.json['nonce'];
    const path = attempt.replace(/attempt$/, 'update');
    await ask(site, { path, body: { key: share(site, 0), nonce } });
    const { json } = await ask(site, { path: 'sys/seal-status' });
    expect(json).toMatchObject({
      type: 'shamir',
      initialized: true,
      sealed: false,
      t: 4,
      n: 6,
      progress: 0,
      nonce: '',
      recovery_seal: false,
      storage_type: 'raft',
    });
  });

  it('leader is told by each node', async () => {
    const asked = site.nodes.map((node) => ask(site, { path: 'sys/leader', node }));
    const told = await Promise.all(asked);
    expect(told.map(({ json }) => json['is_self'])).toEqual([true, false, false]);
    for (const { json } of told) expect(json['leader_address']).toBe(site.nodes[0]);
    site.faults.changeLeader();
    const { json } = await ask(site, { path: 'sys/leader' });
    expect(json).toMatchObject({ is_self: false, leader_address: site.nodes[1] });
    site.faults.bringBackLeader();
  });

  it('leader is 503 on a sealed node, and another node leads', async () => {
    const [first, second] = site.nodes;
    if (first === undefined || second === undefined) throw new Error('three nodes expected');
    site.faults.seal(first);
    expect(await ask(site, { path: 'sys/leader' })).toMatchObject({
      status: 503,
      json: { errors: ['Vault is sealed'] },
    });
    const { json } = await ask(site, { path: 'sys/leader', node: second });
    expect(json['is_self']).toBe(true);
  });

  it('dr/status tells primary from secondary, with one cluster id', async () => {
    const secondary = dataOf(await ask(site, { path: 'sys/replication/dr/status' }));
    expect(secondary).toMatchObject({
      mode: 'secondary',
      state: 'stream-wals',
      connection_state: 'ready',
      cluster_id: site.clusterId,
      secondary_id: site.secondaryId,
      corrupted_merkle_tree: false,
      last_reindex_epoch: '-62135596800',
    });
    const primary = dataOf(
      await ask(site, { path: 'sys/replication/dr/status', node: site.primary }),
    );
    expect(primary).toMatchObject({
      mode: 'primary',
      state: 'running',
      cluster_id: site.clusterId,
      known_secondaries: [site.secondaryId],
    });
    expect(primary).not.toHaveProperty('secondary_id');
    expect(primary['merkle_root']).toBe(secondary['merkle_root']);
    expect(secondary['last_remote_wal']).toBe(primary['last_dr_wal']);
  });

  it('replication/status holds the same section under dr', async () => {
    const data = dataOf(await ask(site, { path: 'sys/replication/status' }));
    expect(fields(data['dr'])).toMatchObject({ mode: 'secondary', cluster_id: site.clusterId });
    expect(data['performance']).toEqual({ mode: 'disabled' });
  });

  it('shows lag as state, WAL and merkle root', async () => {
    site.faults.lag('merkle-sync', 512);
    const behind = dataOf(await ask(site, { path: 'sys/replication/dr/status' }));
    const ahead = dataOf(
      await ask(site, { path: 'sys/replication/dr/status', node: site.primary }),
    );
    expect(behind['state']).toBe('merkle-sync');
    expect(Number(ahead['last_dr_wal']) - Number(behind['last_remote_wal'])).toBe(512);
    expect(behind['merkle_root']).not.toBe(ahead['merkle_root']);
  });

  it('shows a primary that is gone as a lost connection', async () => {
    await site.faults.primaryDown();
    const data = dataOf(await ask(site, { path: 'sys/replication/dr/status' }));
    expect(data).toMatchObject({ mode: 'secondary', connection_state: 'transient_failure' });
    const [primary] = Array.isArray(data['primaries']) ? data['primaries'] : [];
    expect(fields(primary)).toMatchObject({ connection_status: 'disconnected' });
  });

  it('answers a token’s question on the primary, and no other path', async () => {
    const headers = { 'X-Vault-Token': site.rootToken.expose() };
    const node = site.primary;
    const self = await ask(site, { path: 'auth/token/lookup-self', node, headers });
    expect(dataOf(self)).toMatchObject({ type: 'service', orphan: true, policies: ['root'] });
    const wrong = await ask(site, { path: 'auth/token/lookup-self', node });
    expect(wrong.status).toBe(403);
    expect(wrong.text).toContain('permission denied');
    const other = await ask(site, { path: 'secret/data/x', node, headers });
    expect(other).toMatchObject({ status: 404 });
    expect((await ask(site, { path: 'secret/data/x', node })).status).toBe(403);
  });

  it('unseals node by node with the primary’s shares', async () => {
    const [node] = site.nodes;
    if (node === undefined) throw new Error('three nodes expected');
    site.faults.seal(node);
    const give = (key: string): Promise<Answer> => ask(site, { path: 'sys/unseal', body: { key } });
    for (const at of [0, 1, 2]) {
      expect((await give(share(site, at))).json).toMatchObject({ sealed: true, progress: at + 1 });
    }
    expect((await give(site.foreignShare().expose())).status).toBe(400);
    for (const at of [0, 1, 2]) await give(share(site, at));
    expect((await give(share(site, 3))).json).toMatchObject({ sealed: false, progress: 0 });
  });
});

it('names the recovery seal of an auto-unsealed primary', async () => {
  site = await PracticeSite.start({ seal: 'auto-unseal' });
  const { json } = await ask(site, { path: 'sys/seal-status' });
  await site.stop();
  expect(json).toMatchObject({ type: 'awskms', recovery_seal: true, t: 3, n: 5 });
});

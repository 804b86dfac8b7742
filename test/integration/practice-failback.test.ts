import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { PracticeSite, type PracticeOptions } from '../../electron/practice/site.ts';
import type { NodeAddress } from '../../shared/ids.ts';
import {
  as,
  ask,
  asRoot,
  dataOf,
  dr,
  drOperationToken,
  drOperationTokenOn,
  drPolicy,
  fields,
  promoted,
  textOf,
  until,
  writePolicy,
  type Answer,
} from './practice-client.ts';

let site: PracticeSite;
afterEach(async () => site.stop());

const begin = async (options: PracticeOptions = {}): Promise<void> => {
  site = await PracticeSite.start({ outageMs: 1_000, ...options });
};
const first = (): NodeAddress => site.nodes[0] ?? site.primary;
const drOf = async (node: NodeAddress): Promise<Readonly<Record<string, unknown>>> =>
  dataOf(await ask(site, { path: 'sys/replication/dr/status', node }));
const primaryBase = 'sys/replication/dr/primary';

/** The primary is demoted, and waited for. */
async function demoted(node: NodeAddress): Promise<Answer> {
  const reply = await asRoot(site, {
    path: `${primaryBase}/demote`,
    method: 'POST',
    body: {},
    node,
  });
  await until(
    () => ask(site, { path: 'sys/health', node }),
    ({ status, json }) => status === 472 && json['replication_dr_mode'] === 'secondary',
  );
  return reply;
}

const activation = async (node: NodeAddress, id: string): Promise<string> => {
  const path = `${primaryBase}/secondary-token`;
  const answer = await asRoot(site, { path, body: { id }, node });
  return textOf(fields(answer.json['wrap_info'])['token']);
};
const updatePrimary = (node: NodeAddress, token: string, more: object): Promise<Answer> =>
  ask(site, {
    path: `${dr}/update-primary`,
    node,
    body: { dr_operation_token: token, ...more },
  });
const streams = (node: NodeAddress): Promise<Answer> =>
  until(
    () => ask(site, { path: 'sys/replication/dr/status', node }),
    (answer) => dataOf(answer)['state'] === 'stream-wals',
  );

describe('a planned failover and the way back', () => {
  it('goes all the way: demote, promote, attach, and the same in reverse', async () => {
    await begin();
    await writePolicy(site, 'kept', drPolicy);
    const reply = await demoted(site.primary);
    expect(reply.status).toBe(200);
    expect(reply.text).toContain('This cluster is being demoted to a replication secondary.');
    expect(await drOf(site.primary)).toMatchObject({ mode: 'secondary', state: 'idle' });
    expect((await asRoot(site, { path: 'sys/policies/acl/kept' })).text).toContain('path disabled');

    await promoted(site, await drOperationToken(site));
    const there = first();
    // Written after the failover: the old primary has to take it over.
    await as(site, site.rootToken.expose(), {
      path: 'sys/policies/acl/new',
      body: { policy: drPolicy },
      node: there,
    });
    const token = await drOperationTokenOn(site, site.primary);
    const attach = await activation(there, 'old-primary');
    expect((await updatePrimary(site.primary, token, { token: attach })).status).toBe(200);
    const seen = new Set<unknown>();
    await until(
      async () => {
        const answer = await ask(site, {
          path: 'sys/replication/dr/status',
          node: site.primary,
        });
        seen.add(dataOf(answer)['state']);
        return answer;
      },
      (answer) => dataOf(answer)['state'] === 'stream-wals',
    );
    // A busy machine may miss a stage, but never see one out of turn.
    const stages = ['connecting', 'merkle-sync', 'stream-wals'];
    expect([...seen]).toEqual(stages.filter((stage) => seen.has(stage)));
    expect(await drOf(site.primary)).toMatchObject({
      secondary_id: 'old-primary',
      connection_state: 'ready',
      last_remote_wal: (await drOf(there))['last_dr_wal'],
      merkle_root: (await drOf(there))['merkle_root'],
    });
    const [known] = [(await drOf(there))['secondaries']].flat();
    expect(fields(known)).toMatchObject({
      node_id: 'old-primary',
      connection_status: 'connected',
    });

    await demoted(there);
    const back = await drOperationTokenOn(site, site.primary);
    await ask(site, {
      path: `${dr}/promote`,
      node: site.primary,
      body: { dr_operation_token: back },
    });
    await until(
      () => ask(site, { path: 'sys/health', node: site.primary }),
      ({ status, json }) => status === 200 && json['replication_dr_mode'] === 'primary',
    );
    expect((await asRoot(site, { path: 'sys/policies/acl/new' })).status).toBe(200);
    const again = await drOperationTokenOn(site, there);
    await updatePrimary(there, again, { token: await activation(site.primary, 'dr-again') });
    await streams(there);
  });

  it('begins with a primary that comes back and still believes that it is one', async () => {
    await begin();
    await site.faults.primaryDown();
    await promoted(site, await drOperationToken(site));
    await site.faults.primaryUp();
    expect((await drOf(site.primary))['mode']).toBe('primary');
    await writePolicy(site, 'only-here', drPolicy);
    await demoted(site.primary);
    const token = await drOperationTokenOn(site, site.primary);
    const attach = await activation(first(), 'old-primary');
    await updatePrimary(site.primary, token, { token: attach });
    await streams(site.primary);
    // What only it had written is gone.
    expect((await drOf(site.primary))['merkle_root']).toBe((await drOf(first()))['merkle_root']);
  });
});

describe('update-primary', () => {
  const demotedToken = async (): Promise<string> => {
    await demoted(site.primary);
    await promoted(site, await drOperationToken(site));
    return drOperationTokenOn(site, site.primary);
  };

  it('takes a token or addresses, and for a demoted cluster a token only', async () => {
    await begin();
    const token = await demotedToken();
    const addresses = { update_primary_addrs: [hostOf(first())] };
    const attach = await activation(first(), 'one');
    const both = await updatePrimary(site.primary, token, { token: attach, ...addresses });
    expect(both.status).toBe(400);
    expect((await updatePrimary(site.primary, token, addresses)).text).toContain('use token');
    expect((await updatePrimary(site.primary, token, { token: attach })).status).toBe(200);
    // An activation token is good once.
    expect((await updatePrimary(site.primary, token, { token: attach })).status).toBe(400);
    await streams(site.primary);
    expect((await updatePrimary(site.primary, token, { token: '' })).status).toBe(200);
    expect((await drOf(site.primary))['state']).toBe('idle');
  });

  it('refuses an activation token that is too old, and a wrong DR operation token', async () => {
    await begin();
    const token = await demotedToken();
    const attach = await activation(first(), 'one');
    expect((await updatePrimary(site.primary, 'hvs.wrong', { token: attach })).status).toBe(403);
    site.faults.serverClock(31 * 60_000);
    expect((await updatePrimary(site.primary, token, { token: attach })).status).toBe(400);
  });

  it('never connects a secondary that is older than its primary', async () => {
    await begin({ version: '1.21.4', primaryVersion: '1.19.2' });
    const token = await demotedToken();
    const attach = await activation(first(), 'older');
    expect((await updatePrimary(site.primary, token, { token: attach })).status).toBe(200);
    expect(await drOf(site.primary)).toMatchObject({ connection_state: 'transient_failure' });
    const health = await ask(site, { path: 'sys/health', node: site.primary });
    expect(health.json['version']).toBe('1.19.2+ent');
  });
});

describe('on the primary', () => {
  it('a secondary token asks for sudo, and an id that is not known yet', async () => {
    await begin();
    const path = `${primaryBase}/secondary-token`;
    await writePolicy(site, 'p', `path "${path}" { capabilities = ["update"] }`);
    const made = await asRoot(site, {
      path: 'auth/token/create',
      body: { policies: ['p'] },
    });
    const token = textOf(fields(made.json['auth'])['client_token']);
    expect((await as(site, token, { path, body: { id: 'x' } })).status).toBe(403);
    expect((await asRoot(site, { path, body: { id: site.secondaryId } })).status).toBe(400);
    const given = await asRoot(site, { path, body: { id: 'x', ttl: '5m' } });
    expect(fields(given.json['wrap_info'])).toMatchObject({ ttl: 300, creation_path: path });
    expect((await drOf(site.primary))['known_secondaries']).toEqual([site.secondaryId, 'x']);
  });

  it('a revoked secondary is no longer fed', async () => {
    await begin();
    const path = `${primaryBase}/revoke-secondary`;
    expect((await asRoot(site, { path, body: { id: site.secondaryId } })).status).toBe(204);
    expect((await drOf(first()))['connection_state']).toBe('transient_failure');
  });

  it('a raft snapshot is bytes, for who may read it', async () => {
    await begin();
    const path = 'sys/storage/raft/snapshot';
    const snapshot = await asRoot(site, { path });
    expect(snapshot.status).toBe(200);
    expect(snapshot.headers['content-type']).toBe('application/gzip');
    expect(gunzipSync(snapshot.bytes).toString()).toContain('vault-practice-primary');
    expect((await ask(site, { path, node: site.primary })).status).toBe(403);
  });
});

describe('a performance secondary', () => {
  const performanceOf = async (node: NodeAddress): Promise<Readonly<Record<string, unknown>>> =>
    fields(dataOf(await ask(site, { path: 'sys/replication/status', node }))['performance']);

  it('follows the primary, and is moved to the promoted one', async () => {
    await begin({ performanceSecondary: true });
    const node = site.performance?.node ?? site.primary;
    const token = site.performance?.rootToken.expose() ?? '';
    expect(await performanceOf(node)).toMatchObject({ mode: 'secondary', state: 'stream-wals' });
    expect(await performanceOf(site.primary)).toMatchObject({
      mode: 'primary',
      known_secondaries: ['practice-performance'],
    });
    const health = await ask(site, { path: 'sys/health', node });
    expect(health).toMatchObject({ status: 200 });
    expect(health.json).toMatchObject({
      replication_performance_mode: 'secondary',
      replication_dr_mode: 'disabled',
    });
    await site.faults.primaryDown();
    await promoted(site, await drOperationToken(site));
    expect((await performanceOf(node))['connection_state']).toBe('transient_failure');
    const body = { update_primary_addrs: [hostOf(first())] };
    const path = 'sys/replication/performance/secondary/update-primary';
    expect((await ask(site, { path, node, body })).status).toBe(403);
    expect((await as(site, token, { path, node, body })).status).toBe(200);
    await until(
      () => ask(site, { path: 'sys/replication/performance/status', node }),
      (answer) => dataOf(answer)['state'] === 'stream-wals',
    );
    expect((await performanceOf(first()))['known_secondaries']).toEqual(['practice-performance']);
  });
});

describe('lag, licence and clocks', () => {
  it('lag grows by writes and is caught up; a lost connection keeps it unknown', async () => {
    await begin();
    const behind = async (): Promise<number> =>
      Number((await drOf(site.primary))['last_dr_wal']) -
      Number((await drOf(first()))['last_remote_wal']);
    expect(await behind()).toBe(0);
    site.faults.primaryWrites(3);
    expect(await behind()).toBe(0);
    site.faults.lagGrows(250);
    site.faults.lagGrows(250);
    expect(await behind()).toBe(500);
    site.faults.catchUp();
    expect(await behind()).toBe(0);
    site.faults.connectionLost();
    site.faults.primaryWrites(7);
    expect(await behind()).toBe(7);
    expect((await drOf(first()))['connection_state']).toBe('transient_failure');
    const [known] = [(await drOf(site.primary))['secondaries']].flat();
    expect(fields(known)['connection_status']).toBe('disconnected');
    site.faults.connectionBack();
    expect(await behind()).toBe(0);
  });

  it('a licence that has ended is shown so', async () => {
    await begin();
    site.faults.licenceEndsIn(-1_000);
    const { json } = await ask(site, { path: 'sys/health' });
    expect(fields(json['license'])).toMatchObject({ terminated: true });
    expect(Date.parse(textOf(fields(json['license'])['expiry_time']))).toBeLessThan(Date.now());
  });

  it('one node’s clock is wrong, the others’ are not', async () => {
    await begin();
    site.faults.nodeClock(first(), 3_600_000);
    const times = await Promise.all(
      [first(), site.nodes[1] ?? site.primary].map(async (node) =>
        Number((await ask(site, { path: 'sys/health', node })).json['server_time_utc']),
      ),
    );
    expect(Math.round(((times[0] ?? 0) - (times[1] ?? 0)) / 3_600)).toBe(1);
    const [known] = [(await drOf(site.primary))['secondaries']].flat();
    expect(Number(fields(known)['clock_skew_ms'])).toBeGreaterThan(3_500_000);
  });
});

/** Where a node replicates: its port and one. */
const hostOf = (node: NodeAddress): string => `127.0.0.1:${Number(new URL(node).port) + 1}`;

import { afterEach, describe, expect, it } from 'vitest';
import { PracticeSite, type PracticeOptions } from '../../electron/practice/site.ts';
import {
  as,
  ask,
  asRoot,
  attempt,
  batchToken,
  dataOf,
  dr,
  drPolicy,
  fields,
  textOf,
  writePolicy,
  type Answer,
} from './practice-client.ts';

let site: PracticeSite;
afterEach(async () => site.stop());

const begin = async (options: PracticeOptions = {}): Promise<void> => {
  site = await PracticeSite.start({ outageMs: 1_000, ...options });
};
const promote = (token: string): Promise<Answer> =>
  ask(site, { path: `${dr}/promote`, body: { dr_operation_token: token } });
const create = (body: unknown, path = 'auth/token/create'): Promise<Answer> =>
  asRoot(site, { path, body });
const hours = 3_600_000;

/** Policy and role of the tutorial, and a token of them. */
async function handlerToken(ttl: string): Promise<string> {
  await writePolicy(site, 'dr-secondary-promotion', drPolicy);
  await asRoot(site, {
    path: 'auth/token/roles/failover-handler',
    body: {
      allowed_policies: ['dr-secondary-promotion'],
      orphan: true,
      renewable: false,
      token_type: 'batch',
    },
  });
  const made = await create({ ttl }, 'auth/token/create/failover-handler');
  return textOf(fields(made.json['auth'])['client_token']);
}

describe('policies on a live primary', () => {
  it('are written, read, listed and deleted', async () => {
    await begin();
    expect((await writePolicy(site, 'DR', drPolicy)).status).toBe(204);
    const read = await asRoot(site, { path: 'sys/policies/acl/dr' });
    expect(dataOf(read)).toEqual({ name: 'dr', policy: drPolicy });
    const listed = await asRoot(site, { path: 'sys/policies/acl?list=true' });
    expect(dataOf(listed)).toEqual({ keys: ['default', 'dr', 'root'] });
    expect((await asRoot(site, { path: 'sys/policies/acl/dr', method: 'DELETE' })).status).toBe(
      204,
    );
    const gone = await asRoot(site, { path: 'sys/policies/acl/dr' });
    expect(gone).toMatchObject({ status: 404, json: { errors: [] } });
  });

  it('are refused where Vault would not read them', async () => {
    await begin();
    for (const text of ['path "a" { capabilities = ["fly"] }', 'paths {}', 'path "a" {']) {
      const answer = await writePolicy(site, 'bad', text);
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('failed to parse policy');
    }
    expect((await writePolicy(site, 'root', drPolicy)).text).toContain('cannot update');
  });

  it.each([
    ['secret/a', 'path "secret/a" { capabilities = ["read"] }', ['read']],
    ['secret/a/b', 'path "secret/+/b" { capabilities = ["list"] }', ['list']],
    ['secret/a/b/c', 'path "secret/+/b" { capabilities = ["list"] }', ['deny']],
    ['secret/a/b', 'path "secret/*" { capabilities = ["read", "update"] }', ['read', 'update']],
    [
      'secret/a/b',
      'path "secret/*" { capabilities = ["read"] } path "secret/a/*" { capabilities = ["update"] }',
      ['update'],
    ],
    [
      'secret/a',
      'path "secret/*" { capabilities = ["read"] } path "secret/a" { capabilities = ["deny"] }',
      ['deny'],
    ],
    [
      'secret/a/b',
      'path "secret/+/b" { capabilities = ["read"] } path "secret/a/*" { capabilities = ["list"] }',
      ['list'],
    ],
    ['secret/a', '{"path":{"secret/a":{"capabilities":["sudo","read"]}}}', ['read', 'sudo']],
  ])('%s under %s', async (path, policy, expected) => {
    await begin();
    await writePolicy(site, 'p', policy);
    const token = await batchToken(site, { policies: ['p'] });
    const asked = await as(site, token, { path: 'sys/capabilities-self', body: { paths: [path] } });
    expect(dataOf(asked)).toEqual({ [path]: expected, capabilities: expected });
    expect(asked.json['capabilities']).toEqual(expected);
  });

  it('decide what a token may do', async () => {
    await begin();
    await writePolicy(site, 'p', 'path "sys/policies/acl/*" { capabilities = ["read"] }');
    const token = await batchToken(site, { policies: ['p'] });
    expect((await as(site, token, { path: 'sys/policies/acl/p' })).status).toBe(200);
    const path = 'sys/policies/acl/p';
    const denied = await as(site, token, { path, body: { policy: drPolicy } });
    expect(denied.status).toBe(403);
    expect(denied.text).toContain('permission denied');
    expect((await as(site, 'hvs.unknown', { path })).status).toBe(403);
  });
});

describe('a token role', () => {
  it('is written, read and deleted, and gives tokens of its kind', async () => {
    await begin();
    const token = await handlerToken('8h');
    const role = await asRoot(site, { path: 'auth/token/roles/failover-handler' });
    expect(dataOf(role)).toMatchObject({
      name: 'failover-handler',
      allowed_policies: ['dr-secondary-promotion'],
      orphan: true,
      renewable: false,
      token_type: 'batch',
    });
    expect(token).toMatch(/^hvb\..{100,}$/);
    const self = dataOf(await as(site, token, { path: 'auth/token/lookup-self' }));
    expect(self).toMatchObject({
      type: 'batch',
      orphan: true,
      accessor: '',
      policies: ['default', 'dr-secondary-promotion'],
      role: 'failover-handler',
      renewable: false,
      creation_ttl: 28_800,
    });
    expect(self['ttl']).toBeGreaterThan(28_700);
    expect(self['expire_time']).toMatch(/^20/);
    const path = 'auth/token/roles/failover-handler';
    expect((await asRoot(site, { path, method: 'DELETE' })).status).toBe(204);
    expect((await asRoot(site, { path })).status).toBe(404);
    expect((await create({}, 'auth/token/create/failover-handler')).text).toContain('unknown role');
  });

  it('cannot give renewable batch tokens', async () => {
    await begin();
    const path = 'auth/token/roles/r';
    expect((await asRoot(site, { path, body: { token_type: 'batch' } })).status).toBe(400);
  });

  it('gives no policy beyond its own', async () => {
    await begin();
    await handlerToken('8h');
    const made = await create({ policies: ['other'] }, 'auth/token/create/failover-handler');
    expect(made.status).toBe(400);
    expect(made.text).toContain('must be subset of the role');
  });
});

describe('a batch token', () => {
  it.each(['explicit_max_ttl', 'period', 'num_uses'])('cannot have %s', async (name) => {
    await begin();
    const value = name === 'num_uses' ? 3 : '1h';
    expect(await create({ type: 'batch', policies: ['p'], [name]: value })).toMatchObject({
      status: 400,
      json: { errors: [`batch tokens cannot have "${name}" set`] },
    });
  });

  it('is neither renewed nor revoked, and makes no other', async () => {
    await begin();
    await writePolicy(site, 'maker', 'path "auth/token/create" { capabilities = ["update"] }');
    const token = await batchToken(site, { policies: ['maker'] });
    const refusal = async (path: string): Promise<unknown> =>
      (await as(site, token, { path, method: 'POST', body: {} })).json['errors'];
    expect(await refusal('auth/token/renew-self')).toEqual(['batch tokens cannot be renewed']);
    expect(await refusal('auth/token/revoke-self')).toEqual(['batch tokens cannot be revoked']);
    expect(await refusal('auth/token/create')).toEqual(['batch tokens cannot create more tokens']);
  });

  it('lives as long as the mount lets it, and 768 h where nothing is asked', async () => {
    await begin();
    const ttlOf = async (body: unknown): Promise<unknown> => {
      const token = await batchToken(site, { policies: ['default'], ...fields(body) });
      return dataOf(await as(site, token, { path: 'auth/token/lookup-self' }))['creation_ttl'];
    };
    expect(await ttlOf({})).toBe(768 * 3_600);
    expect(await ttlOf({ ttl: '2000h' })).toBe(768 * 3_600);
    expect(await ttlOf({ ttl: '1h30m' })).toBe(5_400);
    const capped = await create({ type: 'batch', policies: ['none'], ttl: '2000h' });
    expect(capped.json['warnings']).toEqual([
      'Policy "none" does not exist',
      expect.stringContaining('768h0m0s'),
    ]);
  });

  it('promotes the DR secondary, and is not used up', async () => {
    await begin();
    const token = await handlerToken('8h');
    await site.faults.primaryDown();
    expect((await promote(token)).status).toBe(200);
  });

  it('opens nothing a second after its end', async () => {
    await begin();
    const token = await handlerToken('8h');
    site.faults.serverClock(8 * hours + 1_000);
    expect(await promote(token)).toMatchObject({
      status: 403,
      json: { errors: ['permission denied'] },
    });
    expect((await as(site, token, { path: 'auth/token/lookup-self' })).status).toBe(403);
    site.faults.serverClock(8 * hours - 60_000);
    expect((await promote(token)).status).toBe(200);
  });

  it('is an orphan, or opens nothing on the secondary', async () => {
    await begin();
    await writePolicy(site, 'dr', drPolicy);
    const made = await create({ type: 'batch', policies: ['dr'] });
    const child = textOf(fields(made.json['auth'])['client_token']);
    expect(fields(made.json['auth'])['orphan']).toBe(false);
    expect((await promote(child)).status).toBe(403);
  });

  it('goes by the policy that has come from the primary', async () => {
    await begin();
    const token = await handlerToken('8h');
    site.faults.lag('stream-wals', 10);
    await writePolicy(site, 'dr-secondary-promotion', 'path "x" { capabilities = ["read"] }');
    const configuration = { path: `${dr}/promote`, body: { dr_operation_token: token } };
    site.faults.lag('stream-wals', 0);
    expect((await ask(site, configuration)).status).toBe(403);
    await writePolicy(site, 'dr-secondary-promotion', drPolicy);
    site.faults.lag('stream-wals', 10);
    await writePolicy(site, 'dr-secondary-promotion', 'path "x" { capabilities = ["read"] }');
    expect((await ask(site, configuration)).status).toBe(200);
  });

  it('reads the raft configuration of the secondary, by a write with the token in the body', async () => {
    await begin();
    const path = 'sys/storage/raft/configuration';
    await writePolicy(site, 'raft', `path "${path}" { capabilities = ["update"] }`);
    const token = await batchToken(site, { policies: ['raft'] });
    const read = await ask(site, { path, body: { dr_operation_token: token } });
    expect(fields(dataOf(read)['config'])['servers']).toHaveLength(3);
    expect((await ask(site, { path })).text).toContain('path disabled');
    expect((await asRoot(site, { path })).status).toBe(200);
  });

  it('is not what operation-token/delete deletes', async () => {
    await begin();
    const path = `${dr}/operation-token/delete`;
    await writePolicy(site, 'p', `path "${path}" { capabilities = ["update"] }`);
    const token = await batchToken(site, { policies: ['p'] });
    expect(await ask(site, { path, body: { dr_operation_token: token } })).toMatchObject({
      status: 400,
      json: { errors: ['batch tokens cannot be revoked'] },
    });
  });

  it('is not looked up on a DR secondary', async () => {
    await begin({ version: '2.0.1' });
    const token = await handlerToken('8h');
    const node = site.nodes[0] ?? site.primary;
    const answer = await as(site, token, { path: 'auth/token/lookup-self', node });
    expect(answer.text).toContain('path disabled in replication DR secondary mode');
  });
});

describe('writes and their WALs', () => {
  it('go up on the primary and arrive on the secondary', async () => {
    await begin();
    const walOf = async (node: typeof site.primary, name: string): Promise<number> =>
      Number(dataOf(await ask(site, { path: 'sys/replication/dr/status', node }))[name]);
    const secondary = site.nodes[0] ?? site.primary;
    const before = await walOf(site.primary, 'last_dr_wal');
    await writePolicy(site, 'p', drPolicy);
    expect(await walOf(site.primary, 'last_dr_wal')).toBe(before + 1);
    expect(await walOf(secondary, 'last_remote_wal')).toBe(before + 1);
    await site.faults.primaryDown();
    expect(await walOf(secondary, 'last_remote_wal')).toBe(before + 1);
  });
});

describe('the 2.x door', () => {
  const knock = (path: string, node = site.nodes[0], token = ''): Promise<Answer> =>
    as(site, token, { path, ...(node === undefined ? {} : { node }) });

  it('is closed, for all three families on every node', async () => {
    await begin({ version: '2.0.1' });
    for (const node of [site.primary, ...site.nodes]) {
      for (const path of ['sys/generate-root/attempt', 'sys/rekey/init']) {
        expect(await knock(path, node)).toMatchObject({
          status: 403,
          json: { errors: ['permission denied'] },
        });
      }
    }
    expect((await knock(attempt)).status).toBe(403);
  });

  it('does not exist in 1.x', async () => {
    await begin();
    for (const path of [attempt, 'sys/generate-root/attempt', 'sys/rekey/init']) {
      expect(await knock(path)).toMatchObject({ status: 200, json: { started: false } });
    }
  });

  it('opens family by family and node by node', async () => {
    await begin({ version: '2.0.1' });
    const [first, second] = site.nodes;
    site.faults.openDoor(['generate-operation-token'], second);
    expect((await knock(attempt, second)).status).toBe(200);
    expect((await knock('sys/rekey/init', second)).status).toBe(403);
    expect((await knock(attempt, first)).status).toBe(403);
    site.faults.openDoor();
    expect((await knock('sys/rekey/init', first)).status).toBe(200);
    const forgotten = site.faults.closeDoorButOne();
    const answers = await Promise.all(site.nodes.map((node) => knock(attempt, node)));
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 200]);
    expect(forgotten).toBe(site.nodes[2]);
    site.faults.closeDoor();
    expect((await knock(attempt, forgotten)).status).toBe(403);
  });

  it('lets in an orphan batch token as far as its policy goes', async () => {
    await begin({ version: '2.0.1' });
    await writePolicy(
      site,
      'dr',
      `path "${dr}/generate-operation-token/*" { capabilities = ["read", "update"] }`,
    );
    const token = await batchToken(site, { policies: ['dr'], ttl: '1h' });
    expect((await knock(attempt, site.nodes[0], token)).status).toBe(200);
    const call = { path: attempt, body: {}, headers: { 'X-Vault-Token': token } };
    expect((await ask(site, call)).status).toBe(200);
    const cancel = { path: attempt, method: 'DELETE', headers: call.headers };
    expect((await ask(site, cancel)).status).toBe(403);
    expect((await knock('sys/rekey/init', site.nodes[0], token)).status).toBe(403);
    site.faults.serverClock(hours);
    expect((await knock(attempt, site.nodes[0], token)).status).toBe(403);
  });
});

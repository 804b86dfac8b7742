import { ClientRequest } from 'node:http';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { skipWithoutKeyring, useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';
import { ShiftBench } from '../fakes/shift-bench.ts';
import { problemFrom } from '../fakes/ceremony-bench.ts';
import { Secret } from '../../shared/secret.ts';
import { verifyRecordFile } from '../../electron/transcript/verify-file.ts';
import { policyText, usualNames } from '../../shared/shift/setup.ts';

const skip = skipWithoutKeyring('the shift desk, with the real keychain');
/** What Node says of each request that leaves this process. */
const sentRequest = z.object({ request: z.instanceof(ClientRequest) });

let keyring: PrivateKeyring;
beforeAll(async () => {
  if (!skip) keyring = await useKeyring();
});
afterAll(async () => {
  if (!skip) await keyring.stop();
});

describe.skipIf(skip)('the shift desk', () => {
  let bench: ShiftBench;
  let disk: string;
  beforeEach(async () => {
    disk = await mkdtemp(join(tmpdir(), 'keyturn-shift-'));
  });
  afterEach(async () => {
    await bench.close();
    await rm(disk, { recursive: true, force: true });
  });
  const night = { label: 'Night', ttlSeconds: 8 * 3600, by: 'Robin' };

  it('sets up policy and role on yes, issues a token, keeps it and proves it', async () => {
    bench = await ShiftBench.open(disk, '2.0.0');
    const { shifts, profile } = bench;
    await shifts.open(profile, 'Robin');
    expect((await problemFrom(shifts.lookAtSetup(profile, 'policy'))).code).toBe('shift.no-token');
    shifts.keepVaultToken(profile, bench.site.rootToken);
    await bench.setUp();
    const again = await shifts.lookAtSetup(profile, 'policy');
    expect(again.differences).toEqual([]);
    expect((await shifts.lookAtSetup(profile, 'role')).differences).toEqual([]);

    await shifts.issue(profile, night);
    const [token] = bench.state().tokens;
    expect(token?.checked?.doubts).toEqual([]);
    expect(token?.tried).toMatchObject({ result: 'accepted' });
    expect(token?.about.policies).toContain(usualNames.policy);
    expect(Date.parse(token?.about.expiresAt ?? '') - bench.now.getTime()).toBe(8 * 3600_000);

    const text = await bench.recordText();
    expect(text.indexOf('batch.issue.intended')).toBeLessThan(text.indexOf('"batch.issued"'));
    const secret = await bench.tokens.read(
      profile,
      bench.state().tokens[0]?.about.id ?? bench.noId,
    );
    expect(secret?.expose()).toMatch(/^hvb\./);
    expect(text).not.toContain(secret?.expose());
    expect(text).not.toContain(bench.site.rootToken.expose());
  });

  it('sees drift of the policy and of the role, and writes only over what was shown', async () => {
    bench = await ShiftBench.open(disk, '1.21.4');
    const { shifts, profile } = bench;
    await shifts.open(profile, 'Robin');
    shifts.keepVaultToken(profile, bench.site.rootToken);
    await bench.setUp();
    await bench.onPrimary('PUT', `sys/policies/acl/${usualNames.policy}`, {
      policy: policyText().replace('"read", "update"]', '"read"]'),
    });
    const policy = await shifts.lookAtSetup(profile, 'policy');
    expect(policy.diff.filter(({ kind }) => kind !== 'same').map(({ kind }) => kind)).toEqual([
      'there',
      'wanted',
    ]);
    await bench.onPrimary('POST', `auth/token/roles/${usualNames.role}`, {
      allowed_policies: [usualNames.policy, 'admin'],
      orphan: false,
      renewable: true,
      token_type: 'service',
    });
    const role = await shifts.lookAtSetup(profile, 'role');
    expect(role.differences.join(' ')).toMatch(/service.*not orphans.*admin.*renewed/);

    await bench.onPrimary('PUT', `sys/policies/acl/${usualNames.policy}`, { policy: '# gone' });
    const stale = shifts.writeSetup(profile, 'policy', policy.seen, 'Robin');
    expect((await problemFrom(stale)).code).toBe('rule.not-now');
    expect((await shifts.lookAtSetup(profile, 'policy')).diff[0]?.text).toBe('# gone');
    await bench.setUp();
    expect((await shifts.lookAtSetup(profile, 'role')).differences).toEqual([]);
  });

  it('asks in the root namespace only, whatever profile and environment say', async () => {
    bench = await ShiftBench.open(disk, '1.21.4', { namespace: 'teams/payments' });
    process.env['VAULT_NAMESPACE'] = 'teams/other';
    const namespaces: unknown[] = [];
    const note = (message: unknown) =>
      namespaces.push(sentRequest.parse(message).request.getHeader('X-Vault-Namespace'));
    subscribe('http.client.request.start', note);
    try {
      const { shifts, profile } = bench;
      await shifts.open(profile, 'Robin');
      shifts.keepVaultToken(profile, bench.site.rootToken);
      await bench.setUp();
      await shifts.issue(profile, night);
    } finally {
      unsubscribe('http.client.request.start', note);
      delete process.env['VAULT_NAMESPACE'];
    }
    expect(bench.state().tokens[0]?.checked?.doubts).toEqual([]);
    expect(namespaces.length).toBeGreaterThan(10);
    expect(namespaces.filter((namespace) => namespace !== undefined)).toEqual([]);
  });

  it('says what is wrong with a token that will not do', async () => {
    bench = await ShiftBench.open(disk, '2.0.0');
    const { shifts, profile } = bench;
    await shifts.open(profile, 'Robin');
    shifts.keepVaultToken(profile, bench.site.rootToken);
    await bench.setUp();
    const wrong = {
      'not batch': { type: 'service', no_parent: true, policies: [usualNames.policy] },
      'no orphan': { type: 'batch', policies: [usualNames.policy] },
      'no capability': { type: 'batch', no_parent: true, policies: ['default'] },
    };
    const doubts: Record<string, string> = {};
    for (const [label, body] of Object.entries(wrong)) {
      const token = await bench.create({ ...body, ttl: '1h' });
      await shifts.keepPasted(profile, token, { label, by: 'Robin' });
      const held = bench.state().tokens.find(({ about }) => about.label === label);
      doubts[label] = `${held?.checked?.doubts.join(' ')} ${held?.tried?.result}`;
    }
    expect(doubts['not batch']).toMatch(/type “service”.*refused/);
    expect(doubts['no orphan']).toMatch(/not an orphan.*refused/);
    expect(doubts['no capability']).toMatch(/does not carry.*may not promote/);
  });

  it('keeps a token of any length that nobody could look up, and says so', async () => {
    bench = await ShiftBench.open(disk, '2.0.0');
    const { shifts, profile } = bench;
    await bench.site.faults.primaryDown();
    await shifts.open(profile, 'Robin');
    const long = Secret.of('batch-token', `hvb.${'A'.repeat(9_000)}`);
    await shifts.keepPasted(profile, long, { label: 'From the safe', by: 'Robin' });
    const [token] = bench.state().tokens;
    expect(token?.about.expiresAt).toBeUndefined();
    expect(token?.checked).toBeUndefined();
    expect(token?.tried?.result).toBe('refused');
    const kept = await bench.tokens.read(profile, token?.about.id ?? bench.noId);
    expect(kept?.expose()).toBe(long.expose());
  });

  it('does not take an open door for a proof: with raft it asks what needs the token', async () => {
    bench = await ShiftBench.open(disk, '2.0.0');
    const { shifts, profile } = bench;
    bench.site.faults.openDoor();
    await bench.site.faults.primaryDown();
    await shifts.open(profile, 'Robin');
    const token = Secret.of('batch-token', 'hvb.AAAA');
    await shifts.keepPasted(profile, token, { label: 'Wrong', by: 'Robin' });
    expect(bench.state().tokens[0]?.tried?.result).toBe('refused');
  });

  it('has an open item where the reply to the issue was lost, and sends nothing again', async () => {
    bench = await ShiftBench.open(disk, '1.21.4');
    const { shifts, profile } = bench;
    await shifts.open(profile, 'Robin');
    shifts.keepVaultToken(profile, bench.site.rootToken);
    await bench.setUp();
    bench.site.faults.dropNext('other', 'after');
    const problem = await problemFrom(shifts.issue(profile, night));
    expect(problem.safe).toContain('nobody holds');
    expect(bench.state().openItems).toHaveLength(1);
    expect(bench.state().tokens).toEqual([]);
    expect(bench.timesAsked('auth/token/create/failover-handler')).toBe(1);
  });

  it('warns at two hours, thirty minutes and the end, each once, after a sleep and a restart too', async () => {
    bench = await ShiftBench.open(disk, '1.21.4');
    await bench.shifts.open(bench.profile, 'Robin');
    bench.shifts.keepVaultToken(bench.profile, bench.site.rootToken);
    await bench.setUp();
    await bench.shifts.issue(bench.profile, night);
    const minutes = async (n: number) => {
      bench.now = new Date(bench.now.getTime() + n * 60_000);
      await bench.shifts.look();
      return bench.notices.map(({ body }) => body.split('.')[0]);
    };
    expect(await minutes(5 * 60)).toEqual([]);
    expect(await minutes(61)).toEqual(['Less than two hours are left']);
    expect(await minutes(1)).toHaveLength(1);
    await bench.restart();
    expect(await minutes(1)).toHaveLength(1);
    expect(await minutes(95)).toHaveLength(2);
    expect(bench.notices.at(-1)?.body).toContain('thirty minutes');
    expect(bench.state().tokens).toHaveLength(1);
    // The laptop sleeps past the end.
    expect((await minutes(600)).at(-1)).toBe('It has expired');
    expect(bench.notices).toHaveLength(3);
    expect(bench.state().tokens).toEqual([]);
    expect(await bench.tokens.list(bench.profile)).toEqual([]);
    expect(await bench.recordText()).toContain('batch.expired');
  });

  it('is handed over: the old record ends signed, the new one begins with what is left', async () => {
    bench = await ShiftBench.open(disk, '1.21.4');
    const { shifts, profile } = bench;
    await shifts.open(profile, 'Robin');
    shifts.keepVaultToken(profile, bench.site.rootToken);
    await bench.setUp();
    await shifts.issue(profile, night);
    await shifts.issue(profile, { ...night, label: 'Spare' });
    const [first] = bench.state().tokens;
    const before = bench.state().id;
    await shifts.handOver(profile, 'Robin', 'Wanda');
    expect(bench.state()).toMatchObject({ operator: 'Wanda', phase: 'open' });
    expect(bench.state().tokens.map(({ about }) => about.label)).toEqual(['Night', 'Spare']);
    expect(shifts.hasVaultToken(profile)).toBe(false);
    await shifts.forget(profile, first?.about.id ?? bench.noId, 'Wanda', 'Replaced by the spare.');
    expect((await bench.tokens.list(profile)).map(({ label }) => label)).toEqual(['Spare']);

    const { fingerprint } = await bench.identity();
    const file = await bench.exported(before);
    const report = await verifyRecordFile(file, {
      trust: { fingerprints: [fingerprint], heads: [] },
    });
    expect(report).toMatchObject({ outcome: 'handed-over', about: { purpose: 'shift' } });
    // The bench's clock stands still while the journal's runs: nothing of that is on the record.
    expect(report.verdict).toEqual({ kind: 'intact' });
    const html = await readFile(join(file, '../report.html'), 'utf8');
    expect(html).toContain('was handed over to Wanda');
    expect((await readdir(join(disk, 'shifts'))).length).toBe(3);
  });
});

import { expect } from 'vitest';
import { PracticeSite, type PracticeSwitches } from '../../electron/practice/site.ts';
import {
  ask,
  asRoot,
  attempt,
  batchToken,
  dataOf,
  dr,
  drPolicy,
  drOperationToken,
  drOperationTokenOn,
  fields,
  promoted,
  textOf,
  until,
  writePolicy,
} from './practice-client.ts';

/** A site of its own for one proof. */
async function on(
  options: Parameters<typeof PracticeSite.start>[0],
  proof: (site: PracticeSite) => Promise<void>,
): Promise<void> {
  const site = await PracticeSite.start({ outageMs: 1_000, ...options });
  try {
    await proof(site);
  } finally {
    await site.stop();
  }
}

/** What shows that a switch about tokens and the 2.x door is in this position. */
export const doorProofs = {
  drPathsOnPrimary: (answer: PracticeSwitches['drPathsOnPrimary']) =>
    on({ version: '2.0.1', switches: { drPathsOnPrimary: answer } }, async (site) => {
      const closed = await ask(site, { path: attempt, node: site.primary });
      const expected = {
        'not-a-dr-secondary': { status: 400, text: 'Not a DR secondary.' },
        'unsupported-path': { status: 404, text: 'unsupported path' },
        'permission-first': { status: 403, text: 'permission denied' },
      }[answer];
      expect(closed.status).toBe(expected.status);
      expect(closed.text).toContain(expected.text);
      site.faults.openDoor();
      await promoted(site, await drOperationToken(site));
      const open = await ask(site, { path: attempt });
      expect(open.status).toBe(answer === 'unsupported-path' ? 404 : 400);
    }),
  doorDecidedBy: (answer: PracticeSwitches['doorDecidedBy']) =>
    on({ version: '2.0.1', switches: { doorDecidedBy: answer } }, async (site) => {
      const node = site.nodes[1] ?? site.primary;
      site.faults.openDoor(undefined, node);
      const standby = await ask(site, { path: attempt, node });
      expect(standby.status).toBe(answer === 'node-asked' ? 200 : 403);
      expect((await ask(site, { path: attempt })).status).toBe(403);
    }),
  attemptWriteNeeds: (capability: PracticeSwitches['attemptWriteNeeds']) =>
    on({ version: '2.0.1', switches: { attemptWriteNeeds: capability } }, async (site) => {
      await writePolicy(site, 'dr', `path "${attempt}" { capabilities = ["update"] }`);
      const headers = { 'X-Vault-Token': await batchToken(site, { policies: ['dr'] }) };
      const started = await ask(site, { path: attempt, body: {}, headers });
      expect(started.status).toBe(capability === 'update' ? 200 : 403);
    }),
  drTokenPolicy: (answer: PracticeSwitches['drTokenPolicy']) =>
    on({ switches: { drTokenPolicy: answer } }, async (site) => {
      await writePolicy(site, 'dr', drPolicy);
      const token = await batchToken(site, { policies: ['dr'] });
      const raft = await ask(site, {
        path: 'sys/storage/raft/configuration',
        body: { dr_operation_token: token },
      });
      expect(raft.status).toBe(answer === 'per-path' ? 403 : 200);
    }),
  rootTokenAsDrToken: (accepted: boolean) =>
    on({ version: '2.0.1', switches: { rootTokenAsDrToken: accepted } }, async (site) => {
      const reply = await ask(site, {
        path: `${dr}/promote`,
        body: { dr_operation_token: site.rootToken.expose() },
      });
      expect(reply.status).toBe(accepted ? 200 : 403);
    }),
  policyChangeReachesSecondary: (reaches: boolean) =>
    on({ switches: { policyChangeReachesSecondary: reaches } }, async (site) => {
      await writePolicy(site, 'dr', drPolicy);
      const token = await batchToken(site, { policies: ['dr'] });
      await asRoot(site, { path: 'sys/policies/acl/dr', method: 'DELETE' });
      const reply = await ask(site, {
        path: `${dr}/promote`,
        body: { dr_operation_token: token },
      });
      expect(reply.status).toBe(reaches ? 403 : 200);
    }),
  deleteNeedsVaultToken: (needed: boolean) =>
    on({ version: '2.0.1', switches: { deleteNeedsVaultToken: needed } }, async (site) => {
      site.faults.openDoor();
      const call = {
        path: `${dr}/operation-token/delete`,
        body: { dr_operation_token: await drOperationToken(site) },
      };
      expect((await ask(site, call)).status).toBe(needed ? 403 : 204);
      const node = site.nodes[0] ?? site.primary;
      const withRoot = await asRoot(site, { ...call, node });
      expect(withRoot.status).toBe(needed ? 204 : 403);
    }),
  olderSecondary: (answer: PracticeSwitches['olderSecondary']) =>
    on({ primaryVersion: '1.19.2', switches: { olderSecondary: answer } }, async (site) => {
      await asRoot(site, { path: 'sys/replication/dr/primary/demote', method: 'POST', body: {} });
      await promoted(site, await drOperationToken(site));
      await until(
        () => ask(site, { path: 'sys/health', node: site.primary }),
        ({ status }) => status === 472,
      );
      const given = await asRoot(site, {
        path: 'sys/replication/dr/primary/secondary-token',
        body: { id: 'older' },
        ...(site.nodes[0] === undefined ? {} : { node: site.nodes[0] }),
      });
      const attached = await ask(site, {
        path: `${dr}/update-primary`,
        node: site.primary,
        body: {
          dr_operation_token: await drOperationTokenOn(site, site.primary),
          token: textOf(fields(given.json['wrap_info'])['token']),
        },
      });
      expect(attached.status).toBe(answer === 'refused' ? 400 : 200);
    }),
  performanceFollowsNewPrimary: (follows: boolean) =>
    on(
      { performanceSecondary: true, switches: { performanceFollowsNewPrimary: follows } },
      async (site) => {
        await site.faults.primaryDown();
        await promoted(site, await drOperationToken(site));
        const path = 'sys/replication/performance/status';
        const seen = await ask(site, { path, node: site.performance?.node ?? site.primary });
        expect(dataOf(seen)['connection_state']).toBe(follows ? 'ready' : 'transient_failure');
      },
    ),
  revokeSecondaryStatus: (code: PracticeSwitches['revokeSecondaryStatus']) =>
    on({ switches: { revokeSecondaryStatus: code } }, async (site) => {
      const reply = await asRoot(site, {
        path: 'sys/replication/dr/primary/revoke-secondary',
        body: { id: site.secondaryId },
      });
      expect(reply.status).toBe(code);
    }),
} as const;

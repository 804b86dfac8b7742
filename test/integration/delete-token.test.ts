import { afterEach, describe, expect, test, vi } from 'vitest';
import { CeremonySecrets } from '../../electron/keychain/ceremony-secrets.ts';
import { MemoryKeychain } from '../../electron/keychain/memory-keychain.ts';
import { defaultSwitches, type PracticeSwitches } from '../../electron/practice/switches.ts';
import type { Conductor } from '../../electron/ceremony/conductor.ts';
import { mayWantToken } from '../../shared/ceremony/versions.ts';
import { Secret } from '../../shared/secret.ts';
import { CeremonyBench, confirmation } from '../fakes/ceremony-bench.ts';

/*
 * From Vault 2.0 on the deletion of a DR operation token may want a Vault token beside it
 * (docs/protocol.md §4.1, [U]). Both answers, with a Vault token in memory and without.
 */
describe('the deletion of a DR operation token on Vault 2.x', () => {
  let bench: CeremonyBench;
  let conductor: Conductor;
  afterEach(() => bench.close());

  /** As far as the decoded token; the Vault token is then out of memory, as after a restart. */
  async function decoded(version: string, switches: Partial<PracticeSwitches>): Promise<void> {
    const keychain = new MemoryKeychain({ acceptsThatACrashEndsTheCeremony: true });
    bench = await CeremonyBench.open(
      { version, switches: { ...defaultSwitches, ...switches } },
      keychain,
    );
    bench.vaultToken = bench.site.rootToken;
    ({ conductor } = await bench.fenced());
    bench.vaultToken = undefined;
  }

  test('is done without a Vault token where the server wants none', async () => {
    await decoded('2.0.1', { deleteNeedsVaultToken: false });
    expect(await conductor.token.delete()).toBe(true);
    expect(fate()).toMatchObject({ kind: 'deleted', how: 'delete-endpoint' });
  });

  test('sends the Vault token that is in memory, and proves the deletion', async () => {
    await decoded('2.0.1', { deleteNeedsVaultToken: true });
    bench.vaultToken = bench.site.rootToken;
    expect(await conductor.token.delete()).toBe(true);
    expect(fate()).toMatchObject({ kind: 'deleted', how: 'delete-endpoint' });
  });

  test('says that one may be missing, and goes on once it is entered', async () => {
    await decoded('2.0.1', { deleteNeedsVaultToken: true });
    expect(await conductor.token.delete()).toBe(false);
    expect(byEndpoint()).toMatchObject({
      code: 'vault.wants-token',
      next: expect.stringContaining('Enter the Vault token'),
    });
    bench.vaultToken = Secret.of('vault-token', 'hvs.NotOneThatThisServerKnows00');
    expect(await conductor.token.delete()).toBe(false);
    expect(byEndpoint()).toMatchObject({
      code: 'vault.wants-token',
      known: expect.stringContaining('does not say which'),
    });
    bench.vaultToken = bench.site.rootToken;
    expect(await conductor.token.delete()).toBe(true);
    await conductor.ending.end();
    expect(conductor.state).toMatchObject({ phase: 'ended', openItems: [] });
  });

  test('after the promotion the token revokes itself where no Vault token is there', async () => {
    await decoded('2.0.1', { deleteNeedsVaultToken: true });
    await conductor.promotion.promote(confirmation);
    await vi.waitUntil(() => conductor.state.phase === 'aftercare', { timeout: 25_000 });
    expect(await conductor.token.delete()).toBe(true);
    expect(fate()).toMatchObject({ kind: 'deleted', how: 'revoke-self' });
  });

  describe('where leadership moved on and the standbys send callers elsewhere', () => {
    const elsewhere: Partial<PracticeSwitches> = { standbyAnswer: 'redirect' };

    test('the node that leads now is asked, after the promotion', async () => {
      await decoded('1.21.4', elsewhere);
      await conductor.promotion.promote(confirmation);
      await vi.waitUntil(() => conductor.state.phase === 'aftercare', { timeout: 25_000 });
      await deletedOn(leadsNext());
    });

    test('and before it', async () => {
      await decoded('1.21.4', elsewhere);
      await deletedOn(leadsNext());
    });

    test('nobody is asked beside the nodes of the profile: without the leader the token stays', async () => {
      await decoded('1.21.4', elsewhere);
      bench.site.faults.leaderless();
      expect(await conductor.token.delete()).toBe(false);
      expect(fate()).toMatchObject({ kind: 'not-deleted' });
      expect(askedToDelete()).toEqual([bench.site.nodes[0]]);
    });

    /** The first node leads no more. */
    function leadsNext(): string | undefined {
      bench.site.faults.changeLeader();
      return bench.site.nodes[1];
    }

    async function deletedOn(leader: string | undefined): Promise<void> {
      expect(await conductor.token.delete()).toBe(true);
      expect(fate()).toMatchObject({ kind: 'deleted', how: 'delete-endpoint' });
      // Deleted, and refused a second time: the proof.
      expect(askedToDelete()).toEqual([leader, leader]);
    }

    const askedToDelete = () =>
      bench.site.requests
        .filter(({ path }) => path.endsWith('/operation-token/delete'))
        .map(({ node }) => node);
  });

  test('before 2.0 a refusal is about the DR operation token: none is asked for', async () => {
    await decoded('1.21.4', {});
    const secrets = new CeremonySecrets(bench.keychain, conductor.state.id);
    await secrets.keepToken(Secret.of('dr-operation-token', 'hvs.NotOneThatThisServerKnows00'));
    expect(await conductor.token.delete()).toBe(false);
    expect(byEndpoint()).toMatchObject({ code: 'vault.permission-denied' });
  });

  function token() {
    const { state } = conductor;
    if (!('token' in state)) throw new Error('no token');
    return state.token;
  }
  const fate = () => token().fate;
  const byEndpoint = () => token().tried.findLast(({ how }) => how === 'delete-endpoint')?.problem;
});

test('which versions may want one', () => {
  expect(['1.21.4', '1.21.4+ent', '2.0.0', '2.1.3+ent.hsm', undefined].map(mayWantToken)).toEqual([
    false,
    false,
    true,
    true,
    true,
  ]);
});

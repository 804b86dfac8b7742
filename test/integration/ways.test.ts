import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Conductor } from '../../electron/ceremony/conductor.ts';
import { BatchTokens } from '../../electron/keychain/batch-tokens.ts';
import { doorItem, openDoors } from '../../shared/ceremony/door.ts';
import { Secret } from '../../shared/secret.ts';
import type { KeptBatchToken } from '../../shared/shift/batch-token.ts';
import {
  CeremonyBench,
  confirmation,
  holders,
  problemFrom,
  typesOf,
} from '../fakes/ceremony-bench.ts';
import { skipWithoutKeyring, useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';
import { attempt, batchToken, dr, writePolicy } from './practice-client.ts';

const fencing = {
  primary: 'not-visible',
  how: 'Power is off, and the room is locked.',
  confirmedBy: 'Nadia',
} as const;
const noShares = { operator: 'Robin', witness: 'Wim', holders: [] };
const withShares = { operator: 'Robin', witness: 'Wim', holders: [...holders] };
const promoteOnly = `path "${dr}/promote" { capabilities = ["update"] }`;
const everything = `${promoteOnly} path "${attempt.replace('/attempt', '/*')}" { capabilities = ["create", "read", "update", "delete"] }`;

describe.skipIf(skipWithoutKeyring('the three ways with the real keychain'))('the ways', () => {
  let keyring: PrivateKeyring;
  let bench: CeremonyBench;
  const opened: CeremonyBench[] = [];
  const open = async (...options: Parameters<typeof CeremonyBench.open>) => {
    bench = await CeremonyBench.open(...options);
    opened.push(bench);
  };
  beforeAll(async () => {
    keyring = await useKeyring();
  });
  afterEach(async () => {
    vi.useRealTimers();
    for (const one of opened.splice(0)) await one.close();
  });
  afterAll(() => keyring.stop());

  /** A batch token of the living primary, kept as the shift desk keeps it. `lastsMs`: what is said of its life. */
  const keep = async (
    label: string,
    { lastsMs = 3_600_000, policy = everything, text = '' } = {},
  ): Promise<KeptBatchToken> => {
    await writePolicy(bench.site, 'dr', policy);
    const token = text || (await batchToken(bench.site, { policies: ['dr'], ttl: '1h' }));
    const now = Date.now();
    return new BatchTokens(bench.keychain).keep(Secret.of('batch-token', token), {
      profileId: bench.cluster.profileId,
      label,
      source: 'issued',
      issuedAt: new Date(now).toISOString(),
      expiresAt: new Date(now + lastsMs).toISOString(),
      policies: ['dr'],
    });
  };
  /** The primary is lost; a ceremony is opened and its cluster checked. */
  const checked = async () => {
    await bench.site.faults.primaryDown();
    const { id, conductor } = await bench.opened();
    await conductor.prepare.preflight();
    return { id, conductor };
  };
  const armed = async () => {
    const begun = await checked();
    await begun.conductor.prepare.setRoster(noShares);
    const [first] = await begun.conductor.prepare.batchTokens();
    if (!first) throw new Error('no batch token');
    await begun.conductor.prepare.arm(first.id);
    await begun.conductor.promotion.stateFencing(fencing);
    return begun;
  };
  const wayOf = ({ state }: Conductor) => state.way?.way;
  const sent = (path: string) =>
    bench.site.requests.filter((one) => one.path.endsWith(path)).length;
  const promoted = async (conductor: Conductor) => {
    await vi.waitUntil(() => conductor.state.phase === 'aftercare', { timeout: 20_000 });
  };
  const throughShares = async (conductor: Conductor) => {
    await conductor.attempt.start();
    for (const n of [0, 1, 2]) await bench.give(conductor, n);
    await conductor.token.decode();
  };

  test.each(['1.21.4', '2.0.1'])(
    'A promotes at once on Vault %s, with no attempt',
    async (version) => {
      await open({ version });
      const token = await keep('Night shift', { policy: promoteOnly });
      const { id, conductor } = await armed();
      expect(conductor.state).toMatchObject({ phase: 'armed', way: { way: 'batch-token' } });
      await conductor.promotion.promote(confirmation);
      await promoted(conductor);
      await conductor.ending.end();
      expect(conductor.state).toMatchObject({ outcome: 'closed', promoted: true });
      expect(sent('/update')).toBe(0);
      const types = typesOf(conductor);
      expect(types).not.toContain('attempt.start.intended');
      const intended = conductor.records.find(({ event }) => event.type === 'promote.intended');
      expect(intended?.event).toMatchObject({ credential: { token: { label: 'Night shift' } } });
      // The token is nowhere in the record.
      const kept = new BatchTokens(bench.keychain);
      const secret = await kept.read(bench.cluster.profileId, token.id);
      expect(JSON.stringify(await bench.ceremonies.entries(id))).not.toContain(
        secret?.expose() ?? 'Night shift',
      );
    },
  );

  test('A expired one second before use: nothing is sent, and the ceremony is next', async () => {
    await open();
    const { expiresAt = '' } = await keep('Night shift');
    const { conductor } = await armed();
    // The night goes by: nothing but the clock is moved.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(expiresAt) + 1_000 });
    const problem = await problemFrom(conductor.promotion.promote(confirmation));
    vi.useRealTimers();
    expect(problem.known).toContain('expired');
    expect(problem.safe).toContain('not sent');
    expect(sent('/promote')).toBe(0);
    expect(conductor.state).toMatchObject({
      phase: 'ready',
      way: { way: 'ceremony' },
      refusedWays: [{ way: 'batch-token' }],
    });
    await conductor.prepare.setRoster(withShares);
    await throughShares(conductor);
    expect(conductor.state.phase).toBe('decoded');
  });

  test('A refused by Vault: on the record, and the ceremony goes on to the promotion', async () => {
    await open();
    await keep('Night shift', { text: 'hvb.not-a-token-of-this-cluster' });
    const { conductor } = await armed();
    expect((await problemFrom(conductor.promotion.promote(confirmation))).code).toBe(
      'vault.permission-denied',
    );
    expect(sent('/promote')).toBe(1);
    expect(typesOf(conductor).slice(-3)).toEqual(['promote.refused', 'way.refused', 'way.chosen']);
    expect(wayOf(conductor)).toBe('ceremony');
    await conductor.prepare.setRoster(withShares);
    await throughShares(conductor);
    await conductor.promotion.stateFencing(fencing);
    await conductor.promotion.promote(confirmation);
    await promoted(conductor);
    expect(await conductor.token.delete()).toBe(true);
  });

  test('of two batch tokens the longest-lived comes first, and the other after a refusal', async () => {
    await open();
    const short = await keep('Day shift', { lastsMs: 600_000 });
    const long = await keep('Night shift', { text: 'hvb.refused' });
    const { conductor } = await armed();
    expect(conductor.state).toMatchObject({ batchToken: { id: long.id } });
    expect((await conductor.prepare.batchTokens()).map(({ id }) => id)).toEqual([
      long.id,
      short.id,
    ]);
    await problemFrom(conductor.promotion.promote(confirmation));
    expect(conductor.state).toMatchObject({ phase: 'ready', way: { way: 'batch-token' } });
    expect((await conductor.prepare.batchTokens()).map(({ id }) => id)).toEqual([short.id]);
    await conductor.prepare.arm(short.id);
    await conductor.promotion.stateFencing(fencing);
    await conductor.promotion.promote(confirmation);
    await promoted(conductor);
  });

  test('an armed token that is gone after a restart leads to the next way', async () => {
    await open();
    const token = await keep('Night shift');
    const { id } = await armed();
    await new BatchTokens(bench.keychain).forget(bench.cluster.profileId, token.id);
    await bench.restart();
    const again = await bench.ceremonies.take(id);
    await vi.waitUntil(() => typesOf(again).includes('resumed'), { timeout: 10_000 });
    expect(again.state).toMatchObject({ phase: 'ready', way: { way: 'ceremony' } });
  });

  test('B before 2.0 asks for no token', async () => {
    await open({ version: '1.21.4' });
    const { conductor } = await checked();
    expect(conductor.state).toMatchObject({ phase: 'roster', way: { way: 'ceremony' } });
  });

  test('B from 2.0 on: a kept batch token stands in, checked by the status call', async () => {
    await open({ version: '2.0.1' });
    const token = await keep('Night shift');
    const { conductor } = await checked();
    expect(wayOf(conductor)).toBe('batch-token');
    await conductor.prepare.chooseWay({ way: 'ceremony', why: 'The holders are here.', by: 'Wim' });
    expect(conductor.state).toMatchObject({
      phase: 'preflight',
      deviations: [{ agreedBy: 'Wim' }],
    });
    await conductor.prepare.useBatchToken(token.id);
    expect(conductor.state).toMatchObject({ phase: 'roster', way: { way: 'ceremony' } });
    await conductor.prepare.setRoster(withShares);
    await throughShares(conductor);
    expect(conductor.state.phase).toBe('decoded');
  });

  test('B from 2.0 on: a token that is entered is taken or refused by the status call', async () => {
    await open({ version: '2.0.1' });
    bench.vaultToken = Secret.of('vault-token', 'hvs.wrong');
    const { conductor } = await checked();
    expect(conductor.state).toMatchObject({ phase: 'preflight', way: { way: 'ceremony' } });
    bench.vaultToken = Secret.of('vault-token', bench.site.rootToken.expose());
    await conductor.prepare.preflight();
    expect(conductor.state.phase).toBe('roster');
  });

  /** C up to a decoded token, with the door open on every node. */
  const brokenGlass = async () => {
    await open({ version: '2.0.1' });
    const begun = await checked();
    const { conductor } = begun;
    expect(conductor.state).toMatchObject({ phase: 'preflight', way: { way: 'ceremony' } });
    await conductor.prepare.noVaultToken();
    expect(wayOf(conductor)).toBe('break-glass');
    await conductor.door.open('Sasha');
    bench.site.faults.openDoor(['generate-operation-token']);
    await conductor.door.probe();
    expect(conductor.state).toMatchObject({ phase: 'roster', way: { way: 'break-glass' } });
    await conductor.prepare.setRoster(withShares);
    await throughShares(conductor);
    return begun;
  };

  test('C: one node is forgotten, and the warning stays until each refuses permission', async () => {
    const { conductor } = await brokenGlass();
    expect((await problemFrom(conductor.promotion.readiness())).code).toBe('rule.not-now');
    const forgotten = bench.site.faults.closeDoorButOne();
    await conductor.door.close('Sasha');
    expect(openDoors(conductor.state).map(({ node }) => node)).toEqual([forgotten]);
    bench.site.faults.closeDoor();
    await conductor.door.probe();
    expect(openDoors(conductor.state)).toEqual([]);
    await conductor.promotion.stateFencing(fencing);
    await conductor.promotion.promote(confirmation);
    await promoted(conductor);
  });

  test('C: a door left open outlives the end and a restart, and only then is the record let go', async () => {
    const { id, conductor } = await brokenGlass();
    await conductor.door.putOff('Robin', 'The administrator is on the road.');
    await conductor.promotion.stateFencing(fencing);
    await conductor.promotion.promote(confirmation);
    await promoted(conductor);
    await conductor.token.delete();
    await conductor.ending.end();
    expect(conductor.state.phase).toBe('ended');
    expect(conductor.state.openItems).toContain(doorItem);
    await bench.restart();
    expect(await bench.ceremonies.list()).toMatchObject([
      { outcome: 'closed', door: [...bench.nodes] },
    ]);
    expect((await problemFrom(bench.ceremonies.letGo(id))).known).toContain('door');

    // A primary has no such endpoint any more: no node proves it, a named person does.
    const again = await bench.ceremonies.take(id);
    bench.site.faults.closeDoor();
    await again.door.close('Sasha');
    expect(openDoors(again.state)).toHaveLength(bench.nodes.length);
    for (const node of bench.nodes)
      await again.door.vouch({ node, by: 'Sasha', how: 'The line is gone from the file.' });
    expect(again.state.phase).toBe('ended');
    expect(again.state.openItems).not.toContain(doorItem);
    await bench.restart();
    expect((await bench.ceremonies.list())[0]).not.toHaveProperty('door');
    // All of it is under the newest signature.
    const signed = (await bench.signatures.read(id)).at(-1);
    expect(signed?.seq).toBe((await bench.ceremonies.entries(id)).length);
  });
});

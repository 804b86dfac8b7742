import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Secret } from '../../shared/secret.ts';
import { problemFrom, typesOf } from '../fakes/ceremony-bench.ts';
import { skipWithoutKeyring, useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';
import { RealBench } from './real-bench.ts';
import { isBao, RealServer } from './server.ts';

const doors = isBao ? (['open', 'authenticated'] as const) : (['open'] as const);

describe.skipIf(skipWithoutKeyring('a real server'))('on a real server', () => {
  let keyring: PrivateKeyring;
  beforeAll(async () => {
    keyring = await useKeyring();
  });
  afterAll(() => keyring.stop());

  describe.each(doors)('a root token, %s endpoint', (door) => {
    let server: RealServer;
    let bench: RealBench;
    beforeAll(async () => {
      server = await RealServer.start(1, door === 'open');
      await server.unseal();
    });
    afterAll(() => server.stop());
    beforeEach(async () => {
      bench = await RealBench.open(server);
      if (door === 'authenticated') bench.vaultToken = server.rootToken;
    });
    afterEach(() => bench.close());

    test('is made, shown, kept and revoked with proof', async () => {
      const { conductor } = await bench.ready('root-token');
      await conductor.attempt.start();
      for (const n of [0, 1, 2]) await bench.give(conductor, n);
      await conductor.token.decode();
      const token = await conductor.token.show('Robin', 'Wim');
      const self = await server.ask('GET', 'auth/token/lookup-self', undefined, {
        token: token.expose(),
      });
      expect(self).toMatchObject({ status: 200, body: { data: { policies: ['root'] } } });
      expect(await conductor.token.delete()).toBe(true);
      const after = await server.ask('GET', 'auth/token/lookup-self', undefined, {
        token: token.expose(),
      });
      expect(after.status).toBe(403);
      await conductor.ending.end();
      expect(conductor.state).toMatchObject({ phase: 'ended', outcome: 'closed', openItems: [] });
    });

    test('a wrong share fails the round, and the same nonce goes on', async () => {
      const { conductor } = await bench.ready('root-token');
      await conductor.attempt.start();
      for (const n of [0, 1]) await bench.give(conductor, n);
      const wrong = Secret.of('share', randomBytes(33).toString('base64'));
      const problem = await problemFrom(conductor.attempt.giveShare('Chidi', wrong));
      expect(problem.code).toBe('vault.shares-do-not-combine');
      expect(conductor.state).toMatchObject({ phase: 'collecting', attempt: { round: 2 } });
      await conductor.attempt.cancel('Real');
      expect(conductor.state).toMatchObject({ phase: 'ready', cancelled: true });
    });

    test('the same share elsewhere, in hex, is counted once; a restart goes on', async () => {
      const { id, conductor } = await bench.ready('root-token');
      await conductor.attempt.start();
      if (conductor.state.phase !== 'collecting') throw new Error('not collecting');
      const { nonce } = conductor.state.attempt;
      const hex = Buffer.from(server.keys[0] ?? '', 'base64').toString('hex');
      const path = door === 'open' ? 'sys/generate-root' : 'sys/generate-root-token';
      const token = { token: server.rootToken.expose() };
      await server.ask('PUT', `${path}/update`, { key: hex, nonce }, token);
      await conductor.recheck();
      await conductor.attempt.nameElsewhere(undefined, 'by the command line');
      await problemFrom(bench.give(conductor, 0));
      expect(conductor.state).toMatchObject({ phase: 'collecting', attempt: { progress: 1 } });
      const again = await bench.restart(id);
      // It is taken up in the background: its own look at the server comes first.
      await vi.waitUntil(() => typesOf(again).includes('resumed'));
      await again.attempt.cancel('Real');
      expect(typesOf(again)).toContain('attempt.cancelled');
    });
  });

  test('without a token where one is needed, preflight stops and says so', async () => {
    const server = await RealServer.start(1, false);
    const bench = await RealBench.open(server);
    try {
      await server.unseal();
      const { conductor } = await bench.ready('root-token');
      if (isBao)
        expect(conductor.state).toMatchObject({
          phase: 'preflight',
          preflight: { tokenNeeded: true },
        });
    } finally {
      await bench.close();
      await server.stop();
    }
  });

  test('unseals two raft nodes, a wrong share and a reset on the way', async () => {
    const server = await RealServer.start(2, true);
    const bench = await RealBench.open(server);
    try {
      await server.unseal(0);
      await server.unseal(1);
      await server.kill(1);
      await server.kill(0);
      await server.run(0);
      await server.run(1);
      const { conductor } = await bench.ready('unseal');
      await conductor.attempt.start();
      await bench.give(conductor, 0);
      await conductor.attempt.resetUnseal('Robin', 'to see that it forgets');
      for (const n of [0, 1]) await bench.give(conductor, n);
      const wrong = Secret.of('share', randomBytes(33).toString('base64'));
      const problem = await problemFrom(conductor.attempt.giveShare('Chidi', wrong));
      expect(problem.code).toBe('vault.shares-do-not-combine');
      for (const n of [0, 1, 2]) expect(await bench.give(conductor, n)).toBeTruthy();
      for (const n of [0, 1, 2]) await bench.give(conductor, n);
      await conductor.ending.end();
      expect(conductor.state).toMatchObject({ phase: 'ended', outcome: 'closed' });
    } finally {
      await bench.close();
      await server.stop();
    }
  });
});

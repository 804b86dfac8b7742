import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readAttempt } from '../../electron/vault/attempt.ts';
import { problemFrom, typesOf } from '../fakes/ceremony-bench.ts';
import { skipWithoutKeyring, useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';
import { RealBench } from './real-bench.ts';
import { RealServer } from './server.ts';

/* What happens to the nodes in the middle of an attempt: sealed, restarted, no longer the leader. */
describe.skipIf(skipWithoutKeyring('a real server'))('the nodes of a real server', () => {
  let keyring: PrivateKeyring;
  beforeAll(async () => {
    keyring = await useKeyring();
  });
  afterAll(() => keyring.stop());

  async function on(
    nodes: 1 | 2,
    work: (server: RealServer, bench: RealBench) => Promise<void>,
  ): Promise<void> {
    const server = await RealServer.start(nodes, true);
    const bench = await RealBench.open(server);
    try {
      for (const at of server.nodes.keys()) await server.unseal(at);
      await work(server, bench);
    } finally {
      await bench.close();
      await server.stop();
    }
  }

  test('sealed in the middle: the share is refused, and the attempt is what the server says', () =>
    on(1, async (server, bench) => {
      const { conductor } = await bench.ready('root-token');
      await conductor.attempt.start();
      await bench.give(conductor, 0);
      await server.ask('PUT', 'sys/seal', undefined, { token: server.rootToken.expose() });
      const problem = await problemFrom(bench.give(conductor, 1));
      expect(problem.code).toBe('vault.sealed');
      expect(conductor.state.phase).toBe('collecting');
      await server.unseal();
      const sentence = await conductor.recheck();
      console.log(`after sealing and unsealing: ${conductor.state.phase}. ${sentence}`);
      expect(['collecting', 'gone']).toContain(conductor.state.phase);
      if (conductor.state.phase === 'gone') await conductor.attempt.start();
      for (const n of [1, 2, 3])
        if (conductor.state.phase === 'collecting') await bench.give(conductor, n);
      await conductor.token.decode();
      expect(await conductor.token.delete()).toBe(true);
    }));

  test('the process restarts in the middle: the attempt is gone, and a new one goes on', () =>
    on(1, async (server, bench) => {
      const { conductor } = await bench.ready('root-token');
      await conductor.attempt.start();
      await bench.give(conductor, 0);
      await server.kill(0);
      await server.run(0);
      await server.unseal();
      await conductor.recheck();
      expect(conductor.state.phase).toBe('gone');
      await conductor.attempt.start();
      for (const n of [0, 1, 2]) await bench.give(conductor, n);
      await conductor.token.decode();
      expect(await conductor.token.delete()).toBe(true);
    }));

  test('a standby is asked: preflight goes to the leader; what the standby does itself is shown', () =>
    on(2, async (server, bench) => {
      const [leader, standby] = server.nodes;
      bench.nodes = [...server.nodes].reverse();
      const { conductor } = await bench.ready('root-token');
      expect(conductor.state).toMatchObject({ phase: 'ready', preflight: { node: leader } });
      await conductor.attempt.start();
      await bench.give(conductor, 0);
      if (!standby) throw new Error('no standby');
      const seen = await bench.onNode((node) => readAttempt(node, 'root-token'), standby);
      expect(seen).toMatchObject({ started: true, progress: 1 });

      await server.everyoneVotes();
      // The leader hands over: its memory has the attempt, the new leader's has not.
      await server.stepDown();
      await vi.waitUntil(async () => (await server.leads(1)) && !(await server.leads(0)), {
        timeout: 60_000,
        interval: 250,
      });
      const sentence = await conductor.recheck();
      console.log(`after a change of leader: ${conductor.state.phase}. ${sentence}`);
      expect(conductor.state.phase).toBe('gone');
      await server.stepDown(1);
      await vi.waitUntil(() => server.leads(0), { timeout: 60_000, interval: 250 });
      const back = await conductor.recheck();
      console.log(`after it led again: ${conductor.state.phase}. ${back}`);
      expect(['gone', 'collecting']).toContain(conductor.state.phase);
      if (conductor.state.phase === 'gone') await conductor.attempt.start();
      const given = conductor.state.phase === 'collecting' ? conductor.state.attempt.progress : 0;
      for (const n of [0, 1, 2].slice(given)) await bench.give(conductor, n);
      expect(typesOf(conductor)).toContain('token.encoded.kept');
      await conductor.token.decode();
      expect(await conductor.token.delete()).toBe(true);
    }));

  test('only a standby is in the profile: preflight stops and names the leader', () =>
    on(2, async (server, bench) => {
      bench.nodes = server.nodes.slice(1);
      const { conductor } = await bench.ready('root-token');
      expect(conductor.state.phase).toBe('preflight');
      const found = conductor.records.flatMap(({ event }) =>
        event.type === 'preflight.checked' ? event.findings : [],
      );
      expect(found.filter(({ level }) => level === 'stop').map(({ what }) => what)).toEqual(
        expect.arrayContaining([expect.stringContaining(server.nodes[0] ?? '')]),
      );
    }));
});

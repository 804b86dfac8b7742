import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeKey } from '../../electron/pgp/app-key.ts';
import { lookAtSetup, writeSetup } from '../../electron/shift/setup.ts';
import { capabilitiesOf, issueByRole, lookUpBatch } from '../../electron/vault/batch-token.ts';
import { writePolicy, writeTokenRole } from '../../electron/vault/policies.ts';
import { revokeSelf } from '../../electron/vault/token.ts';
import { Secret } from '../../shared/secret.ts';
import { setupParts } from '../../shared/shift/events.ts';
import { promotePath, usualNames, wantedRole } from '../../shared/shift/setup.ts';
import { problemFrom } from '../fakes/ceremony-bench.ts';
import { skipWithoutKeyring, useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';
import { RealBench } from './real-bench.ts';
import { isBao, RealServer } from './server.ts';

/* PGP mode, and the batch token of the shift desk, on a real server. */
describe.skipIf(skipWithoutKeyring('a real server'))('tokens of a real server', () => {
  let keyring: PrivateKeyring;
  let server: RealServer;
  let bench: RealBench;
  beforeAll(async () => {
    keyring = await useKeyring();
    server = await RealServer.start(1, true);
    await server.unseal();
  });
  afterAll(async () => {
    await server.stop();
    await keyring.stop();
  });
  beforeEach(async () => {
    bench = await RealBench.open(server);
  });
  afterEach(() => bench.close());

  const giveAll = async (conductor: Parameters<RealBench['give']>[0]) => {
    for (const n of [0, 1, 2]) await bench.give(conductor, n);
  };
  const policiesOf = async (token: Secret) =>
    server.ask('GET', 'auth/token/lookup-self', undefined, { token: token.expose() });

  test('PGP mode with a key of the ceremony: decrypted, used, revoked', async () => {
    const { conductor } = await bench.ready('root-token');
    await conductor.attempt.start('app');
    expect(conductor.state).toMatchObject({ attempt: { key: { from: 'app' } } });
    await giveAll(conductor);
    await conductor.token.decode();
    const token = await conductor.token.show('Robin', 'Wim');
    expect(await policiesOf(token)).toMatchObject({ body: { data: { policies: ['root'] } } });
    expect(await conductor.token.delete()).toBe(true);
    expect((await policiesOf(token)).status).toBe(403);
  });

  test('PGP mode with a person’s key: another key does not open it, theirs does', async () => {
    const [officer, other] = [await makeKey('Olga Officer'), await makeKey('Somebody')];
    const { fingerprint, base64 } = officer.publicKey;
    const { conductor } = await bench.ready('root-token');
    await conductor.attempt.start({
      key: { fingerprint, from: 'file', userIds: ['Olga'] },
      base64,
    });
    await giveAll(conductor);
    const opener = (key: typeof other.privateKey) =>
      ({ with: 'key file', opener: { kind: 'key', key } }) as const;
    const problem = await problemFrom(conductor.token.decode(opener(other.privateKey)));
    expect(problem.code).toBe('pgp.not-opened');
    await conductor.token.decode(opener(officer.privateKey));
    expect(await conductor.token.delete()).toBe(true);
  });

  test('a batch token by role: policy and role as the shift desk writes them', async () => {
    await bench.onNode(async (node) => {
      const asked = { node, token: server.rootToken, names: usualNames };
      for (const part of setupParts) {
        expect((await lookAtSetup(part, asked)).found).toBe(false);
        await writeSetup(part, asked);
        expect(await lookAtSetup(part, asked)).toMatchObject({ found: true, differences: [] });
      }
      const order = { token: server.rootToken, role: usualNames.role, ttlSeconds: 600 };
      const issued = await issueByRole(node, order);
      expect(issued.policies).toContain(usualNames.policy);
      expect(await lookUpBatch(node, issued.token)).toMatchObject({ type: 'batch', orphan: true });
      expect(await capabilitiesOf(node, issued.token, promotePath)).toEqual(['read', 'update']);
      const refused = await problemFrom(revokeSelf(node, issued.token));
      expect(refused.facts?.['serverText']).toContain('batch tokens cannot be revoked');
    });
  });

  test.runIf(isBao)('a batch token opens the authenticated endpoint for a ceremony', async () => {
    const closed = await RealServer.start(1, false);
    const desk = await RealBench.open(closed);
    try {
      await closed.unseal();
      const policy = ['attempt', 'update']
        .map(
          (call) =>
            `path "sys/generate-root-token/${call}" { capabilities = ["create", "read", "update", "delete"] }`,
        )
        .join('\n');
      const issued = await desk.onNode(async (node) => {
        const { rootToken } = closed;
        await writePolicy(node, rootToken, 'make-root', policy);
        const role = wantedRole({ policy: 'make-root', role: 'make-root' });
        await writeTokenRole(node, rootToken, 'make-root', role);
        const order = { token: rootToken, role: 'make-root', ttlSeconds: 600 };
        return (await issueByRole(node, order)).token;
      });
      desk.vaultToken = Secret.of('vault-token', issued.expose());
      const { conductor } = await desk.ready('root-token');
      await conductor.attempt.start();
      for (const n of [0, 1, 2]) await desk.give(conductor, n);
      await conductor.token.decode();
      expect(await conductor.token.delete()).toBe(true);
    } finally {
      await desk.close();
      await closed.stop();
    }
  });
});

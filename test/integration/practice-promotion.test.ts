import { afterEach, describe, expect, it } from 'vitest';
import {
  everySwitchSetting,
  PracticeSite,
  switchAnswers,
  type PracticeSwitches,
} from '../../electron/practice/site.ts';
import { doorProofs } from './practice-door-proofs.ts';
import {
  ask,
  attempt,
  complete,
  dataOf,
  dr,
  drOperationToken,
  promoted,
  start,
  status,
  until,
  type Answer,
} from './practice-client.ts';

let site: PracticeSite;
afterEach(async () => site.stop());

const begin = async (outageMs = 1_000): Promise<string> => {
  site = await PracticeSite.start({ outageMs });
  return drOperationToken(site);
};
const promote = (token: string, more: Record<string, unknown> = {}): Promise<Answer> =>
  ask(site, { path: `${dr}/promote`, body: { dr_operation_token: token, ...more } });
const remove = (token: string): Promise<Answer> =>
  ask(site, { path: `${dr}/operation-token/delete`, body: { dr_operation_token: token } });
const revoke = (token: string): Promise<Answer> =>
  ask(site, {
    path: 'auth/token/revoke-self',
    method: 'PUT',
    headers: { 'X-Vault-Token': token },
  });
const lookup = (token: string): Promise<Answer> =>
  ask(site, { path: 'auth/token/lookup-self', headers: { 'X-Vault-Token': token } });

describe('promotion (§4)', () => {
  it('answers with the warning, goes away, and comes back as a primary', async () => {
    // Long enough for a busy machine to see every phase of it.
    const token = await begin(5_000);
    const reply = await promote(token, { primary_cluster_addr: 'https://new.example:8201' });
    expect(reply).toMatchObject({
      status: 200,
      json: {
        data: null,
        warnings: [
          'This cluster is being promoted to a replication primary. Vault will be unavailable for a brief period and will resume service shortly.',
        ],
      },
    });
    await expect(ask(site, { path: 'sys/health' })).rejects.toThrow();

    const seen = new Set<number | 'reset'>();
    const settled = await until(
      async () => {
        const answer = await ask(site, { path: 'sys/health' }).catch(() => undefined);
        seen.add(answer?.status ?? 'reset');
        return answer ?? ask(site, { path: 'sys/health' });
      },
      (answer) => answer.status === 200,
    );
    expect([...seen]).toEqual(expect.arrayContaining(['reset', 503, 472, 200]));
    expect(settled.json['replication_dr_mode']).toBe('primary');

    const replication = dataOf(await ask(site, { path: 'sys/replication/dr/status' }));
    expect(replication).toMatchObject({
      mode: 'primary',
      state: 'running',
      cluster_id: site.clusterId,
      primary_cluster_addr: 'https://new.example:8201',
    });
    expect((await lookup(site.rootToken.expose())).status).toBe(200);
    expect(
      (
        await ask(site, {
          node: site.loadBalancer,
          path: 'auth/token/lookup-self',
          headers: { 'X-Vault-Token': site.rootToken.expose() },
        })
      ).status,
    ).toBe(200);
  });

  it('answers a second promotion with "Not a DR secondary."', async () => {
    const token = await begin();
    await promoted(site, token);
    expect(await promote(token)).toMatchObject({
      status: 400,
      json: { errors: ['Not a DR secondary.'] },
    });
    expect((await start(site)).json).toEqual({ errors: ['Not a DR secondary.'] });
  });

  it('is not stopped by a lost reply', async () => {
    const token = await begin();
    site.faults.dropNext('promote', 'after');
    await expect(promote(token)).rejects.toThrow();
    const back = await until(
      () => ask(site, { path: 'sys/health' }),
      (answer) => answer.status === 200,
    );
    expect(back.json['replication_dr_mode']).toBe('primary');
  });

  it('does not happen when the call is lost on its way', async () => {
    const token = await begin();
    site.faults.dropNext('promote', 'before');
    await expect(promote(token)).rejects.toThrow();
    expect((await ask(site, { path: 'sys/health' })).status).toBe(472);
  });

  it('is refused with 503 while replication catches up, but for force', async () => {
    const token = await begin();
    site.faults.promoteRefuses({ times: 2, text: 'replication is still catching up' });
    for (const _ of [1, 2]) {
      expect(await promote(token)).toMatchObject({
        status: 503,
        json: { errors: ['replication is still catching up'] },
      });
    }
    site.faults.promoteRefuses({ times: 9 });
    expect((await promote(token)).text).toContain('still catching up');
    expect((await promote(token, { force: true })).status).toBe(200);
  });

  it('is refused while the merkle trees are being compared', async () => {
    const token = await begin();
    site.faults.lag('merkle-sync', 4000);
    expect((await promote(token)).status).toBe(503);
    site.faults.lag('stream-wals', 3);
    expect((await promote(token)).status).toBe(200);
  });

  it('does not look at X-Vault-Token', async () => {
    const token = await begin();
    const headers = { 'X-Vault-Token': token };
    const answer = await ask(site, { path: `${dr}/promote`, body: {}, headers });
    expect(answer.json).toEqual({ errors: ['DR operation token was not provided'] });
    const root = await promote(site.rootToken.expose());
    expect(root).toMatchObject({ status: 403, json: { errors: ['permission denied'] } });
  });

  it('leaves two primaries when the old one comes back', async () => {
    const token = await begin();
    await site.faults.primaryDown();
    await expect(ask(site, { path: 'sys/health', node: site.primary })).rejects.toThrow();
    await promoted(site, token);
    await site.faults.primaryUp();
    for (const node of [site.primary, ...site.nodes.slice(0, 1)]) {
      const { json } = await ask(site, { path: 'sys/health', node });
      expect(json['replication_dr_mode']).toBe('primary');
    }
  });
});

describe('the DR operation token’s end', () => {
  it('deleted before promotion, it opens nothing', async () => {
    const token = await begin();
    expect((await remove(token)).status).toBe(204);
    expect((await promote(token)).status).toBe(403);
    expect((await remove(token)).status).toBe(403);
  });

  it('asks for the token it is to delete', async () => {
    await begin();
    const answer = await ask(site, { path: `${dr}/operation-token/delete`, body: {} });
    expect(answer).toMatchObject({
      status: 400,
      json: { errors: ['DR operation token was not provided'] },
    });
  });

  it('deleted after promotion, it is gone', async () => {
    const token = await begin();
    await promoted(site, token);
    expect((await lookup(token)).status).toBe(200);
    expect((await remove(token)).status).toBe(204);
    expect((await lookup(token)).status).toBe(403);
  });

  it('revoked by itself after promotion, it is gone', async () => {
    const token = await begin();
    expect((await revoke(token)).text).toContain('path disabled');
    await promoted(site, token);
    expect((await revoke(token)).status).toBe(204);
    expect((await lookup(token)).status).toBe(403);
    expect((await remove(token)).status).toBe(403);
  });
});

/** What shows that a switch is in this position. A switch without an entry does not compile. */
const proofs: {
  readonly [Name in keyof PracticeSwitches]: (answer: PracticeSwitches[Name]) => Promise<void>;
} = {
  authenticatedShape: async (shape) => {
    await site.stop();
    site = await PracticeSite.start({ version: '2.0.0', switches: { authenticatedShape: shape } });
    const headers = { 'X-Vault-Token': site.rootToken.expose() };
    const answer = await ask(site, { path: attempt, headers });
    expect((shape === 'data' ? dataOf(answer) : answer.json)['started']).toBe(false);
  },
  deleteTokenStatus: async (code) => {
    expect((await remove(await drOperationToken(site))).status).toBe(code);
  },
  deleteTokenAfterPromotion: async (answer) => {
    const token = await drOperationToken(site);
    await promoted(site, token);
    const expected = {
      works: { status: 204 },
      'not-a-dr-secondary': { status: 400, json: { errors: ['Not a DR secondary.'] } },
      'unsupported-path': { status: 404, json: { errors: ['unsupported path'] } },
    }[answer];
    expect(await remove(token)).toMatchObject(expected);
  },
  revokeSelfAfterPromotion: async (answer) => {
    const token = await drOperationToken(site);
    await promoted(site, token);
    expect((await revoke(token)).status).toBe(answer === 'works' ? 204 : 403);
  },
  tokenSurvivesPromotion: async (survives) => {
    const token = await drOperationToken(site);
    await promoted(site, token);
    expect((await lookup(token)).status).toBe(survives ? 200 : 403);
    expect((await remove(token)).status).toBe(survives ? 204 : 403);
  },
  notDrSecondaryStatus: async (code) => {
    const answer = await ask(site, { path: attempt, node: site.primary, body: {} });
    expect(answer).toMatchObject({ status: code, json: { errors: ['Not a DR secondary.'] } });
  },
  badDrTokenStatus: async (code) => {
    expect(await promote('hvs.wrong')).toMatchObject({
      status: code,
      json: { errors: ['permission denied'] },
    });
  },
  standbysAfterPromotion: async (answer) => {
    await site.stop();
    site = await PracticeSite.start({
      outageMs: 4_000,
      switches: { standbysAfterPromotion: answer },
    });
    await promoted(site, await drOperationToken(site));
    const standby = (): Promise<Answer> =>
      ask(site, { path: 'sys/health', ...(site.nodes[1] ? { node: site.nodes[1] } : {}) });
    expect((await standby()).status).toBe(answer === 'stay-unsealed' ? 429 : 503);
    await until(standby, ({ status: code }) => code === 429);
  },
  promoteReply: async (answer) => {
    const reply = await promote(await drOperationToken(site));
    expect(reply.status).toBe(answer === '204' ? 204 : 200);
    expect(reply.text.includes('"warnings":["')).toBe(
      answer === '200-warnings' || answer === '200-other-warning',
    );
    expect(Object.hasOwn(reply.json, 'required')).toBe(answer === '200-stale-sample');
  },
  catchingUpText: async (text) => {
    const token = await drOperationToken(site);
    site.faults.promoteRefuses({ times: 1 });
    expect((await promote(token)).json).toEqual({ errors: [text] });
  },
  attemptSurvivesLeaderChange: async (survives) => {
    await start(site);
    site.faults.changeLeader();
    expect((await status(site)).json['started']).toBe(false);
    site.faults.bringBackLeader();
    expect((await status(site)).json['started']).toBe(survives);
  },
  standbyAnswer: async (answer) => {
    const node = site.nodes[1];
    const reply = await ask(site, { path: attempt, ...(node === undefined ? {} : { node }) });
    expect(reply.status).toBe({ forward: 200, redirect: 307, refuse: 500 }[answer]);
  },
  stateWithoutPrimary: async (state) => {
    await site.faults.primaryDown();
    expect(dataOf(await ask(site, { path: 'sys/replication/dr/status' }))['state']).toBe(state);
  },
  tokenShape: async (shape) => {
    const token = await drOperationToken(site);
    expect(token).toHaveLength(28);
    expect(token.startsWith('hvs.')).toBe(shape === 'prefixed');
  },
  namespacedRootPath: async (answer) => {
    const headers = { 'X-Vault-Namespace': 'team-a' };
    const namespaced = await ask(site, { path: attempt, headers });
    expect(namespaced.status).toBe(answer === '404-unsupported-path' ? 404 : 400);
    const root = await ask(site, { path: attempt, headers: { 'X-Vault-Namespace': 'root' } });
    expect(root.status).toBe(200);
  },
  ...doorProofs,
};

describe('every switch in every position', () => {
  const prove = <Name extends keyof PracticeSwitches>(
    name: Name,
    setting: PracticeSwitches,
  ): Promise<void> => proofs[name](setting[name]);

  it.each(everySwitchSetting())('$name: $answer', async ({ name, switches }) => {
    site = await PracticeSite.start({ outageMs: 1_000, switches });
    await prove(name, switches);
  });

  it('are all walked through, and a ceremony completes under each default', async () => {
    site = await PracticeSite.start();
    const walked = everySwitchSetting().map(({ name, answer }) => `${name}=${answer}`);
    const all = Object.entries(switchAnswers).flatMap(([name, answers]) =>
      answers.map((answer) => `${name}=${String(answer)}`),
    );
    expect(walked.sort()).toEqual(all.sort());
    expect((await complete(site)).last.json['complete']).toBe(true);
  });
});

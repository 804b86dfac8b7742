import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { makeKey } from '../../electron/pgp/app-key.ts';
import { PracticeSite } from '../../electron/practice/site.ts';
import { whyDiffers, type Told } from './explained.ts';
import { attempts, pgp, sealing, shift, standby, type Played, type Step } from './scripts.ts';
import { askPlain, RealServer, type Answer } from './server.ts';

/* The same scripts of requests at the real server and at a practice cluster: status, fields, words. */

interface Difference {
  readonly name: string;
  readonly real: Told;
  readonly practice: Told;
  readonly why: string | undefined;
}

const differences: Difference[] = [];
let compared = 0;
afterAll(() => {
  const report = join(tmpdir(), 'keyturn-real-differences.json');
  writeFileSync(report, `${JSON.stringify(differences, undefined, 2)}\n`);
  for (const { name, why, real, practice } of differences) {
    console.log(`${why ? 'explained' : 'UNEXPLAINED'}: ${name}${why ? `\n  ${why}` : ''}`);
    console.log(`  real     ${JSON.stringify(real)}\n  practice ${JSON.stringify(practice)}`);
  }
  const open = differences.filter(({ why }) => !why).length;
  console.log(
    `${compared} requests compared; ${differences.length} differ, ${open} without an explanation. Report: ${report}`,
  );
});

test('the active node: an attempt, PGP mode, policy, role and tokens, sealing', async () => {
  const server = await RealServer.start(1, true, 'raft');
  const site = await PracticeSite.start({ outageMs: 1_000 });
  try {
    await server.unseal();
    const { publicKey } = await makeKey('Compare');
    const script = async (step: Step, played: Played) => {
      await attempts(step, played);
      await pgp(step, played, publicKey.base64);
      await shift(step, played);
      await sealing(step, played);
    };
    await compare(realAt(server, 0), practiceAt(site, site.primary), script);
  } finally {
    await site.stop();
    await server.stop();
  }
});

test('a standby', async () => {
  const server = await RealServer.start(2, true);
  const site = await PracticeSite.start({ outageMs: 1_000 });
  try {
    await server.unseal(0);
    await server.unseal(1);
    await compare(realAt(server, 1), practiceAt(site, site.nodes[1] ?? site.primary), standby);
  } finally {
    await site.stop();
    await server.stop();
  }
});

async function compare(
  real: Played,
  practice: Played,
  script: (step: Step, played: Played) => Promise<void>,
): Promise<void> {
  const [told, other] = [await play(real, script), await play(practice, script)];
  const found = [...told].flatMap(([name, one]): Difference[] => {
    const two = other.get(name);
    if (!two) throw new Error(`"${name}" was not played at the practice cluster.`);
    if (JSON.stringify(one) === JSON.stringify(two)) return [];
    return [{ name, real: one, practice: two, why: whyDiffers(one, two) }];
  });
  compared += told.size;
  differences.push(...found);
  expect(found.filter(({ why }) => !why).map(({ name }) => name)).toEqual([]);
}

async function play(
  played: Played,
  script: (step: Step, played: Played) => Promise<void>,
): Promise<ReadonlyMap<string, Told>> {
  const told = new Map<string, Told>();
  const step: Step = async (name, method, path, body, token) => {
    const answer = await played.ask(method, path, body, token);
    if (told.has(name)) throw new Error(`"${name}" stands twice in the script.`);
    told.set(name, tell(answer));
    return answer;
  };
  await script(step, played);
  return told;
}

function tell({ status, body }: Answer): Told {
  const errors = z.object({ errors: z.array(z.string()) }).safeParse(body).data?.errors ?? [];
  const plain = errors.map((error) => error.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'NONCE'));
  const fields = Object.entries(recordOf(body)).flatMap(([name, value]) => [
    name,
    ...(name === 'data' || name === 'auth'
      ? Object.keys(recordOf(value)).map((inner) => `${name}.${inner}`)
      : []),
  ]);
  return { status, fields: fields.sort(), errors: plain };
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  z.record(z.string(), z.unknown()).safeParse(value).data ?? {};

const realAt = (server: RealServer, at: number): Played => ({
  ask: (method, path, body, token) =>
    server.ask(method, path, body, { at, ...(token === undefined ? {} : { token }) }),
  keys: server.keys,
  rootToken: server.rootToken.expose(),
  seal: async () => {
    await server.ask('PUT', 'sys/seal', undefined, { at, token: server.rootToken.expose() });
  },
});

const practiceAt = (site: PracticeSite, node: typeof site.primary): Played => ({
  ask: (method, path, body, token) =>
    askPlain(`${node}/v1/${path}`, {
      ca: site.caPem,
      method,
      body,
      token,
      client: { cert: site.clientCertificate.certPem, key: site.clientCertificate.keyPem },
    }),
  keys: site.shares.map((share) => share.expose()),
  rootToken: site.rootToken.expose(),
  seal: () => Promise.resolve(site.faults.seal(node)),
});

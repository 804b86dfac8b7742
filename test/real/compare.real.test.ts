import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { PracticeSite } from '../../electron/practice/site.ts';
import { explained } from './explained.ts';
import { askPlain, RealServer, type Answer } from './server.ts';

type Ask = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** One script of requests, the same for both. Shares are each server's own. */
async function play(ask: Ask, keys: readonly string[]): Promise<ReadonlyMap<string, Told>> {
  const told = new Map<string, Told>();
  const step = async (name: string, method: string, path: string, body?: unknown) => {
    const answer = await ask(method, `sys/${path}`, body);
    told.set(name, tell(answer));
    return answer;
  };
  const [attempt, update] = ['generate-root/attempt', 'generate-root/update'];
  await step('seal status', 'GET', 'seal-status');
  await step('unseal, unsealed already', 'PUT', 'unseal', { key: keys[0] });
  await step('unseal, neither key nor reset', 'PUT', 'unseal', {});
  await step('status, none', 'GET', attempt);
  await step('cancel, none', 'DELETE', attempt);
  await step('update, none', 'PUT', update, { key: keys[0], nonce: 'x' });
  await step('start, OTP too short', 'PUT', attempt, { otp: 'abc' });
  await step('start, no PGP key', 'PUT', attempt, { pgp_key: 'AAAA' });
  const started = await step('start', 'PUT', attempt, {});
  const { nonce } = z.object({ nonce: z.string() }).parse(started.body);
  await step('start, again', 'PUT', attempt, {});
  await step('update, no body', 'PUT', update);
  await step('update, no key', 'PUT', update, { nonce });
  await step('update, no share at all', 'PUT', update, { key: 'zz', nonce });
  await step('update, too short', 'PUT', update, { key: '0011', nonce });
  await step('update, too long', 'PUT', update, { key: '00'.repeat(40), nonce });
  await step('update, other nonce', 'PUT', update, { key: keys[0], nonce: 'x' });
  await step('first share', 'PUT', update, { key: keys[0], nonce });
  await step('first share, again', 'PUT', update, { key: keys[0], nonce });
  await step('second share', 'PUT', update, { key: keys[1], nonce });
  const wrong = randomBytes(33).toString('base64');
  await step('wrong share at the threshold', 'PUT', update, { key: wrong, nonce });
  await step('status, after it', 'GET', attempt);
  for (const key of keys.slice(0, 2)) await ask('PUT', `sys/${update}`, { key, nonce });
  await step('last share', 'PUT', update, { key: keys[2], nonce });
  await step('status, completed', 'GET', attempt);
  await step('wrong method', 'POST', 'seal-status', {});
  return told;
}

interface Told {
  readonly status: number;
  readonly keys: readonly string[];
  readonly errors: readonly string[];
}

/** What is compared: the status, the names of the fields, and the words of an error. */
function tell({ status, body }: Answer): Told {
  const fields = z.record(z.string(), z.unknown()).safeParse(body).data ?? {};
  const errors = z.object({ errors: z.array(z.string()) }).safeParse(body).data?.errors ?? [];
  const plain = errors.map((error) => error.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'NONCE'));
  return { status, keys: Object.keys(fields).sort(), errors: plain };
}

test('one script of requests: the practice cluster differs only where it is explained', async () => {
  const server = await RealServer.start(1, true);
  const site = await PracticeSite.start({ outageMs: 1_000 });
  try {
    await server.unseal();
    const real = await play((method, path, body) => server.ask(method, path, body), server.keys);
    const shares = [0, 1, 2].map((n) => site.envelope(n).share.expose());
    const practice = await play(
      (method, path, body) =>
        askPlain(`${site.primary}/v1/${path}`, {
          ca: site.caPem,
          method,
          body,
          client: { cert: site.clientCertificate.certPem, key: site.clientCertificate.keyPem },
        }),
      shares,
    );
    const lines = [...real].flatMap(([name, one]) => {
      const other = practice.get(name);
      if (JSON.stringify(one) === JSON.stringify(other)) return [];
      const why = explained[name];
      return [{ name, real: one, practice: other, why }];
    });
    const report = join(tmpdir(), 'keyturn-real-differences.json');
    writeFileSync(report, `${JSON.stringify(lines, undefined, 2)}\n`);
    for (const { name, why, ...both } of lines)
      console.log(
        `${why ? 'explained' : 'UNEXPLAINED'}: ${name}\n  ${why ?? JSON.stringify(both)}`,
      );
    console.log(`${real.size} requests compared; ${lines.length} differ. Report: ${report}`);
    expect(lines.filter(({ why }) => !why).map(({ name }) => name)).toEqual([]);
  } finally {
    await site.stop();
    await server.stop();
  }
});

import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { policyText, usualNames, wantedRole } from '../../shared/shift/setup.ts';
import type { Answer } from './server.ts';

/** One server under comparison: the same requests go to the real one and to the practice cluster. */
export interface Played {
  /** @param token in `X-Vault-Token`; absent: none. */
  ask(method: string, path: string, body?: unknown, token?: string): Promise<Answer>;
  /** Each server's own, in a form it takes. */
  readonly keys: readonly string[];
  readonly rootToken: string;
  /** Seals the node that is asked. */
  seal(): Promise<void>;
}

/** Plays one step and remembers what came of it. */
export type Step = (
  name: string,
  method: string,
  path: string,
  body?: unknown,
  token?: string,
) => Promise<Answer>;

const [attempt, update] = ['sys/generate-root/attempt', 'sys/generate-root/update'];
const nonceOf = ({ body }: Answer): string => z.object({ nonce: z.string() }).parse(body).nonce;
const foreignShare = (): string => randomBytes(33).toString('base64');

/** A root token attempt, with every mistake on the way. */
export async function attempts(step: Step, { keys }: Played): Promise<void> {
  await step('status, none', 'GET', attempt);
  await step('cancel, none', 'DELETE', attempt);
  await step('update, none', 'PUT', update, { key: keys[0], nonce: 'x' });
  await step('start, OTP too short', 'PUT', attempt, { otp: 'abc' });
  await step('start, no PGP key', 'PUT', attempt, { pgp_key: 'AAAA' });
  const nonce = nonceOf(await step('start', 'PUT', attempt, {}));
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
  await step('wrong share at the threshold', 'PUT', update, { key: foreignShare(), nonce });
  await step('status, after it', 'GET', attempt);
  await step('first share, round 2', 'PUT', update, { key: keys[0], nonce });
  await step('second share, round 2', 'PUT', update, { key: keys[1], nonce });
  await step('last share', 'PUT', update, { key: keys[2], nonce });
  await step('status, completed', 'GET', attempt);
  await step('start, empty body', 'PUT', attempt);
  await step('cancel, one runs', 'DELETE', attempt);
  await step('status, cancelled', 'GET', attempt);
  await step('update, wrong method', 'GET', update);
}

/** PGP mode; a key beside an OTP is ignored. */
export async function pgp(step: Step, { keys }: Played, publicKey: string): Promise<void> {
  const nonce = nonceOf(await step('start, PGP', 'PUT', attempt, { pgp_key: publicKey }));
  await step('status, PGP', 'GET', attempt);
  for (const n of [0, 1]) await step(`share ${n + 1}, PGP`, 'PUT', update, { key: keys[n], nonce });
  await step('last share, PGP', 'PUT', update, { key: keys[2], nonce });
  await step('start, not base64', 'PUT', attempt, { pgp_key: '***' });
}

/** Policy, role, batch token: what the shift desk asks, and what it must never ask. */
export async function shift(step: Step, { rootToken }: Played): Promise<void> {
  const { policy, role } = usualNames;
  const [policyPath, rolePath] = [`sys/policies/acl/${policy}`, `auth/token/roles/${role}`];
  const root = (name: string, method: string, path: string, body?: unknown) =>
    step(name, method, path, body, rootToken);
  await root('policy, absent', 'GET', policyPath);
  await step('policy, no token', 'GET', policyPath);
  await step('policy, unknown token', 'GET', policyPath, undefined, 'hvs.unknown');
  await root('policy, without text', 'PUT', policyPath, {});
  await root('policy, written', 'PUT', policyPath, { policy: policyText() });
  await root('policy, read', 'GET', policyPath);
  await root('role, absent', 'GET', rolePath);
  const wanted = wantedRole(usualNames);
  await root('role, renewable batch', 'POST', rolePath, { ...wanted, renewable: true });
  await root('role, no such type', 'POST', rolePath, { ...wanted, token_type: 'paper' });
  await root('role, written', 'POST', rolePath, wanted);
  await root('role, read', 'GET', rolePath);
  await root('token, unknown role', 'POST', 'auth/token/create/no-such-role', {});
  const create = `auth/token/create/${role}`;
  await root('token, limited uses', 'POST', create, { ttl: '600s', num_uses: 3 });
  await root('token, period', 'POST', create, { ttl: '600s', period: '1h' });
  await root('token, other policy', 'POST', create, { ttl: '600s', policies: ['other'] });
  const issued = await root('token, issued', 'POST', create, { ttl: '600s' });
  const { auth } = z.object({ auth: z.object({ client_token: z.string() }) }).parse(issued.body);
  const batch = (name: string, method: string, path: string, body?: unknown) =>
    step(name, method, path, body, auth.client_token);
  await batch('batch, looked up', 'GET', 'auth/token/lookup-self');
  await batch('batch, capabilities', 'POST', 'sys/capabilities-self', {
    paths: ['sys/replication/dr/secondary/promote'],
  });
  await batch('batch, renewed', 'PUT', 'auth/token/renew-self', {});
  await batch('batch, revokes itself', 'PUT', 'auth/token/revoke-self', {});
  await batch('batch, makes another', 'POST', 'auth/token/create', {});
  await batch('batch, elsewhere', 'GET', policyPath);
  await step('no token, looked up', 'GET', 'auth/token/lookup-self');
  await root('root, looked up', 'GET', 'auth/token/lookup-self');
  const other = await root('token, service', 'POST', 'auth/token/create', {
    ttl: '600s',
    policies: ['default'],
  });
  const made = z.object({ auth: z.object({ client_token: z.string() }) }).parse(other.body);
  const service = (name: string, method: string, path: string, body?: unknown) =>
    step(name, method, path, body, made.auth.client_token);
  await service('service, looked up', 'GET', 'auth/token/lookup-self');
  await service('service, revokes itself', 'PUT', 'auth/token/revoke-self', {});
  await service('service, looked up after it', 'GET', 'auth/token/lookup-self');
}

/** How a node says how it is, and its unsealing. Ends unsealed. */
export async function sealing(step: Step, played: Played): Promise<void> {
  const { keys } = played;
  const unseal = 'sys/unseal';
  const health = 'sys/health?standbycode=299&sealedcode=299&drsecondarycode=299&uninitcode=299';
  await step('health', 'GET', health);
  await step('leader', 'GET', 'sys/leader');
  await step('seal status', 'GET', 'sys/seal-status');
  await step('unseal, unsealed already', 'PUT', unseal, { key: keys[0] });
  await step('unseal, neither key nor reset', 'PUT', unseal, {});
  await step('wrong method', 'POST', 'sys/seal-status', {});
  await played.seal();
  await step('sealed: health', 'GET', health);
  await step('sealed: leader', 'GET', 'sys/leader');
  await step('sealed: seal status', 'GET', 'sys/seal-status');
  await step('sealed: attempt', 'GET', attempt);
  await step('sealed: start', 'PUT', attempt, {});
  await step('sealed: share', 'PUT', update, { key: keys[0], nonce: 'x' });
  await step('sealed: token', 'GET', 'auth/token/lookup-self', undefined, played.rootToken);
  await step('unseal, no share at all', 'PUT', unseal, { key: 'zz' });
  await step('unseal, too short', 'PUT', unseal, { key: '0011' });
  await step('unseal, too long', 'PUT', unseal, { key: '00'.repeat(40) });
  await step('unseal, first', 'PUT', unseal, { key: keys[0] });
  await step('unseal, first again', 'PUT', unseal, { key: keys[0] });
  await step('unseal, reset', 'PUT', unseal, { reset: true });
  for (const n of [0, 1]) await step(`unseal, share ${n + 1}`, 'PUT', unseal, { key: keys[n] });
  await step('unseal, wrong at the threshold', 'PUT', unseal, { key: foreignShare() });
  await step('sealed: after it', 'GET', 'sys/seal-status');
  for (const n of [0, 1, 2]) await step(`unseal, again ${n + 1}`, 'PUT', unseal, { key: keys[n] });
}

/** The same calls at a standby, which hands them on. */
export async function standby(step: Step): Promise<void> {
  await step('standby: health', 'GET', 'sys/health?standbycode=299&drsecondarycode=299');
  await step('standby: leader', 'GET', 'sys/leader');
  await step('standby: seal status', 'GET', 'sys/seal-status');
  await step('standby: attempt', 'GET', attempt);
  await step('standby: start', 'PUT', attempt, {});
  await step('standby: start, again', 'PUT', attempt, {});
  await step('standby: cancel', 'DELETE', attempt);
}

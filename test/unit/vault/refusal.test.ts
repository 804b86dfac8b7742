import { describe, expect, test } from 'vitest';
import { refusal } from '../../../electron/vault/refusal.ts';
import { redactor } from '../../../electron/vault/sanitise.ts';
import { nodeAddressSchema } from '../../../shared/ids.ts';
import { problemSchema } from '../../../shared/problem.ts';
import { Secret } from '../../../shared/secret.ts';

const asked = { address: nodeAddressSchema.parse('https://vault-1:8200'), changes: true };
const refuse = (status: number, texts: string[], promoting = false, secrets: Secret[] = []) =>
  refusal(asked, { status, texts, promoting }, redactor(secrets));

// The strings are the servers' own: Vault 1.14.9 (vault/generate_root.go, http/sys_generate_root.go,
// http/handler.go), Vault Enterprise's as seen in its issues, and OpenBao's.
describe('what Vault says, and what it is called here', () => {
  test.each([
    [400, 'root generation already in progress', 'vault.attempt-in-progress'],
    [400, 'root generation already in progress for this namespace', 'vault.attempt-in-progress'],
    [400, 'error parsing PGP key: EOF', 'input.invalid'],
    [400, 'could not acquire PGP key entity', 'input.invalid'],
    [400, 'no root generation in progress', 'vault.no-attempt'],
    [
      400,
      'incorrect nonce supplied; nonce for this root generation operation is "x"',
      'vault.wrong-nonce',
    ],
    [
      400,
      'incorrect strategy supplied; a generate root operation of another type is already in progress',
      'vault.other-attempt',
    ],
    [
      400,
      'given key has already been provided during this generation operation',
      'vault.duplicate-share',
    ],
    [400, "'key' must be specified in request body as JSON", 'vault.share-rejected'],
    [400, "'key' must be a valid hex or base64 string", 'vault.share-rejected'],
    [400, 'invalid key: key is shorter than minimum 16 bytes', 'vault.share-rejected'],
    [400, 'invalid key: key is longer than maximum 33 bytes', 'vault.share-rejected'],
    [400, 'failed to compute root key: duplicate part detected', 'vault.shares-do-not-combine'],
    [
      400,
      'failed to compute master key: all parts must be the same length',
      'vault.shares-do-not-combine',
    ],
    [
      400,
      'root generation aborted: unable to authenticate: unable to retrieve stored keys: invalid key: failed to decrypt keys from storage: cipher: message authentication failed',
      'vault.shares-do-not-combine',
    ],
    [
      400,
      'root generation aborted: unable to authenticate: recovery key verification failed: recovery key does not match submitted values',
      'vault.shares-do-not-combine',
    ],
    [503, 'Vault is sealed', 'vault.sealed'],
    [400, 'server is not yet initialized', 'vault.uninitialised'],
    [500, 'Vault is in standby mode', 'vault.standby'],
    [400, 'Vault is in standby mode', 'vault.standby'],
    [500, 'local node not active but active cluster node not found', 'vault.standby'],
    [400, 'path disabled in replication DR secondary mode', 'vault.endpoint-missing'],
    [400, 'Path disabled in replication DR secondary mode', 'vault.endpoint-missing'],
    [400, 'DR operation token was not provided', 'vault.permission-denied'],
    [400, 'Not a DR secondary.', 'vault.not-dr-secondary'],
    [403, 'permission denied', 'vault.permission-denied'],
    [403, '1 error occurred:\n\t* permission denied\n\n', 'vault.permission-denied'],
    [404, 'enterprise-only feature', 'vault.endpoint-missing'],
    [404, 'unsupported path', 'vault.endpoint-missing'],
    [405, 'unsupported operation', 'vault.endpoint-missing'],
    [429, 'request path "x": rate limit quota exceeded', 'vault.rate-limited'],
    [500, 'internal error', 'vault.error'],
    [400, '1 error occurred:\n\t* no root generation in progress\n\n', 'vault.no-attempt'],
  ])('%i %s', (status, text, code) => {
    const failure = refuse(status, ['something before', text]);
    expect(failure.problem.code).toBe(code);
    expect(failure).toMatchObject({ status, delivery: 'answered', message: code });
    expect(failure.errors).toHaveLength(2);
    expect(failure.problem.facts).toMatchObject({ status: String(status), address: asked.address });
    expect(problemSchema.safeParse(failure.problem).success).toBe(true);
  });

  test.each([
    [403, 'vault.permission-denied'],
    [404, 'vault.endpoint-missing'],
    [405, 'vault.endpoint-missing'],
    [503, 'vault.error'],
  ])('%i without a word', (status, code) => {
    expect(refuse(status, []).problem.code).toBe(code);
  });

  test('503 is "catching up" on promote only', () => {
    expect(refuse(503, ['try later'], true).problem.code).toBe('vault.catching-up');
    expect(refuse(503, ['try later'], false).problem.code).toBe('vault.error');
    expect(refuse(500, ['try later'], true).problem.code).toBe('vault.error');
  });

  test('a token that is one of Vault’s own words does not hide what was said', () => {
    const root = Secret.of('vault-token', 'root');
    const failure = refuse(400, ['no root generation in progress'], false, [root]);
    expect(failure.problem.code).toBe('vault.no-attempt');
    expect(failure.errors).toEqual(['no [redacted] generation in progress']);
  });
});

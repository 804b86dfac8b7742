import { createSecureContext } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { ClockWitness } from '../../../electron/vault/clock.ts';
import { networkFailure } from '../../../electron/vault/network-trouble.ts';
import type { Route } from '../../../electron/vault/route.ts';
import { nodeAddressSchema } from '../../../shared/ids.ts';

// Codes that a server made with Node cannot cause: the alerts that OpenSSL names (seen with
// `openssl s_server -Verify 1`), and what the network below reports.

const address = nodeAddressSchema.parse('https://vault-1:8200');

function named(code: string, hasClientCertificate = false) {
  const route: Route = {
    address,
    host: 'vault-1',
    port: 8200,
    expectedName: 'vault-1',
    proxy: undefined,
    secureContext: createSecureContext(),
    hasClientCertificate,
    clock: new ClockWitness(() => new Date()),
    pinnedRoot: undefined,
  };
  const asked = { address, changes: true };
  const error = Object.assign(new Error('bytes hvs.c2VjcmV0'), { code, rawPacket: 'hvs.c2VjcmV0' });
  const where = { route, asked, stage: 'exchange', delivery: 'unknown', shown: [] } as const;
  return networkFailure(error, where);
}

describe('networkFailure', () => {
  test.each([
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'vault.tls'],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'vault.tls'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'vault.tls'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'vault.tls'],
    ['EPROTO', 'vault.tls'],
    ['EHOSTUNREACH', 'vault.refused'],
    ['ENETUNREACH', 'vault.refused'],
    ['ETIMEDOUT', 'vault.timeout'],
    ['EAI_AGAIN', 'vault.name-not-resolved'],
    ['ECONNRESET', 'vault.reset'],
    ['EPIPE', 'vault.reset'],
    ['CERT_REVOKED', 'vault.certificate'],
    ['CERT_HAS_EXPIRED', 'vault.certificate'],
    ['HPE_INVALID_CONSTANT', 'vault.not-vault'],
    ['SOMETHING_NEW', 'vault.reset'],
    ['not a code\u001b[31m', 'vault.reset'],
  ])('%j', (code, expected) => {
    const failure = named(code);
    expect(failure.problem.code).toBe(expected);
    expect(failure.delivery).toBe('unknown');
    expect(JSON.stringify(failure)).not.toContain('c2VjcmV0');
    expect(JSON.stringify(failure)).not.toContain('\\u001b');
  });

  test('a demanded client certificate and a refused one are told apart', () => {
    const code = 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED';
    expect(named(code).problem.known).toContain('demands a client certificate');
    expect(named(code, true).problem.known).toContain('refused the client certificate');
  });
});

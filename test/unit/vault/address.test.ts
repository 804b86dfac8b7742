import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseNodeAddress } from '../../../electron/vault/address.ts';
import { nodeAddressSchema } from '../../../shared/ids.ts';

describe('parseNodeAddress', () => {
  test.each([
    ['https://vault-1.example.net:8200', 'https://vault-1.example.net:8200'],
    ['  https://vault-1.example.net:8200/\n', 'https://vault-1.example.net:8200'],
    ['HTTPS://Vault-1.EXAMPLE.net:8200', 'https://vault-1.example.net:8200'],
    ['https://vault:443', 'https://vault'],
    ['https://vault', 'https://vault'],
    ['https://10.0.0.7:8200', 'https://10.0.0.7:8200'],
    ['https://[2001:DB8::1]:8200', 'https://[2001:db8::1]:8200'],
  ])('%j', (text, address) => {
    expect(parseNodeAddress(text)).toEqual({ ok: true, value: address });
  });

  test.each([
    ['', 'empty'],
    ['vault:8200', 'https://'],
    ['10.0.0.7', 'https://'],
    ['http://vault:8200', 'without TLS'],
    ['unix:///run/vault.sock', 'unix socket'],
    ['ftp://vault', 'https://'],
    ['https://', 'host'],
    ['https://vault:0', 'Port 0'],
    ['https://vault:65536', 'port'],
    ['https://vault:8200/ui', 'path'],
    ['https://vault:8200/?a', 'query'],
    ['https://vault:8200#', 'query'],
    ['https://me:hunter2@vault:8200', 'user name'],
    ['https://vault\\@other:8200', 'backslash'],
    ['https://va ult:8200', 'space'],
    ['https://vault\u0000:8200', 'invisible'],
    ['https://*.example.net', 'characters'],
    [`https://${'a'.repeat(400)}`, 'longer'],
  ])('refuses %j and says why', (text, why) => {
    const result = parseNodeAddress(text);
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.problem.code).toBe('input.invalid');
    expect(result.problem.known).toContain(why);
    expect(JSON.stringify(result.problem)).not.toContain('hunter2');
  });

  test('whatever it accepts is an address, and is accepted again unchanged', () => {
    const nearly = fc.tuple(
      fc.constantFrom('https://', 'HTTPS://', 'http://', ''),
      fc.webAuthority(),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          nearly.map(([a, b]) => a + b),
        ),
        (text) => {
          const first = parseNodeAddress(text);
          if (!first.ok) return;
          expect(nodeAddressSchema.safeParse(first.value).success).toBe(true);
          expect(parseNodeAddress(first.value)).toEqual(first);
        },
      ),
    );
  });
});

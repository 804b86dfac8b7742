import type { Result } from '../../shared/problem.ts';
import { nodeAddressSchema, type NodeAddress } from '../../shared/ids.ts';

/**
 * Reads a node's address as a person or `VAULT_ADDR` gives it: `https://host:port`. A trailing slash
 * is taken off, case is lowered; nothing is guessed, neither the scheme nor Vault's usual port 8200.
 */
export function parseNodeAddress(text: string): Result<NodeAddress> {
  const typed = text.trim();
  if (typed === '') return refuse('The address is empty.');
  if (typed.length > 300) return refuse('The address is longer than 300 characters.');
  if (/[\s\p{Cc}\\]/u.test(typed)) {
    return refuse('The address has a space, a backslash or an invisible character in it.');
  }
  if (/^unix:/i.test(typed)) {
    return refuse('A unix socket cannot be used: Keyturn speaks to Vault over HTTPS only.');
  }
  if (/^http:\/\//i.test(typed)) {
    return refuse(
      'http:// is not used: without TLS every share and token could be read on the way.',
      'Give the address with https://. If this Vault has no TLS, turn TLS on at its listener first.',
    );
  }
  if (!/^https:\/\//i.test(typed)) {
    return refuse('The address does not begin with https://, and Keyturn does not guess it.');
  }
  if (!URL.canParse(typed)) {
    return refuse('The host or the port is not one that an address can have.');
  }
  const url = new URL(typed);
  if (url.username !== '' || url.password !== '') {
    return refuse('The address holds a user name or password. Vault takes none there.');
  }
  if (/[?#]/.test(typed)) return refuse('The address holds a query (?) or fragment (#).');
  if (url.pathname !== '/') {
    return refuse('The address holds a path. Keyturn adds /v1/… itself.');
  }
  if (url.port === '0') return refuse('Port 0 is not a port that can be reached.');
  const address = nodeAddressSchema.safeParse(`https://${url.host}`);
  return address.success
    ? { ok: true, value: address.data }
    : refuse('The host has characters that a host name cannot have.');
}

function refuse(
  known: string,
  next = 'Give each node as https://host:port, for example https://vault-1.example.net:8200.',
): Result<NodeAddress> {
  return {
    ok: false,
    problem: { code: 'input.invalid', known, safe: 'Nothing was connected to.', next },
  };
}

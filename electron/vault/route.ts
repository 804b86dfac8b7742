import { isIP } from 'node:net';
import type { SecureContext } from 'node:tls';
import { Trouble } from '../../shared/problem.ts';
import type { Digest, NodeAddress } from '../../shared/ids.ts';
import type { ClockWitness } from './clock.ts';
import type { TrustedExpired } from './expired-leaf.ts';

/** Everything needed to reach one node, and nothing that a reply could change. */
export interface Route {
  readonly address: NodeAddress;
  readonly host: string;
  readonly port: number;
  /** The name or IP that the certificate must carry. */
  readonly expectedName: string;
  readonly proxy: ProxyAddress | undefined;
  /** Or why there is none: the TLS settings of this node's cluster cannot be used. */
  readonly secureContext: SecureContext | Trouble;
  readonly hasClientCertificate: boolean;
  readonly clock: ClockWitness;
  /** Root to insist on before the first byte of the request. */
  readonly pinnedRoot: Digest | undefined;
  /** An expired leaf of this node that two people trust for one ceremony. Absent: none. */
  readonly expired?: TrustedExpired | undefined;
}

export interface ProxyAddress {
  readonly host: string;
  readonly port: number;
}

/** Host and port of an address that has passed `nodeAddressSchema`; an IPv6 host without brackets. */
export function hostAndPort(address: NodeAddress): { host: string; port: number } {
  const url = new URL(address);
  return { host: bare(url.hostname), port: url.port === '' ? 443 : Number(url.port) };
}

/** `host:port` as it is written in a CONNECT line. */
export function authority({ host, port }: { host: string; port: number }): string {
  return isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * The profile's proxy; the environment's is never used.
 * @throws Trouble `profile.invalid` unless it is `http://host:port`.
 */
export function proxyAddress(text: string): ProxyAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain =
    url?.protocol === 'http:' && url.username === '' && url.password === '' && url.port !== '0';
  if (url === undefined || !plain) {
    throw new Trouble({
      code: 'profile.invalid',
      known: 'The proxy of this cluster’s profile cannot be used: it is not http://host:port.',
      safe: 'Nothing was connected to.',
      next: 'Open the profile and correct the proxy. It takes no user name and no password.',
      facts: { part: 'proxy' },
    });
  }
  return { host: bare(url.hostname), port: url.port === '' ? 80 : Number(url.port) };
}

function bare(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

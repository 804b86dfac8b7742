import type { X509Certificate } from 'node:crypto';
import { checkServerIdentity, type TLSSocket } from 'node:tls';
import { fingerprint, windowOf } from './peer.ts';
import type { Digest } from '../../shared/ids.ts';

/** What it takes to accept one expired certificate: exactly this leaf, under these authorities. */
export interface TrustedExpired {
  readonly leaf: Digest;
  readonly authorities: readonly X509Certificate[];
}

const serverAuth = '1.3.6.1.5.5.7.3.1';
const longestChain = 8;

/**
 * Whether a connection that OpenSSL refused is to be accepted after all: because its leaf is the
 * one that two people compared by another channel, and its dates are the only thing wrong with it.
 *
 * OpenSSL reports the last fault only, and an expired leaf is the last one it looks at: an unknown CA
 * or another name may hide behind `CERT_HAS_EXPIRED`. So everything it checks is checked here again.
 * The handshake itself has proved that the other side holds the leaf's private key.
 */
export function isTrustedExpired(
  socket: TLSSocket,
  chain: readonly X509Certificate[],
  { leaf: wanted, authorities }: TrustedExpired,
  expectedName: string,
  now: Date,
): boolean {
  if (codeOf(socket.authorizationError) !== 'CERT_HAS_EXPIRED') return false;
  const leaf = chain[0];
  if (leaf === undefined || fingerprint(leaf) !== wanted) return false;
  const { notBefore, notAfter } = windowOf(leaf);
  if (now < new Date(notBefore) || now <= new Date(notAfter)) return false;
  if (checkServerIdentity(expectedName, socket.getPeerCertificate(true)) !== undefined)
    return false;
  if (leaf.ca || !mayServe(leaf.keyUsage)) return false;
  return leadsTo(leaf, chain.slice(1), authorities, now, longestChain);
}

/** Node names the extended key usages `keyUsage`; without that extension there is none, and any use is allowed. */
const mayServe = (usages: readonly string[] | undefined): boolean =>
  usages === undefined || usages.includes(serverAuth);

/** A chain of good signatures, every issuer a CA within its dates, ending at an authority of ours. */
function leadsTo(
  certificate: X509Certificate,
  shown: readonly X509Certificate[],
  authorities: readonly X509Certificate[],
  now: Date,
  steps: number,
): boolean {
  if (steps === 0) return false;
  const issued = (issuer: X509Certificate): boolean =>
    issuer.ca &&
    isWithin(issuer, now) &&
    certificate.checkIssued(issuer) &&
    certificate.verify(issuer.publicKey);
  if (authorities.some(issued)) return true;
  return shown.some(
    (issuer) =>
      issuer.fingerprint256 !== certificate.fingerprint256 &&
      issued(issuer) &&
      leadsTo(issuer, shown, authorities, now, steps - 1),
  );
}

function isWithin(certificate: X509Certificate, now: Date): boolean {
  const { notBefore, notAfter } = windowOf(certificate);
  return now >= new Date(notBefore) && now <= new Date(notAfter);
}

/** Node types it as an Error and gives the code as text. */
function codeOf(error: unknown): string {
  if (typeof error === 'string') return error;
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

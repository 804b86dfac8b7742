import { X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { digestSchema, type Digest } from '../../shared/ids.ts';
import { cleanText } from './sanitise.ts';

/** What a node showed of itself in the TLS handshake. Times are ISO 8601, UTC. */
export interface PeerInfo {
  readonly leafFingerprint: Digest;
  /** SHA-256 of the DER of the certificate at the end of the verified chain. */
  readonly rootFingerprint: Digest;
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly protocol: string;
}

/**
 * The chain from the leaf up, or empty where the peer showed no certificate. Costs a millisecond or
 * two: once a connection is enough.
 */
export function chainOf(socket: TLSSocket): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  const seen = new Set<string>();
  // The type promises a certificate; without one Node gives an empty object or null.
  let shown: Partial<DetailedPeerCertificate> | undefined = socket.getPeerCertificate(true);
  while (shown?.raw !== undefined) {
    const certificate = read(shown.raw);
    if (seen.has(certificate.fingerprint256)) break;
    seen.add(certificate.fingerprint256);
    chain.push(certificate);
    shown = shown.issuerCertificate;
  }
  return chain;
}

const lately = new Map<string, X509Certificate>();

/** A cluster shows the same few certificates at every call, and reading one costs half a millisecond. */
function read(der: Buffer): X509Certificate {
  const key = der.toString('latin1');
  const known = lately.get(key);
  if (known !== undefined) return known;
  if (lately.size >= 64) lately.clear();
  const certificate = new X509Certificate(der);
  lately.set(key, certificate);
  return certificate;
}

/**
 * Describes a peer whose certificate Node has verified, from the chain it showed. Undefined when the links do not hold: Node
 * joins the chain it reports by name only, so each signature is checked here before the last
 * certificate is called the root.
 */
export function describePeer(
  socket: TLSSocket,
  chain: readonly X509Certificate[],
): PeerInfo | undefined {
  const leaf = chain[0];
  const root = chain.at(-1);
  if (leaf === undefined || root === undefined) return undefined;
  const linked = chain.slice(1).every((issuer, at) => {
    const issued = chain[at];
    return issued?.checkIssued(issuer) === true && issued.verify(issuer.publicKey);
  });
  if (!linked) return undefined;
  return {
    leafFingerprint: fingerprint(leaf),
    rootFingerprint: fingerprint(root),
    subject: oneLine(leaf.subject),
    issuer: oneLine(leaf.issuer),
    ...windowOf(leaf),
    protocol: socket.getProtocol() ?? 'unknown',
  };
}

/** From when until when a certificate is valid, ISO 8601 in UTC. */
export function windowOf(certificate: X509Certificate): { notBefore: string; notAfter: string } {
  return {
    notBefore: new Date(certificate.validFrom).toISOString(),
    notAfter: new Date(certificate.validTo).toISOString(),
  };
}

/** SHA-256 of its DER. */
export function fingerprint(certificate: X509Certificate): Digest {
  return digestSchema.parse(certificate.fingerprint256.replaceAll(':', '').toLowerCase());
}

/** A certificate's name as it may be shown: whoever made the certificate chose its characters. */
export function oneLine(name: string): string {
  return cleanText(name.replaceAll('\n', ', '), 300);
}

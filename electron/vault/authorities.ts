import { readFile } from 'node:fs/promises';
import * as tls from 'node:tls';
import { z } from 'zod';

/** Where Linux and the BSDs keep the system's CA certificates as one PEM file. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/**
 * The CA certificates this machine trusts, as PEM. Newer Node (and Electron) can ask the system
 * itself; before that the usual file is read, and where there is none Node's own list is used.
 */
export async function systemAuthorities(): Promise<readonly string[]> {
  const asked = askSystem();
  if (asked.length > 0) return asked;
  for (const bundle of bundles) {
    const text = await readFile(bundle, 'utf8').catch(() => '');
    const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
    if (certificates !== null) return certificates;
  }
  return tls.rootCertificates;
}

function askSystem(): readonly string[] {
  if (!('getCACertificates' in tls) || typeof tls.getCACertificates !== 'function') return [];
  const given: unknown = Reflect.apply(tls.getCACertificates, undefined, ['system']);
  const answer = z.array(z.string()).safeParse(given);
  return answer.success ? answer.data : [];
}

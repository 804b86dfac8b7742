import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { createSecureContext, type SecureContext } from 'node:tls';
import { Trouble } from '../../shared/problem.ts';
import type { TlsSettings } from '../../shared/profile.ts';
import { systemAuthorities } from './authorities.ts';

/** A client certificate (with its chain, if any) and its key, as PEM text. */
export interface ClientCertificate {
  readonly certPem: string;
  readonly keyPem: string;
}

const biggestFile = 256_000;

/**
 * The TLS context of a profile: its CA, or the system's, and the client certificate if there is one.
 * `given` takes the place of the profile's files. TLS 1.2 is the least.
 * @throws Trouble `profile.invalid`, naming the part that cannot be used and why.
 */
export async function secureContextOf(
  tls: TlsSettings,
  given?: ClientCertificate,
): Promise<SecureContext> {
  const ca = await authorityPems(tls);
  const client = given ?? (await clientCertificateOf(tls));
  if (client !== undefined) checkClientCertificate(client);
  const pair = client === undefined ? {} : { cert: client.certPem, key: client.keyPem };
  try {
    const make = () => createSecureContext({ ca: [...ca], ...pair, minVersion: 'TLSv1.2' });
    return tls.caPem === undefined && client === undefined ? sharedContext(ca, make) : make();
  } catch {
    throw invalid('TLS settings', 'OpenSSL does not accept them together');
  }
}

const authorityPems = async ({ caPem }: TlsSettings): Promise<readonly string[]> =>
  caPem === undefined ? systemAuthorities() : authoritiesIn(caPem);

/** The CA certificates that a profile trusts, read. @throws Trouble `profile.invalid`. */
export async function authoritiesOf(tls: TlsSettings): Promise<readonly X509Certificate[]> {
  return (await authorityPems(tls)).map((pem) => new X509Certificate(pem));
}

/**
 * One context of all the system's authorities takes a megabyte and some tens of milliseconds: a
 * list of sites shares it for as long as the authorities stay the same.
 */
function sharedContext(ca: readonly string[], make: () => SecureContext): SecureContext {
  const of = ca.join('\n');
  if (shared?.of !== of) shared = { of, context: make() };
  return shared.context;
}
let shared: { readonly of: string; readonly context: SecureContext } | undefined;

/**
 * Each CA certificate in a PEM text, checked.
 * @throws Trouble `profile.invalid`.
 */
export function authoritiesIn(pem: string): readonly string[] {
  return certificatesIn(pem, 'CA certificate');
}

async function clientCertificateOf(tls: TlsSettings): Promise<ClientCertificate | undefined> {
  const { clientCertFile, clientKeyFile } = tls;
  if (clientCertFile === undefined && clientKeyFile === undefined) return undefined;
  if (clientCertFile === undefined) {
    throw invalid('client certificate', 'a key file is named, but no certificate file');
  }
  if (clientKeyFile === undefined) {
    throw invalid('client key', 'a certificate file is named, but no key file');
  }
  return {
    certPem: await readPem(clientCertFile, 'client certificate'),
    keyPem: await readPem(clientKeyFile, 'client key'),
  };
}

/**
 * A PEM file's text; at most 256 kB of it. A link is followed: the file is the profile's, not ours. What
 * is no file, such as a pipe that never ends, is not read.
 * @throws Trouble `profile.invalid` naming the part and the file.
 */
export async function readPem(path: string, part: string): Promise<string> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stat = await file.stat();
      const { size } = stat;
      if (!stat.isFile() && !stat.isDirectory())
        throw invalid(part, 'it is a pipe or a device, not a file', path);
      if (size > biggestFile)
        throw invalid(part, `the file is larger than ${biggestFile} bytes`, path);
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (thrown) {
    if (thrown instanceof Trouble) throw thrown;
    throw invalid(part, whyUnreadable(thrown), path);
  }
}

function checkClientCertificate({ certPem, keyPem }: ClientCertificate): void {
  const [leaf] = certificatesIn(certPem, 'client certificate');
  const key = privateKeyIn(keyPem);
  if (leaf === undefined || !new X509Certificate(leaf).checkPrivateKey(key)) {
    throw invalid(
      'client key',
      'it does not belong to the first certificate in the client certificate file',
    );
  }
}

function certificatesIn(pem: string, part: string): readonly string[] {
  const blocks = pem.match(/-----BEGIN [^-]+-----[\s\S]*?-----END [^-]+-----/g) ?? [];
  const certificates = blocks.filter((block) => /^-----BEGIN (?:X509 |TRUSTED )?CERT/.test(block));
  if (certificates.length === 0) throw invalid(part, whyNoCertificate(pem));
  certificates.forEach((block, index) => {
    try {
      new X509Certificate(block);
    } catch {
      throw invalid(part, `certificate ${index + 1} of ${certificates.length} cannot be read`);
    }
  });
  return certificates;
}

function whyNoCertificate(pem: string): string {
  if (pem.trim() === '') return 'it is empty';
  if (pem.includes('PRIVATE KEY-----')) return 'it holds a private key where a certificate belongs';
  if (pem.includes('-----BEGIN CERTIFICATE-----')) return 'it is cut off: its END line is missing';
  if (pem.startsWith('0') || pem.includes('\uFFFD')) {
    return 'it is not PEM text; a DER file becomes PEM with: openssl x509 -inform der -in FILE';
  }
  return 'it has no BEGIN CERTIFICATE line';
}

function privateKeyIn(pem: string): KeyObject {
  if (!pem.includes('PRIVATE KEY-----')) {
    throw invalid('client key', 'it has no BEGIN PRIVATE KEY line');
  }
  if (/BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(pem)) {
    throw invalid(
      'client key',
      'it is protected by a passphrase, which Keyturn does not ask for; give a key without one',
    );
  }
  try {
    return createPrivateKey(pem);
  } catch {
    throw invalid('client key', 'the private key in it cannot be read');
  }
}

function whyUnreadable(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EACCES':
    case 'EPERM':
      return 'this user may not read the file';
    case 'EISDIR':
      return 'it is a folder, not a file';
    default:
      return `the file cannot be read (${code === '' ? 'unknown reason' : code})`;
  }
}

function invalid(part: string, reason: string, path?: string): Trouble {
  return new Trouble({
    code: 'profile.invalid',
    known: `The ${part} of this cluster's profile cannot be used: ${reason}.`,
    safe: 'Nothing was connected to.',
    next: `Open the profile and correct the ${part}.`,
    facts: { part, reason, ...(path === undefined ? {} : { file: path.slice(0, 1000) }) },
  });
}

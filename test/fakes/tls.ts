import { randomBytes, webcrypto } from 'node:crypto';
import { loadX509 } from '../../electron/practice/x509.ts';

/** A certificate with its CA behind it, and its key. */
export interface Identity {
  readonly certPem: string;
  readonly keyPem: string;
}

interface Wish {
  readonly names?: readonly string[];
  readonly ips?: readonly string[];
  readonly from?: Date;
  readonly until?: Date;
  readonly subject?: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const day = 24 * 3_600_000;
export const daysFromNow = (days: number): Date => new Date(Date.now() + days * day);

/** A CA made for one test; it issues whatever certificate is asked for, good or not. */
export class TestAuthority {
  readonly caPem: string;
  readonly #name: string;
  readonly #keys: webcrypto.CryptoKeyPair;

  private constructor(name: string, keys: webcrypto.CryptoKeyPair, caPem: string) {
    this.#name = name;
    this.#keys = keys;
    this.caPem = caPem;
  }

  static async create(name = 'CN=Test CA'): Promise<TestAuthority> {
    const x509 = await loadX509();
    const keys = await newKeys();
    const ca = await x509.X509CertificateGenerator.createSelfSigned({
      name,
      keys,
      serialNumber: serial(),
      notBefore: daysFromNow(-3650),
      notAfter: daysFromNow(3650),
      signingAlgorithm: algorithm,
      extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
    });
    return new TestAuthority(name, keys, ca.toString('pem'));
  }

  /** For `localhost` and 127.0.0.1, valid now, unless wished otherwise. */
  async issue(wish: Wish = {}): Promise<Identity> {
    const x509 = await loadX509();
    const keys = await newKeys();
    const names = [
      ...(wish.names ?? ['localhost']).map((value) => ({ type: 'dns' as const, value })),
      ...(wish.ips ?? ['127.0.0.1']).map((value) => ({ type: 'ip' as const, value })),
    ];
    const certificate = await x509.X509CertificateGenerator.create({
      subject: wish.subject ?? 'CN=Test node',
      issuer: this.#name,
      serialNumber: serial(),
      notBefore: wish.from ?? daysFromNow(-1),
      notAfter: wish.until ?? daysFromNow(30),
      publicKey: keys.publicKey,
      signingKey: this.#keys.privateKey,
      signingAlgorithm: algorithm,
      extensions: [new x509.SubjectAlternativeNameExtension(names)],
    });
    const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
    return {
      certPem: `${certificate.toString('pem')}\n${this.caPem}\n`,
      keyPem: x509.PemConverter.encode(key, 'PRIVATE KEY'),
    };
  }
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

const serial = (): string => `40${randomBytes(15).toString('hex')}`;

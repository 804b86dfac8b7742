import { randomBytes, webcrypto } from 'node:crypto';
import { loadX509 } from './x509.ts';

/** What a practice node may show instead of a good certificate. */
export type CertificateFault = 'expired' | 'not-yet-valid' | 'other-ca' | 'other-name' | 'good';

export interface Identity {
  readonly certPem: string;
  readonly keyPem: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const hour = 3_600_000;
const day = 24 * hour;

/** A certificate authority made for one run; its key never leaves memory. EC P-256 throughout. */
export class Authority {
  readonly caPem: string;
  readonly #name: string;
  readonly #keys: CryptoKeyPair;

  private constructor(name: string, keys: CryptoKeyPair, caPem: string) {
    this.#name = name;
    this.#keys = keys;
    this.caPem = caPem;
  }

  static async create(): Promise<Authority> {
    const x509 = await loadX509();
    const name = 'CN=Keyturn practice CA, O=Keyturn practice';
    const keys = await newKeys();
    const ca = await x509.X509CertificateGenerator.createSelfSigned({
      name,
      keys,
      serialNumber: serial(),
      notBefore: fromNow(-60 * day),
      notAfter: fromNow(60 * day),
      signingAlgorithm: algorithm,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(
          x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
          true,
        ),
      ],
    });
    return new Authority(name, keys, ca.toString('pem'));
  }

  /** A node's certificate for loopback, or one with the named fault; the CA is part of its chain. */
  async server(fault: CertificateFault): Promise<Identity> {
    switch (fault) {
      case 'good':
        return this.#issueServer(-hour, 90 * day);
      case 'expired':
        return this.#issueServer(-30 * day, -day);
      case 'not-yet-valid':
        return this.#issueServer(day, 30 * day);
      case 'other-name':
        return this.#issueServer(-hour, 30 * day, 'vault.other-site.invalid');
      case 'other-ca':
        return (await Authority.create()).server('good');
    }
  }

  async client(): Promise<Identity> {
    return this.#issue('CN=Keyturn practice client', 'clientAuth', -hour, 30 * day, []);
  }

  async #issueServer(from: number, until: number, otherName?: string): Promise<Identity> {
    const names =
      otherName === undefined
        ? [
            { type: 'dns' as const, value: 'localhost' },
            { type: 'ip' as const, value: '127.0.0.1' },
          ]
        : [{ type: 'dns' as const, value: otherName }];
    return this.#issue('CN=Keyturn practice node', 'serverAuth', from, until, names);
  }

  /** `from` and `until` are milliseconds from now. */
  async #issue(
    subject: string,
    usage: 'serverAuth' | 'clientAuth',
    from: number,
    until: number,
    names: readonly { readonly type: 'dns' | 'ip'; readonly value: string }[],
  ): Promise<Identity> {
    const x509 = await loadX509();
    const keys = await newKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      subject,
      issuer: this.#name,
      serialNumber: serial(),
      notBefore: fromNow(from),
      notAfter: fromNow(until),
      publicKey: keys.publicKey,
      signingKey: this.#keys.privateKey,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage[usage]]),
        ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension([...names])] : []),
      ],
    });
    const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
    return {
      certPem: `${certificate.toString('pem')}\n${this.caPem}\n`,
      keyPem: x509.PemConverter.encode(key, 'PRIVATE KEY'),
    };
  }
}

type CryptoKeyPair = webcrypto.CryptoKeyPair;

const newKeys = (): Promise<CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

const fromNow = (milliseconds: number): Date => new Date(Date.now() + milliseconds);

/** Positive and 16 bytes long, in hex. */
const serial = (): string => `40${randomBytes(15).toString('hex')}`;

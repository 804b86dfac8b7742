/** What a secret is; also part of its keychain name. The table in docs/threat-model.md says where each may live. */
export type SecretKind =
  | 'share'
  | 'otp'
  | 'encoded-token'
  | 'dr-operation-token'
  /** Made by the same ceremony on any server: opens everything there, and never expires. */
  | 'root-token'
  | 'batch-token'
  /** What is known of the kept batch tokens; no secret, but it lies beside them. */
  | 'batch-token-list'
  | 'vault-token'
  /** Of a new primary, for the secondary that is attached with it. In memory only. */
  | 'activation-token'
  | 'pin'
  | 'pin-verifier'
  | 'fingerprint-key'
  | 'record-signing-key'
  | 'sealing-key'
  | 'pgp-private-key'
  | 'pgp-passphrase';

const inspect = Symbol.for('nodejs.util.inspect.custom');

/**
 * A value that must not be seen by accident. Every implicit way to text (template, JSON, console,
 * error message) gives `[redacted]`; only `expose()` gives the value, so a search for that word
 * finds every place where a secret leaves its wrapper.
 */
export class Secret<K extends SecretKind = SecretKind> {
  readonly kind: K;
  readonly #value: string;

  private constructor(kind: K, value: string) {
    this.kind = kind;
    this.#value = value;
    Object.freeze(this);
  }

  static of<K extends SecretKind>(kind: K, value: string): Secret<K> {
    return new Secret(kind, value);
  }

  /** The value itself. Call it only in the expression that hands it to Vault, the keychain or a codec. */
  expose(): string {
    return this.#value;
  }

  toString(): string {
    return '[redacted]';
  }

  toJSON(): string {
    return '[redacted]';
  }

  [Symbol.toPrimitive](): string {
    return '[redacted]';
  }

  [inspect](): string {
    return '[redacted]';
  }
}

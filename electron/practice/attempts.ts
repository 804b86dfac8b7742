import { randomUUID } from 'node:crypto';
import type { PublicKey } from 'openpgp';
import { encryptText, readPgpKey } from './pgp.ts';
import { flat, noContent, refuse, type Reply } from './reply.ts';
import { readTextFields } from './request.ts';
import { combine, decodeShare, longestShare, shortestShare, type KeyMaterial } from './shares.ts';
import { base62, encodeToken } from './token.ts';

/** Both kinds share one slot: a root attempt blocks a DR attempt and the other way round (§1.4). */
export type AttemptKind = 'root' | 'dr';

/** What an attempt needs from the cluster around it. */
export interface AttemptRules {
  readonly keys: KeyMaterial;
  readonly otpLength: number;
  readonly seal: 'shamir' | 'auto-unseal';
  mint(kind: AttemptKind): string;
  handedOut(minted: Minted): void;
  /** The token was made but could not be handed out: the cluster takes it back. */
  takeBack(token: string): void;
}

export interface Minted {
  /** `''` in PGP mode. */
  readonly otp: string;
  readonly encodedToken: string;
  readonly token: string;
}

interface Running {
  readonly kind: AttemptKind;
  readonly nonce: string;
  readonly otp: string;
  readonly pgp: { readonly key: PublicKey; readonly fingerprint: string } | undefined;
  parts: readonly Buffer[];
}

/**
 * The one attempt in a node's process memory: nothing of it is stored, a restart loses it, sealing or
 * losing leadership does not (§1.5-4).
 */
export class AttemptSlot {
  readonly #rules: AttemptRules;
  #running: Running | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(rules: AttemptRules) {
    this.#rules = rules;
  }

  /** Says nothing about the kind: a root attempt shows on the DR path too. */
  status(): Reply {
    return flat(this.#statusFields());
  }

  async start(kind: AttemptKind, body: string): Promise<Reply> {
    const read = readTextFields(body, ['otp', 'pgp_key']);
    if (read.kind === 'malformed') return read.reply;
    const givenOtp = read.kind === 'fields' ? read.text('otp') : '';
    const givenKey = read.kind === 'fields' ? read.text('pgp_key') : '';
    if (givenOtp !== '' && Buffer.byteLength(givenOtp) !== this.#rules.otpLength) {
      return refuse(400, 'OTP string is wrong length');
    }
    // With an OTP beside it, the key is silently ignored (§1.2).
    const pgp = givenOtp === '' && givenKey !== '' ? await readPgpKey(givenKey) : undefined;
    if (pgp?.ok === false) return refuse(400, pgp.error);
    if (this.#running !== undefined) return refuse(400, 'root generation already in progress');
    const madeOtp = givenOtp === '' && pgp === undefined ? base62(this.#rules.otpLength) : '';
    const otp = givenOtp + madeOtp;
    this.#running = { kind, nonce: randomUUID(), otp, pgp, parts: [] };
    return flat({ ...this.#statusFields(), otp: madeOtp });
  }

  /** 204 also when nothing runs; asks neither for a nonce nor for the kind (§1.3). */
  cancel(): Reply {
    this.#running = undefined;
    return noContent;
  }

  /** One share at a time, like the lock in Vault. */
  async update(kind: AttemptKind, body: string): Promise<Reply> {
    const turn = this.#queue.then(() => this.#update(kind, body));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** The nonce of whatever runs. */
  get nonce(): string | undefined {
    return this.#running?.nonce;
  }

  /** Whether the running attempt's current round holds these bytes. */
  holds(share: Buffer): boolean {
    return this.#running?.parts.some((part) => part.equals(share)) ?? false;
  }

  async #update(kind: AttemptKind, body: string): Promise<Reply> {
    const read = readTextFields(body, ['key', 'nonce']);
    if (read.kind === 'empty') return refuse(400, 'failed to parse JSON input: EOF');
    if (read.kind === 'malformed') return read.reply;
    const key = read.text('key');
    if (key === '') return refuse(400, "'key' must be specified in request body as JSON");
    const decoded = decodeShare(key);
    if (!decoded.ok) return refuse(400, decoded.error);
    const { share } = decoded;
    if (share.length < shortestShare) {
      return refuse(400, `invalid key: key is shorter than minimum ${shortestShare} bytes`);
    }
    if (share.length > longestShare) {
      return refuse(400, `invalid key: key is longer than maximum ${longestShare} bytes`);
    }
    const running = this.#running;
    if (running === undefined) return refuse(400, 'no root generation in progress');
    if (read.text('nonce') !== running.nonce) {
      return refuse(
        400,
        `incorrect nonce supplied; nonce for this root generation operation is "${running.nonce}"`,
      );
    }
    if (kind !== running.kind) {
      return refuse(
        400,
        'incorrect strategy supplied; a generate root operation of another type is already in progress',
      );
    }
    if (this.holds(share)) {
      return refuse(400, 'given key has already been provided during this generation operation');
    }
    running.parts = [...running.parts, share];
    if (running.parts.length < this.#rules.keys.threshold) {
      return flat(this.#updateFields(running, running.parts.length));
    }
    return this.#complete(running);
  }

  /** At the threshold the round ends either way; only success ends the attempt (§1.5-2). */
  async #complete(running: Running): Promise<Reply> {
    const { keys } = this.#rules;
    const parts = running.parts;
    running.parts = [];
    const combined = await combine(parts);
    if (!combined.ok) return refuse(400, `failed to compute root key: ${combined.error}`);
    if (!keys.isRootKey(combined.key)) return refuse(400, wrongKey[this.#rules.seal]);
    const token = this.#rules.mint(running.kind);
    const encodedToken =
      running.pgp === undefined
        ? encodeToken(token, running.otp)
        : await encryptText(token, running.pgp.key);
    if (encodedToken === undefined) {
      this.#rules.takeBack(token);
      return refuse(400, 'error setting up encryption for PGP message');
    }
    if (this.#running === running) this.#running = undefined;
    this.#rules.handedOut({ otp: running.otp, encodedToken, token });
    return flat({
      ...this.#updateFields(running, keys.threshold),
      complete: true,
      encoded_token: encodedToken,
      encoded_root_token: running.kind === 'root' ? encodedToken : '',
    });
  }

  #statusFields(): Readonly<Record<string, unknown>> {
    const running = this.#running;
    return {
      nonce: running?.nonce ?? '',
      started: running !== undefined,
      progress: running?.parts.length ?? 0,
      required: this.#rules.keys.threshold,
      complete: false,
      encoded_token: '',
      encoded_root_token: '',
      pgp_fingerprint: running?.pgp?.fingerprint ?? '',
      otp: '',
      otp_length: this.#rules.otpLength,
    };
  }

  #updateFields(running: Running, progress: number): Readonly<Record<string, unknown>> {
    return {
      nonce: running.nonce,
      started: true,
      progress,
      required: this.#rules.keys.threshold,
      complete: false,
      encoded_token: '',
      encoded_root_token: '',
      pgp_fingerprint: running.pgp?.fingerprint ?? '',
      otp: '',
      otp_length: 0,
    };
  }
}

const wrongKey = {
  shamir:
    'root generation aborted: unable to authenticate: unable to retrieve stored keys: invalid key: ' +
    'failed to decrypt keys from storage: failed to decrypt encrypted stored keys: cipher: message authentication failed',
  'auto-unseal':
    'root generation aborted: unable to authenticate: recovery key verification failed: ' +
    'recovery key does not match submitted values',
} as const;

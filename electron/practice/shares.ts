import { randomBytes, timingSafeEqual } from 'node:crypto';
import { combine as combineParts, split } from 'shamir-secret-sharing';

const keyBytes = 32;
/** Vault's bounds on a decoded share: the barrier's shortest key, and its longest plus Shamir's tag. */
export const shortestShare = 16;
export const longestShare = keyBytes + 1;

/** The root key of a practice site and the shares it is split into. */
export class KeyMaterial {
  readonly shares: readonly Buffer[];
  readonly threshold: number;
  readonly #rootKey: Buffer;

  private constructor(rootKey: Buffer, shares: readonly Buffer[], threshold: number) {
    this.#rootKey = rootKey;
    this.shares = shares;
    this.threshold = threshold;
  }

  /** With a threshold of 1 there is no Shamir: the one share is the 32-byte key itself (§1.6). */
  static async make(shares: number, threshold: number): Promise<KeyMaterial> {
    const rootKey = randomBytes(keyBytes);
    if (threshold === 1) return new KeyMaterial(rootKey, [Buffer.from(rootKey)], 1);
    const parts = await split(new Uint8Array(rootKey), shares, threshold);
    return new KeyMaterial(
      rootKey,
      parts.map((part) => Buffer.from(part)),
      threshold,
    );
  }

  isRootKey(candidate: Buffer): boolean {
    return candidate.length === keyBytes && timingSafeEqual(candidate, this.#rootKey);
  }

  /** A share of some other cluster: well formed, and of a tag that none of ours has. */
  foreignShare(): Buffer {
    if (this.threshold === 1) return randomBytes(keyBytes);
    const ours = new Set(this.shares.map((share) => share[keyBytes]));
    for (;;) {
      const share = randomBytes(longestShare);
      const tag = share[keyBytes];
      if (tag !== 0 && !ours.has(tag)) return share;
    }
  }
}

export type Combined =
  { readonly ok: true; readonly key: Buffer } | { readonly ok: false; readonly error: string };

/** Joins shares the way Vault's Shamir code does, with its words for parts that cannot be joined. */
export async function combine(parts: readonly Buffer[]): Promise<Combined> {
  const [first] = parts;
  if (first === undefined) return { ok: false, error: 'less than two parts cannot be used' };
  if (parts.length === 1) return { ok: true, key: first };
  if (parts.some((part) => part.length !== first.length)) {
    return { ok: false, error: 'all parts must be the same length' };
  }
  const tags = new Set(parts.map((part) => part[part.length - 1]));
  if (tags.size !== parts.length) return { ok: false, error: 'duplicate part detected' };
  const key = await combineParts(parts.map((part) => new Uint8Array(part)));
  return { ok: true, key: Buffer.from(key) };
}

export type Decoded =
  { readonly ok: true; readonly share: Buffer } | { readonly ok: false; readonly error: string };

/** Hex first, and only where the length fits; else standard base64 with padding, `\r\n` ignored (§1.4, §1.6). */
export function decodeShare(text: string): Decoded {
  if (text.length % 2 === 0 && /^[0-9a-f]+$/i.test(text)) {
    const share = Buffer.from(text, 'hex');
    if (share.length >= shortestShare && share.length <= longestShare) return { ok: true, share };
  }
  const share = decodeGoBase64(text);
  if (share === undefined) {
    return { ok: false, error: "'key' must be a valid hex or base64 string" };
  }
  return { ok: true, share };
}

/** Go's `base64.StdEncoding`: padding required, only `\r` and `\n` are skipped. */
export function decodeGoBase64(text: string): Buffer | undefined {
  const packed = text.replace(/[\r\n]/g, '');
  if (packed.length % 4 !== 0 || !/^[0-9A-Za-z+/]*={0,2}$/.test(packed)) return undefined;
  return Buffer.from(packed, 'base64');
}

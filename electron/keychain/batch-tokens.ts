import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ProfileId } from '../../shared/ids.ts';
import { Secret } from '../../shared/secret.ts';
import {
  batchTokenIdSchema,
  isExpired,
  keptBatchTokenSchema,
  type BatchTokenId,
  type KeptBatchToken,
} from '../../shared/shift/batch-token.ts';
import type { Keychain } from './keychain.ts';
import { failed } from './keychain-trouble.ts';
import { LongValue } from './long-value.ts';

export type AboutBatchToken = Omit<KeptBatchToken, 'id'>;

/**
 * The DR operation batch tokens of every profile, each until it expires, is replaced or forgotten.
 * Every method throws what `Keychain` throws, and none of its errors holds a token.
 */
export class BatchTokens {
  readonly #keychain: Keychain;
  readonly #now: () => Date;
  #queue: Promise<unknown> = Promise.resolve();

  /** @param now this machine's clock, by which `expiresAt` was reckoned. */
  constructor(keychain: Keychain, now: () => Date = () => new Date()) {
    this.#keychain = keychain;
    this.#now = now;
  }

  /** Those that are still valid, oldest first. What has expired is removed on the way. */
  list(profile: ProfileId): Promise<readonly KeptBatchToken[]> {
    return this.#inTurn(async () => {
      const valid: KeptBatchToken[] = [];
      for (const token of await this.#listed(profile)) {
        const isThere = !isExpired(token, this.#now()) && (await this.#value(token).isKept());
        if (isThere) valid.push(token);
        else await this.#remove(token);
      }
      return valid;
    });
  }

  /** The token itself; `undefined` once it has expired or is not kept. */
  read(profile: ProfileId, id: BatchTokenId): Promise<Secret<'batch-token'> | undefined> {
    return this.#inTurn(async () => {
      const about = (await this.#listed(profile)).find((token) => token.id === id);
      if (about === undefined) return undefined;
      if (!isExpired(about, this.#now())) return this.#value(about).get();
      await this.#remove(about);
      return undefined;
    });
  }

  /** Keeps a token of any length, and returns under which name. */
  keep(token: Secret<'batch-token'>, about: AboutBatchToken): Promise<KeptBatchToken> {
    return this.#inTurn(async () => {
      const id = batchTokenIdSchema.parse(randomBytes(6).toString('hex'));
      const kept = keptBatchTokenSchema.parse({ ...about, id });
      // The list comes first: a crash leaves a name without a token, which `list` removes; never the reverse.
      await this.#write(kept.profileId, [...(await this.#listed(kept.profileId)), kept]);
      await this.#value(kept).put(token);
      return kept;
    });
  }

  /** Removes a token from this machine. Vault goes on taking it until it expires. */
  forget(profile: ProfileId, id: BatchTokenId): Promise<void> {
    return this.#inTurn(async () => {
      const about = (await this.#listed(profile)).find((token) => token.id === id);
      if (about !== undefined) await this.#remove(about);
    });
  }

  async #remove(token: KeptBatchToken): Promise<void> {
    await this.#value(token).remove();
    const left = (await this.#listed(token.profileId)).filter(({ id }) => id !== token.id);
    await this.#write(token.profileId, left);
  }

  async #listed(profile: ProfileId): Promise<readonly KeptBatchToken[]> {
    const kept = await this.#list(profile).get();
    if (kept === undefined) return [];
    const list = z.array(keptBatchTokenSchema).safeParse(parseJson(kept.expose()));
    if (!list.success) throw failed('The list of kept batch tokens cannot be read.');
    return list.data;
  }

  #write(profile: ProfileId, tokens: readonly KeptBatchToken[]): Promise<void> {
    if (tokens.length === 0) return this.#list(profile).remove();
    return this.#list(profile).put(Secret.of('batch-token-list', JSON.stringify(tokens)));
  }

  #list(profile: ProfileId): LongValue<'batch-token-list'> {
    return new LongValue(this.#keychain, `batch-token/${profile}/list`, 'batch-token-list');
  }

  #value({ profileId, id }: KeptBatchToken): LongValue<'batch-token'> {
    return new LongValue(this.#keychain, `batch-token/${profileId}/${id}`, 'batch-token');
  }

  /** A list that is read, changed and written belongs to one caller at a time. */
  #inTurn<T>(operation: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(operation);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

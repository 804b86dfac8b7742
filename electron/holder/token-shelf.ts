import type { HolderView } from '../../shared/contract/holder.ts';
import type { CeremonyId } from '../../shared/ids.ts';
import type { PartEvent } from '../../shared/part/events.ts';
import type { KeptToken, PartState } from '../../shared/part/state.ts';
import { problemOf } from '../../shared/problem.ts';
import type { Secret } from '../../shared/secret.ts';
import { HeldToken } from '../keychain/held-token.ts';
import type { Keychain } from '../keychain/keychain.ts';
import { handOver } from '../offline/handing.ts';
import type { Parcels } from '../offline/parcels.ts';
import type { PartBook } from '../offline/part-book.ts';
import * as trouble from './holder-trouble.ts';

export interface TokenShelfOptions {
  readonly part: PartBook;
  readonly parcels: Parcels;
  readonly keychain: () => Keychain;
}

/**
 * The encoded token that landed on a holder's laptop: kept, handed over, forgotten. The record says
 * that it is kept and for whom; the keychain has it.
 */
export class TokenShelf {
  readonly #options: TokenShelfOptions;
  /** Vault handed it out and the keychain has not taken it, or the disk not the event. */
  #unkept: Secret<'encoded-token'> | undefined;
  #offered: NonNullable<HolderView['kept']>['offered'];

  constructor(options: TokenShelfOptions) {
    this.#options = options;
  }

  /** A token is in memory alone: nothing else goes on until the keychain has it. */
  get unkept(): boolean {
    return this.#unkept !== undefined;
  }

  view(): HolderView['kept'] {
    const state = this.#options.part.open?.state;
    const kept = state?.token;
    const about = kept?.invitation ?? (this.unkept ? state?.invitation : undefined);
    if (!about) return undefined;
    return {
      where: this.unkept ? 'memory' : 'keychain',
      cluster: about.cluster,
      ceremony: about.ceremony,
      operator: about.operator,
      holder: kept?.holder ?? state?.pending?.holder ?? '',
      ...(this.#offered ? { offered: this.#offered } : {}),
      offeredTo: [...(kept?.offeredTo ?? [])],
    };
  }

  /**
   * Puts it in the keychain before anything else is done with it. Where the keychain refuses, it stays
   * in memory and `keepAgain` tries again: Vault has forgotten it.
   *
   * @throws Trouble `keychain.*`, `journal.*`.
   */
  async keep(token: Secret<'encoded-token'>): Promise<void> {
    this.#unkept = token;
    await this.keepAgain();
  }

  async keepAgain(): Promise<void> {
    const { part, keychain } = this.#options;
    if (!this.#unkept || !part.open) throw trouble.noToken;
    try {
      await new HeldToken(keychain(), part.open.id).keep(this.#unkept);
    } catch (thrown) {
      throw trouble.notKept(problemOf(thrown));
    }
    await part.write({ type: 'token.kept' });
    this.#unkept = undefined;
  }

  /** Seals it to the key in the invitation. On disk before it can be shown. */
  async offer(to: string): Promise<void> {
    const { part, parcels } = this.#options;
    const { token, held } = this.#kept();
    const { sealTo, ceremony, nonce } = token.invitation;
    const encoded = await held.read();
    if (!encoded) {
      await part.write({ type: 'token.missing' });
      throw trouble.tokenGone;
    }
    if (!sealTo) throw trouble.noToken;
    const bytes = await handOver({ ceremony, nonce, holder: token.holder }, sealTo, encoded);
    await part.write({ type: 'token.offered', to });
    const parcel = parcels.add({
      parcel: { kind: 'handed-token', bytes },
      title: `The encoded token for ${to}`,
      fileName: `keyturn-handed-token-${ceremony}.txt`,
    });
    this.#offered = { to, parcel };
  }

  /** Removed first: a crash in between says "missing", and never "handed" of what is still here. */
  async handed(to: string, by: string): Promise<void> {
    const { token, held } = this.#kept();
    if (!token.offeredTo.includes(to)) throw trouble.notOffered;
    await held.forget();
    await this.#options.part.write({ type: 'token.handed', to, by });
    this.#offered = undefined;
  }

  async forget(by: string, why: string): Promise<void> {
    const { held } = this.#kept();
    await held.forget();
    await this.#options.part.write({ type: 'token.forgotten', by, why });
    this.#offered = undefined;
  }

  /** For a record that was left open: what it is gone on with. @throws Trouble `keychain.*`. */
  async goOn(
    id: CeremonyId,
    { pending, token }: PartState,
  ): Promise<readonly PartEvent[] | undefined> {
    const held = new HeldToken(this.#options.keychain(), id);
    // A crash between the keychain and the disk: the intent is there, and the token.
    if (!token) {
      const isThere = pending && (await held.read());
      return isThere ? [{ type: 'part.resumed' }, { type: 'token.kept' }] : undefined;
    }
    // A keychain that does not answer now says nothing: it is read again when it is offered.
    const isGone = await held.read().then(
      (found) => found === undefined,
      () => false,
    );
    return [{ type: 'part.resumed' }, ...(isGone ? [{ type: 'token.missing' } as const] : [])];
  }

  #kept(): { readonly token: KeptToken; readonly held: HeldToken } {
    const { part, keychain } = this.#options;
    const open = part.open;
    if (!open?.state.token) throw trouble.noToken;
    return { token: open.state.token, held: new HeldToken(keychain(), open.id) };
  }
}

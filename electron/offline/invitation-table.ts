import { nonceWords } from '../../shared/codec/words.ts';
import { samePerson } from '../../shared/ceremony/people.ts';
import type { DeskView } from '../../shared/contract/offline.ts';
import type { Digest } from '../../shared/ids.ts';
import { readInvitation, type SignedInvitation } from '../../shared/offline/invitation.ts';
import {
  judgeInvitation,
  type Expected,
  type Judgement,
} from '../../shared/offline/judge-invitation.ts';
import type { PartEvent, PartEventOf } from '../../shared/part/events.ts';
import { Trouble } from '../../shared/problem.ts';
import type { Secret } from '../../shared/secret.ts';
import { nodeTools } from '../transcript/verify-file.ts';
import * as trouble from './desk-trouble.ts';
import { comparedAlone, type KnownSigner, type KnownSigners } from './known-signers.ts';
import type { Parcels } from './parcels.ts';
import { sealShare } from './sealing.ts';

export interface InvitationTableOptions {
  readonly parcels: Parcels;
  readonly signers: KnownSigners;
  /** This installation's own fingerprint: its own invitations are known. */
  readonly ownFingerprint: () => Promise<Digest>;
  readonly profiles: () => Expected['profiles'];
  /** On disk before anything comes of it. */
  record(event: PartEvent): Promise<void>;
  changed(): void;
}

export type PartCluster = PartEventOf<'part.opened'>['cluster'];

/**
 * One invitation, held against what this laptop knows, and the share that was sealed to it. In memory
 * only.
 */
export class InvitationTable {
  readonly #options: InvitationTableOptions;
  #invitation: { readonly signed: SignedInvitation; readonly judged: Judgement } | undefined;
  #knownBy: KnownSigner | undefined;
  #sealed: DeskView['sealed'];

  constructor(options: InvitationTableOptions) {
    this.#options = options;
  }

  view(): Pick<DeskView, 'invitation' | 'sealed'> {
    return {
      ...(this.#invitation ? { invitation: this.#invitationView(this.#invitation) } : {}),
      ...(this.#sealed ? { sealed: this.#sealed } : {}),
    };
  }

  /** @throws Trouble `input.invalid` for what is no invitation or was altered. */
  async take(bytes: Uint8Array): Promise<void> {
    const signed = readInvitation(bytes, nodeTools);
    this.#sealed = undefined;
    await this.#judge(signed);
    await this.#recordInvitation();
  }

  /** The signer's words were compared by voice. @throws Trouble where no such signer waits for it. */
  async trustSigner(fingerprint: Digest, comparedBy: string, agreedBy: string): Promise<void> {
    const { signed, judged } = this.#invitation ?? {};
    if (judged?.verdict !== 'signer-unknown' || signed?.signer.fingerprint !== fingerprint)
      throw trouble.noSuchSigner;
    const { operator } = signed.invitation;
    const at = new Date().toISOString();
    if (samePerson(comparedBy, agreedBy)) throw new Trouble(comparedAlone);
    await this.#options.record({
      type: 'signer.trusted',
      signer: fingerprint,
      operator,
      comparedBy,
      agreedBy,
    });
    await this.#options.signers.add({ fingerprint, operator, comparedBy, agreedBy, at });
    await this.#judge(signed);
    await this.#recordInvitation();
  }

  /**
   * The invitation that may be followed now.
   *
   * @throws Trouble `rule.not-now` where there is none, its signer is not known, or it is not to be
   *   followed any more.
   */
  async good(): Promise<SignedInvitation> {
    if (!this.#invitation) throw trouble.noInvitation;
    await this.#judge(this.#invitation.signed);
    const { signed, judged } = this.#invitation;
    if (judged.verdict !== 'good') throw trouble.notToBeFollowed(judged);
    return signed;
  }

  /** The cluster that the work here is known to be for: a good invitation lies here. */
  cluster(): Pick<SignedInvitation['invitation'], 'site' | 'practice'> | undefined {
    return this.#invitation?.judged.verdict === 'good'
      ? this.#invitation.signed.invitation
      : undefined;
  }

  /** What a record of the work here is about, as the invitation calls it, good or not. */
  about(): PartCluster | undefined {
    const { site, practice } = this.#invitation?.signed.invitation ?? {};
    return site && { name: site.name, kind: practice ? 'practice' : 'real' };
  }

  /** Encrypts a share to the invitation's key. What comes of it may be shown to anybody. */
  async seal(
    holder: string,
    share: Secret<'share'>,
    openedWith?: PartEventOf<'share.sealed'>['openedWith'],
  ): Promise<void> {
    const { invitation } = await this.good();
    if (!invitation.holders.includes(holder)) throw trouble.notInvited;
    const bytes = await sealShare(invitation, holder, share);
    await this.#options.record({
      type: 'share.sealed',
      ceremony: invitation.ceremony,
      holder,
      sealTo: invitation.sealTo.fingerprint,
      ...(openedWith ? { openedWith } : {}),
    });
    const parcel = this.#options.parcels.add({
      parcel: { kind: 'sealed-share', bytes },
      title: `The sealed share of ${holder}`,
      fileName: `keyturn-sealed-share-${invitation.ceremony}.txt`,
    });
    this.#sealed = { holder, parcel };
    this.#options.changed();
  }

  clear(): void {
    this.#invitation = undefined;
    this.#knownBy = undefined;
    this.#sealed = undefined;
  }

  async #judge(signed: SignedInvitation): Promise<void> {
    const { signers, ownFingerprint, profiles } = this.#options;
    const known = await signers.list();
    const judged = judgeInvitation(signed, {
      now: Date.now(),
      signers: [await ownFingerprint(), ...known.map(({ fingerprint }) => fingerprint)],
      profiles: profiles(),
    });
    this.#knownBy = known.find(({ fingerprint }) => fingerprint === signed.signer.fingerprint);
    this.#invitation = { signed, judged };
    this.#options.changed();
  }

  #invitationView(held: {
    readonly signed: SignedInvitation;
    readonly judged: Judgement;
  }): DeskView['invitation'] {
    const { sealTo: _, key: __, ...read } = held.signed.invitation;
    const { fingerprint, words } = held.signed.signer;
    return {
      read,
      words: [...nonceWords(read.nonce)],
      signer: { fingerprint, words: [...words] },
      ...(this.#knownBy
        ? { knownBy: `${this.#knownBy.comparedBy}, with ${this.#knownBy.agreedBy}` }
        : {}),
      verdict: held.judged.verdict,
      says: [...held.judged.says],
    };
  }

  async #recordInvitation(): Promise<void> {
    const { signed, judged } = this.#invitation ?? {};
    if (!signed || !judged) return;
    const { ceremony, nonce, operator, site, sealTo } = signed.invitation;
    await this.#options.record({
      type: 'invitation.read',
      ceremony,
      cluster: site.name,
      nonce,
      operator,
      signer: signed.signer.fingerprint,
      verdict: judged.verdict,
      says: [...judged.says],
      sealTo: { key: sealTo.key, fingerprint: sealTo.fingerprint },
    });
  }
}

import { randomInt } from 'node:crypto';
import { samePerson } from '../../shared/ceremony/people.ts';
import { nonceWords } from '../../shared/codec/words.ts';
import type { DeskView } from '../../shared/contract/offline.ts';
import type { CeremonyId, Digest } from '../../shared/ids.ts';
import { readInvitation, type SignedInvitation } from '../../shared/offline/invitation.ts';
import {
  judgeInvitation,
  type Expected,
  type Judgement,
} from '../../shared/offline/judge-invitation.ts';
import type { PartEvent, PartEventOf } from '../../shared/part/events.ts';
import { parseSealedShare } from '../../shared/offline/sealed-share.ts';
import { Trouble } from '../../shared/problem.ts';
import { Secret } from '../../shared/secret.ts';
import { nodeTools } from '../transcript/verify-file.ts';
import * as trouble from './desk-trouble.ts';
import { comparedAlone, type KnownSigner, type KnownSigners } from './known-signers.ts';
import { Opening } from './opening.ts';
import type { Parcels } from './parcels.ts';
import type { PartBook } from './part-book.ts';
import { openSealedShare, sealShare } from './sealing.ts';

export interface DeskOptions {
  readonly parcels: Parcels;
  /** The record of what is done here. */
  readonly part: Pick<PartBook, 'write' | 'end'>;
  readonly signers: KnownSigners;
  /** This installation's own fingerprint: its own invitations are known. */
  readonly ownFingerprint: () => Promise<Digest>;
  readonly profiles: () => Expected['profiles'];
  /** The key that shares of a ceremony are sealed to, where this laptop has it. */
  sealingKey(ceremony: CeremonyId): Promise<Secret<'sealing-key'> | undefined>;
  changed(view: DeskView): void;
}

/**
 * What can be done on a laptop without a network, a cluster or a ceremony. What lies on the desk is in
 * memory only, and goes with `clear`, with the lock and with the app.
 */
export class OfflineDesk {
  /** A token or a share, opened here. */
  readonly opening: Opening;
  readonly #options: DeskOptions;
  #invitation: { readonly signed: SignedInvitation; readonly judged: Judgement } | undefined;
  #knownBy: KnownSigner | undefined;
  #sealed: DeskView['sealed'];
  #checked: DeskView['checked'];
  #newOtp: Secret<'otp'> | undefined;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.opening = new Opening({
      parcels: options.parcels,
      record: (event) => this.#record(event),
      changed: () => this.#tell(),
    });
  }

  view(): DeskView {
    return {
      ...(this.#invitation ? { invitation: this.#invitationView(this.#invitation) } : {}),
      ...(this.#sealed ? { sealed: this.#sealed } : {}),
      ...(this.#checked ? { checked: this.#checked } : {}),
      opening: this.opening.view(),
      ...(this.#newOtp ? { newOtp: this.#newOtp.expose().length } : {}),
    };
  }

  /** @throws Trouble `input.invalid` for what is no invitation or was altered. */
  async takeInvitation(bytes: Uint8Array): Promise<void> {
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
    await this.#record({
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
   * The invitation that a share may be sealed to now.
   *
   * @throws Trouble `rule.not-now` where there is none, or it expired while it lay here.
   */
  async goodInvitation(): Promise<SignedInvitation> {
    if (!this.#invitation) throw trouble.noInvitation;
    await this.#judge(this.#invitation.signed);
    if (this.#invitation.judged.verdict !== 'good') throw trouble.noInvitation;
    return this.#invitation.signed;
  }

  /** The cluster that the work here is known to be for: a good invitation lies on the desk. */
  cluster(): Pick<SignedInvitation['invitation'], 'site' | 'practice'> | undefined {
    return this.#invitation?.judged.verdict === 'good'
      ? this.#invitation.signed.invitation
      : undefined;
  }

  /** In somebody's own words, on the record of the work here. @throws Trouble `journal.*`. */
  note(by: string, note: string): Promise<void> {
    return this.#record({ type: 'note.added', by, note });
  }

  /** Encrypts a share to the invitation's key. What comes of it may be shown to anybody. */
  async seal(
    holder: string,
    share: Secret<'share'>,
    openedWith?: PartEventOf<'share.sealed'>['openedWith'],
  ): Promise<void> {
    const { invitation } = await this.goodInvitation();
    if (!invitation.holders.includes(holder)) throw trouble.notInvited;
    const bytes = await sealShare(invitation, holder, share);
    await this.#record({
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
    this.#tell();
  }

  /** Whether a sealed share can be opened here, without showing or sending it. */
  async checkSealedShare(bytes: Uint8Array): Promise<void> {
    const sealed = parseSealedShare(bytes);
    if (!sealed) throw trouble.noSealedShare;
    const key = await this.#options.sealingKey(sealed.ceremony);
    if (!key) throw trouble.noKeyHere;
    const { holder } = await openSealedShare(bytes, { ceremony: sealed.ceremony }, key);
    await this.#record({ type: 'sealed-share.checked', ceremony: sealed.ceremony, holder });
    this.#checked = { holder, ceremony: sealed.ceremony };
    this.#tell();
  }

  /** Letters and digits, as Vault makes them (docs/protocol.md §2). */
  async makeOtp(length: number): Promise<void> {
    await this.#record({ type: 'otp.made', length });
    const characters = Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length)));
    this.#newOtp = Secret.of('otp', characters.join(''));
    this.#tell();
  }

  async showNewOtp(to: string, agreedBy: string): Promise<Secret<'otp'>> {
    const otp = this.#newOtp;
    if (!otp) throw trouble.noNewOtp;
    if (samePerson(to, agreedBy)) throw new Trouble(trouble.onePerson);
    await this.#record({ type: 'otp.shown', to, agreedBy });
    return otp;
  }

  /** Forgets all that lies here, and ends its record. @throws Trouble `journal.*`; it is forgotten all the same. */
  async clear(why: PartEventOf<'part.ended'>['why']): Promise<void> {
    this.#invitation = undefined;
    this.#knownBy = undefined;
    this.#sealed = undefined;
    this.#checked = undefined;
    this.#newOtp = undefined;
    this.opening.clear();
    this.#tell();
    await this.#options.part.end(why);
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
    this.#tell();
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
    const { ceremony, nonce, operator, site } = signed.invitation;
    await this.#record({
      type: 'invitation.read',
      ceremony,
      cluster: site.name,
      nonce,
      operator,
      signer: signed.signer.fingerprint,
      verdict: judged.verdict,
      says: [...judged.says],
    });
  }

  #record(event: PartEvent): Promise<void> {
    const { site, practice } = this.#invitation?.signed.invitation ?? {};
    if (!site) return this.#options.part.write(event);
    const kind = practice ? 'practice' : 'real';
    return this.#options.part.write(event, { name: site.name, kind });
  }

  #tell(): void {
    this.#options.changed(this.view());
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

import { randomInt } from 'node:crypto';
import { createMessage, encrypt, readKey } from 'openpgp';
import { samePerson } from '../../shared/ceremony/people.ts';
import { decodeToken } from '../../shared/codec/otp.ts';
import { nonceWords, toWords } from '../../shared/codec/words.ts';
import type { DeskView } from '../../shared/contract/offline.ts';
import type { CeremonyId, Digest } from '../../shared/ids.ts';
import { readInvitation, type SignedInvitation } from '../../shared/offline/invitation.ts';
import {
  judgeInvitation,
  type Expected,
  type Judgement,
} from '../../shared/offline/judge-invitation.ts';
import { parseSealedShare } from '../../shared/offline/sealed-share.ts';
import { Trouble } from '../../shared/problem.ts';
import { Secret } from '../../shared/secret.ts';
import { openPgpIdentity } from '../transcript/openpgp.ts';
import { nodeTools } from '../transcript/verify-file.ts';
import * as trouble from './desk-trouble.ts';
import type { KnownSigner, KnownSigners } from './known-signers.ts';
import type { Parcels } from './parcels.ts';
import { openSealedShare, sealShare } from './sealing.ts';

export interface DeskOptions {
  readonly parcels: Parcels;
  readonly signers: KnownSigners;
  /** This installation's own fingerprint: its own invitations are known. */
  ownFingerprint(): Promise<Digest>;
  profiles(): Expected['profiles'];
  /** The key that shares of a ceremony are sealed to, where this laptop has it. */
  sealingKey(ceremony: CeremonyId): Promise<Secret<'sealing-key'> | undefined>;
  changed(view: DeskView): void;
}

/**
 * What can be done on a laptop without a network, a cluster or a ceremony. What lies on the desk is in
 * memory only, and goes with `clear`, with the lock and with the app.
 */
export class OfflineDesk {
  readonly #options: DeskOptions;
  #invitation: { readonly signed: SignedInvitation; readonly judged: Judgement } | undefined;
  #knownBy: KnownSigner | undefined;
  #sealed: DeskView['sealed'];
  #checked: DeskView['checked'];
  #encoded: Secret<'encoded-token'> | undefined;
  #otp: Secret<'otp'> | undefined;
  #decoded: ReturnType<typeof decodeToken> | undefined;
  #newOtp: Secret<'otp'> | undefined;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  view(): DeskView {
    return {
      ...(this.#invitation ? { invitation: this.#invitationView(this.#invitation) } : {}),
      ...(this.#sealed ? { sealed: this.#sealed } : {}),
      ...(this.#checked ? { checked: this.#checked } : {}),
      decode: {
        encoded: this.#encoded !== undefined,
        otp: this.#otp !== undefined,
        ...(this.#decoded ? { doubts: [...this.#decoded.doubts] } : {}),
      },
      ...(this.#newOtp ? { newOtp: this.#newOtp.expose().length } : {}),
    };
  }

  /** @throws Trouble `input.invalid` for what is no invitation or was altered. */
  async takeInvitation(bytes: Uint8Array): Promise<void> {
    const signed = readInvitation(bytes, nodeTools);
    this.#sealed = undefined;
    await this.#judge(signed);
  }

  /** The signer's words were compared by voice. @throws Trouble where no such signer waits for it. */
  async trustSigner(fingerprint: Digest, comparedBy: string, agreedBy: string): Promise<void> {
    const { signed, judged } = this.#invitation ?? {};
    if (judged?.verdict !== 'signer-unknown' || signed?.signer.fingerprint !== fingerprint)
      throw trouble.noSuchSigner;
    const { operator } = signed.invitation;
    const at = new Date().toISOString();
    await this.#options.signers.add({ fingerprint, operator, comparedBy, agreedBy, at });
    await this.#judge(signed);
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

  /** Encrypts a share to the invitation's key. What comes of it may be shown to anybody. */
  async seal(holder: string, share: Secret<'share'>): Promise<void> {
    const { invitation } = await this.goodInvitation();
    if (!invitation.holders.includes(holder)) throw trouble.notInvited;
    const bytes = await sealShare(invitation, holder, share);
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
    this.#checked = { holder, ceremony: sealed.ceremony };
    this.#tell();
  }

  takeEncodedToken(encoded: Secret<'encoded-token'>): void {
    this.#encoded = encoded;
    this.#decoded = undefined;
    this.#tell();
  }

  takeOtp(otp: Secret<'otp'>): void {
    this.#otp = otp;
    this.#decoded = undefined;
    this.#tell();
  }

  /** @throws Trouble `input.invalid` where the two do not fit; both stay to be entered again. */
  decode(): void {
    if (!this.#encoded || !this.#otp) throw trouble.notBoth;
    this.#decoded = decodeToken(this.#encoded, this.#otp);
    this.#encoded = undefined;
    this.#otp = undefined;
    this.#tell();
  }

  /** The decoded token, for the isolated page that shows it after a second person's yes. */
  showToken(to: string, agreedBy: string): Secret<'dr-operation-token'> {
    if (!this.#decoded) throw trouble.nothingDecoded;
    mustBeTwo(to, agreedBy);
    return this.#decoded.token;
  }

  /**
   * @param recipient somebody's public key, armored.
   * @throws Trouble `input.invalid` where it is none, a private one, or nothing can be encrypted to it.
   */
  async encryptToken(recipient: string) {
    if (!this.#decoded) throw trouble.nothingDecoded;
    const { key, fingerprint, userIds } = await openPgpIdentity(recipient);
    const options = {
      message: await createMessage({ text: this.#decoded.token.expose() }),
      encryptionKeys: await readKey({ binaryKey: Buffer.from(key, 'base64') }),
    };
    // The library says no to keys that are expired, revoked, too weak, or only sign.
    const refuse = () => {
      throw trouble.keyUnfit;
    };
    const bytes = await encrypt({ ...options, format: 'binary' }).catch(refuse);
    const text = await encrypt({ ...options, format: 'armored' }).catch(refuse);
    const parcel = this.#options.parcels.add({
      parcel: { kind: 'pgp-message', bytes },
      title: `The DR operation token, encrypted to ${userIds[0] ?? fingerprint}`,
      fileName: `keyturn-token-${fingerprint.slice(-16)}.asc`,
      text,
    });
    return { parcel, fingerprint, words: [...toWords(fingerprint)], userIds: [...userIds] };
  }

  /** Letters and digits, as Vault makes them (docs/protocol.md §2). */
  makeOtp(length: number): void {
    const characters = Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length)));
    this.#newOtp = Secret.of('otp', characters.join(''));
    this.#tell();
  }

  showNewOtp(to: string, agreedBy: string): Secret<'otp'> {
    if (!this.#newOtp) throw trouble.noNewOtp;
    mustBeTwo(to, agreedBy);
    return this.#newOtp;
  }

  clear(): void {
    this.#invitation = undefined;
    this.#knownBy = undefined;
    this.#sealed = undefined;
    this.#checked = undefined;
    this.#encoded = undefined;
    this.#otp = undefined;
    this.#decoded = undefined;
    this.#newOtp = undefined;
    this.#tell();
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

  #tell(): void {
    this.#options.changed(this.view());
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function mustBeTwo(to: string, agreedBy: string): void {
  if (samePerson(to, agreedBy)) throw new Trouble(trouble.onePerson);
}

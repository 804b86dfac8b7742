import { randomInt } from 'node:crypto';
import { samePerson } from '../../shared/ceremony/people.ts';
import type { DeskView } from '../../shared/contract/offline.ts';
import type { CeremonyId, Digest } from '../../shared/ids.ts';
import type { Expected } from '../../shared/offline/judge-invitation.ts';
import { parseSealedShare } from '../../shared/offline/sealed-share.ts';
import type { PartEvent, PartEventOf } from '../../shared/part/events.ts';
import { Trouble } from '../../shared/problem.ts';
import { Secret } from '../../shared/secret.ts';
import * as trouble from './desk-trouble.ts';
import { InvitationTable } from './invitation-table.ts';
import type { KnownSigners } from './known-signers.ts';
import { Opening } from './opening.ts';
import type { Parcels } from './parcels.ts';
import type { PartBook } from './part-book.ts';
import { openSealedShare } from './sealing.ts';

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
  /** The invitation that is answered here. */
  readonly invited: InvitationTable;
  /** A token or a share, opened here. */
  readonly opening: Opening;
  readonly #options: DeskOptions;
  #checked: DeskView['checked'];
  #newOtp: Secret<'otp'> | undefined;

  constructor(options: DeskOptions) {
    const { parcels, signers, ownFingerprint, profiles } = options;
    this.#options = options;
    const here = {
      parcels,
      record: (event: PartEvent) => this.#record(event),
      changed: () => this.#tell(),
    };
    this.invited = new InvitationTable({ ...here, signers, ownFingerprint, profiles });
    this.opening = new Opening(here);
  }

  view(): DeskView {
    return {
      ...this.invited.view(),
      ...(this.#checked ? { checked: this.#checked } : {}),
      opening: this.opening.view(),
      ...(this.#newOtp ? { newOtp: this.#newOtp.expose().length } : {}),
    };
  }

  /** In somebody's own words, on the record of the work here. @throws Trouble `journal.*`. */
  note(by: string, note: string): Promise<void> {
    return this.#record({ type: 'note.added', by, note });
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
    this.invited.clear();
    this.#checked = undefined;
    this.#newOtp = undefined;
    this.opening.clear();
    this.#tell();
    await this.#options.part.end(why);
  }

  #record(event: PartEvent): Promise<void> {
    return this.#options.part.write(event, this.invited.about());
  }

  #tell(): void {
    this.#options.changed(this.view());
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

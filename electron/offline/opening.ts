import { createMessage, encrypt, readKey } from 'openpgp';
import { z } from 'zod';
import { samePerson } from '../../shared/ceremony/people.ts';
import { decodeToken, doubtsAbout } from '../../shared/codec/otp.ts';
import type { DeskView } from '../../shared/contract/offline.ts';
import type { Opened, PartEvent, partOpeners } from '../../shared/part/events.ts';
import type { Invitation } from '../../shared/offline/invitation.ts';
import { readPgpMessage } from '../../shared/pgp/message.ts';
import { problemOf, Trouble } from '../../shared/problem.ts';
import type { Secret } from '../../shared/secret.ts';
import { sealDecodedToken, type OpenedWith } from './decoded-token.ts';
import { openPgpIdentity } from '../transcript/openpgp.ts';
import * as trouble from './desk-trouble.ts';
import type { Parcels } from './parcels.ts';

export interface OpeningOptions {
  readonly parcels: Parcels;
  /** On disk before anything comes of it. */
  record(event: PartEvent): Promise<void>;
  changed(): void;
}

/** What opens a message is not in this room: gpg is another program. */
export type Decrypt = (
  message: string,
  kind: 'share' | 'dr-operation-token',
) => Promise<Secret<'share' | 'dr-operation-token'>>;

/**
 * One encoded token or encrypted share, opened in memory. It leaves encrypted to a person's key, or onto
 * an isolated page after a second person's yes.
 */
export class Opening {
  readonly #options: OpeningOptions;
  #closed: { readonly what: Opened; readonly secret: Secret<'encoded-token'> } | undefined;
  #otp: Secret<'otp'> | undefined;
  #opened:
    | {
        readonly what: Opened;
        readonly secret: Secret;
        readonly means: OpenedWith;
        readonly doubts: readonly string[];
      }
    | undefined;

  constructor(options: OpeningOptions) {
    this.#options = options;
  }

  view(): DeskView['opening'] {
    return {
      ...(this.#closed
        ? { entered: { what: this.#closed.what, encrypted: isMessage(this.#closed.secret) } }
        : {}),
      otp: this.#otp !== undefined,
      ...(this.#opened
        ? { opened: { what: this.#opened.what, doubts: [...this.#opened.doubts] } }
        : {}),
    };
  }

  /** @throws Trouble `input.invalid` for a share that is not encrypted. */
  take(what: Opened, secret: Secret<'encoded-token'>): void {
    if (what === 'share' && !isMessage(secret)) throw trouble.noMessage;
    this.#closed = { what, secret };
    this.#opened = undefined;
    this.#options.changed();
  }

  takeOtp(otp: Secret<'otp'>): void {
    this.#otp = otp;
    this.#opened = undefined;
    this.#options.changed();
  }

  /** @throws Trouble `input.invalid` where the two do not fit; both stay to be entered again. */
  async decode(): Promise<void> {
    const [closed, otp] = [this.#closed, this.#otp];
    if (closed?.what !== 'token' || isMessage(closed.secret) || !otp) throw trouble.notBoth;
    await this.#open('token', 'OTP', () => {
      const { token, doubts } = decodeToken(closed.secret, otp, 'dr-operation-token');
      return Promise.resolve({ secret: token, doubts });
    });
  }

  /** @throws Trouble `pgp.*` where it does not open; it stays to be tried with another key. */
  async openWith(means: (typeof partOpeners)[number], decrypt: Decrypt): Promise<void> {
    const closed = this.#closed;
    if (!closed || !isMessage(closed.secret)) throw trouble.noMessage;
    const { what, secret } = closed;
    await this.#open(what, means, async () => {
      const kind = what === 'token' ? 'dr-operation-token' : 'share';
      const opened = await decrypt(secret.expose(), kind);
      return { secret: opened, doubts: what === 'token' ? doubtsAbout(opened.expose()) : [] };
    });
  }

  /** What was opened, for the isolated page that shows it after a second person's yes. */
  async show(to: string, agreedBy: string): Promise<Secret> {
    const { what, secret } = this.#held();
    if (samePerson(to, agreedBy)) throw new Trouble(trouble.onePerson);
    await this.#options.record({ type: 'secret.shown', what, to, agreedBy });
    return secret;
  }

  /** @throws Trouble `rule.not-now` where nothing lies opened. */
  what(): Opened {
    return this.#held().what;
  }

  /**
   * @param recipient somebody's public key, armored.
   * @throws Trouble `input.invalid` where it is none, a private one, or nothing can be encrypted to it.
   */
  async encrypt(recipient: string) {
    const { what, secret } = this.#held();
    const { key, fingerprint, userIds } = await openPgpIdentity(recipient);
    const options = {
      message: await createMessage({ text: secret.expose() }),
      encryptionKeys: await readKey({ binaryKey: Buffer.from(key, 'base64') }),
    };
    // The library says no to keys that are expired, revoked, too weak, or only sign.
    const refuse = () => {
      throw trouble.keyUnfit;
    };
    const binary: unknown = await encrypt({ ...options, format: 'binary' }).catch(refuse);
    const armored: unknown = await encrypt({ ...options, format: 'armored' }).catch(refuse);
    const bytes = z.instanceof(Uint8Array).parse(binary);
    const text = z.string().parse(armored);
    const names = userIds.slice(0, 10).map((name) => name.slice(0, 300));
    await this.#options.record({
      type: 'secret.encrypted',
      what,
      recipient: fingerprint,
      userIds: names,
    });
    const parcel = this.#options.parcels.add({
      parcel: { kind: 'pgp-message', bytes },
      title: `The ${what === 'token' ? 'DR operation token' : 'share'}, encrypted to ${names[0] ?? fingerprint}`,
      fileName: `keyturn-${what}-${fingerprint.slice(-16)}.asc`,
      text,
    });
    return { parcel, fingerprint, userIds: names };
  }

  /**
   * Seals the opened token to the key of its ceremony: only the operator's laptop opens it again.
   *
   * @param from who decoded it.
   * @throws Trouble `rule.not-now` where no token lies opened, `input.invalid` where the key cannot be used.
   */
  async sealTo(invitation: Invitation, from: string): Promise<string> {
    const { what, secret, means } = this.#held();
    if (what !== 'token') throw trouble.nothingOpened;
    const bytes = await sealDecodedToken(invitation, { from, with: means }, secret);
    const { ceremony, sealTo } = invitation;
    await this.#options.record({
      type: 'token.sealed',
      ceremony,
      from,
      sealTo: sealTo.fingerprint,
    });
    return this.#options.parcels.add({
      parcel: { kind: 'decoded-token', bytes },
      title: `The token that ${from} decoded`,
      fileName: `keyturn-decoded-token-${ceremony}.txt`,
    });
  }

  clear(): void {
    this.#closed = undefined;
    this.#otp = undefined;
    this.#opened = undefined;
  }

  async #open(
    what: Opened,
    means: 'OTP' | (typeof partOpeners)[number],
    work: () => Promise<{ secret: Secret; doubts: readonly string[] }>,
  ): Promise<void> {
    const before = this.#closed;
    const { secret, doubts } = await work().catch(async (thrown: unknown) => {
      const problem = problemOf(thrown);
      await this.#options.record({ type: 'secret.open.failed', what, problem });
      throw new Trouble(problem);
    });
    // The desk was cleared while gpg waited for a card.
    if (this.#closed !== before) throw trouble.nothingOpened;
    await this.#options.record({ type: 'secret.opened', what, with: means, doubts: [...doubts] });
    this.#opened = { what, secret, means, doubts };
    this.#closed = undefined;
    this.#otp = undefined;
    this.#options.changed();
  }

  #held() {
    if (!this.#opened) throw trouble.nothingOpened;
    return this.#opened;
  }
}

const isMessage = (secret: Secret<'encoded-token'>): boolean => readPgpMessage(secret.expose()).ok;

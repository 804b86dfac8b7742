import { samePerson } from '../../../shared/ceremony/people.ts';
import { tokenWords } from '../../../shared/ceremony/purpose.ts';
import { possible } from '../../../shared/ceremony/possible.ts';
import { readPgpMessage } from '../../../shared/pgp/message.ts';
import { Trouble } from '../../../shared/problem.ts';
import type { Secret } from '../../../shared/secret.ts';
import { deleteToken } from '../../failover/delete-token.ts';
import { ruleTrouble } from '../ceremony-log.ts';
import { decode, restoreOtp } from '../decode.ts';
import { decodeWithKey, type TokenOpener } from '../pgp-key.ts';
import { keepEncodedToken } from '../give-share.ts';
import { showToken, storeToken } from '../root-token.ts';
import { noTokenAwaited, takeDecodedToken, takeHandedToken } from '../take-token.ts';
import { Commands } from './commands.ts';

/** What the shares make: the encoded token, what opens it, and the token until it is deleted. */
export class TokenCommands extends Commands {
  /** The encoded token, from the laptop on which the last share landed. @returns whose share that was. */
  async takeHanded(handed: Uint8Array): Promise<string> {
    this.#mustAwaitToken();
    return this.command('take-token', 'Opening the token that was handed back', () =>
      takeHandedToken(this.room, handed),
    );
  }

  /** The token, decoded on another laptop and sealed there. @returns who decoded it. */
  async takeDecoded(sealed: Uint8Array): Promise<string> {
    this.#mustAwaitToken();
    return this.command('take-token', 'Opening the token that was decoded elsewhere', () =>
      takeDecodedToken(this.room, sealed),
    );
  }

  /** Tries the keychain again with an encoded token that it did not take. */
  keepEncoded(): Promise<void> {
    return this.command('keep-encoded-token', 'Keeping the encoded token', async () => {
      if (!this.room.unkept) throw ruleTrouble('No encoded token is waiting in memory.');
      await keepEncodedToken(this.room, this.room.unkept);
    });
  }

  /** The OTP, for a page that shows it once. The event is on disk before it is handed over. */
  showOtp(to: string, agreedBy: string): Promise<Secret<'otp'>> {
    return this.command('show-otp', 'Reading the OTP from the keychain', async () => {
      const { attempt } = this.room.log.in('collecting');
      const kept = await this.room.secrets.attempt();
      if (kept?.nonce !== attempt.nonce) throw ruleTrouble('The OTP is not in the keychain.');
      if (samePerson(to, agreedBy))
        throw ruleTrouble('The OTP is shown only after a second person agreed.');
      await this.record({ type: 'otp.shown', to, agreedBy });
      return kept.otp;
    });
  }

  restoreOtp(otp: Secret<'otp'>): Promise<void> {
    return this.command('restore-otp', 'Keeping the OTP', () => restoreOtp(this.room, otp));
  }

  /** A joined attempt's encoded token, for its owner. The event is on disk before it is handed over. */
  showEncoded(to: string, agreedBy: string): Promise<Secret<'encoded-token'>> {
    return this.command('show-encoded', 'Reading the encoded token', async () => {
      const kept = await this.room.secrets.encodedToken();
      if (!kept) throw ruleTrouble('The encoded token is not in the keychain.');
      if (samePerson(to, agreedBy))
        throw ruleTrouble('The encoded token is shown only after a second person agreed.');
      await this.record({ type: 'token.encoded.shown', to, agreedBy });
      return kept;
    });
  }

  /** In PGP mode, for the key's owner: the binary message. The event is on disk before it is handed over. */
  exportEncoded(to: string): Promise<Uint8Array> {
    return this.command('export-encoded', 'Reading the encoded token', async () => {
      const kept = await this.room.secrets.encodedToken();
      const message = kept && readPgpMessage(kept.expose());
      if (!message?.ok)
        throw ruleTrouble('No encoded token that is encrypted to a key is in the keychain.');
      await this.record({ type: 'token.encoded.exported', to });
      return message.bytes;
    });
  }

  /** @param opener in PGP mode: a person's own key, or gpg. Absent: with what this ceremony keeps. */
  decode(opener?: TokenOpener): Promise<void> {
    const doing =
      opener?.with === 'gpg'
        ? 'Waiting for gpg: a card or a PIN is asked for in a window of its own'
        : 'Decoding the token';
    return this.command('decode', doing, () =>
      this.room.log.in('complete').attempt.key
        ? decodeWithKey(this.room, opener)
        : decode(this.room),
    );
  }

  /** The root token, for a page that shows it once, after a second person's yes. */
  show(to: string, agreedBy: string): Promise<Secret<'root-token'>> {
    return this.command('show-token', 'Reading the root token from the keychain', () =>
      showToken(this.room, to, agreedBy),
    );
  }

  /** It stays in the keychain for a while; the ceremony stays open until it is revoked. */
  store(stored: { owner: string; why: string; until: string }): Promise<void> {
    return this.command('store-token', 'Writing who keeps it, and until when', () =>
      storeToken(this.room, stored),
    );
  }

  delete(): Promise<boolean> {
    const token = tokenWords(this.state.purpose);
    return this.command('delete-token', `Deleting the ${token} on Vault`, () =>
      deleteToken(this.room),
    );
  }

  leave(why: string, owner: string): Promise<void> {
    return this.command('leave-token', 'Writing who takes the token over', async () => {
      await this.record({ type: 'token.left', why, owner });
      await this.room.secrets.forgetToken();
    });
  }

  #mustAwaitToken(): void {
    if (!possible(this.state).includes('take-token')) throw new Trouble(noTokenAwaited);
  }
}

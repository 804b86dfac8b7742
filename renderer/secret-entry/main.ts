import type { ReplyOf } from '../../shared/contract/define.ts';
import type { secretEntry } from '../../shared/contract/isolated.ts';
import type { Result } from '../../shared/problem.ts';
import { connectTrusting, type Client } from '../bridge.ts';
import { openPage, refuseCopying } from '../isolated/page.ts';
import { enterView } from './enter.ts';
import { checkOtp, checkPin, checkToken, longestToken } from './check-secret.ts';
import { decryptTokenView } from './decrypt-token.ts';
import { deskEntry, newOtpWords, tokenWords } from './desk.ts';
import { showOtpView } from './show-otp.ts';

export type SecretClient = Client<typeof secretEntry>;
export type SecretContext = ReplyOf<(typeof secretEntry)['calls']['secret.context']>;

const client: SecretClient = connectTrusting<typeof secretEntry>();
const close = (): Promise<Result<unknown>> => client.call('secret.close', undefined);

refuseCopying();
const context = await client.call('secret.context', undefined);
if (context.ok) begin(context.value);
else openPage(undefined, close).showProblem('This window cannot open now', context.problem);

function begin({ banner, what, length, agreedBy, person }: SecretContext): void {
  const page = openPage(banner, close);
  switch (what) {
    case 'vault-token':
      return page.show(
        ...enterView({
          title: 'Enter the Vault token',
          about: [
            'This server asks for a Vault token beside the shares. It is kept in memory until the app is locked or quits, and is sent to this cluster only.',
          ],
          label: 'Vault token',
          hint: 'Paste it, type it, drop a file or choose one. Spaces around it do not matter.',
          verb: 'Use this token',
          done: 'The token is kept in memory.',
          longest: longestToken,
          check: checkToken,
          send: (token) => client.call('secret.give-token', { token }),
          close: page.close,
        }),
      );
    case 'otp':
      return page.show(
        ...enterView({
          title: 'Enter the OTP from the paper',
          about: [
            'The OTP that was written down when this attempt started decodes its token. It goes into the keychain of this machine.',
            'Often confused: 0 and O, 1, l and I, and capitals that look like their small letters. Press Show to compare it with the paper.',
          ],
          label: 'OTP',
          hint: 'The spaces between its groups do not matter.',
          verb: 'Keep this OTP',
          done: 'The OTP is in the keychain.',
          longest: 256,
          check: (text) => checkOtp(text, length),
          send: (otp) => client.call('secret.give-otp', { otp }),
          close: page.close,
        }),
      );
    case 'pin':
      return page.show(
        ...enterView({
          title: `${person ?? 'The second person'} sets a PIN`,
          about: [
            'Only the person named sits here. Promote will ask for this PIN, and five wrong ones end its use.',
            'What is kept is a hash of it, in the keychain of this machine, until the ceremony ends. Nobody can read the PIN again.',
          ],
          label: 'PIN',
          hint: 'At least six characters. Press Show to see what was typed, while nobody else looks.',
          verb: 'Set this PIN',
          done: 'The PIN is set.',
          longest: 256,
          check: checkPin,
          send: (pin) => client.call('secret.give-pin', { pin }),
          close: page.close,
        }),
      );
    case 'pgp-key':
      return page.show(...decryptTokenView(client, page.close));
    case 'show-otp':
      return showOtpView(client, page, agreedBy);
    case 'encoded-token':
    case 'desk-otp':
      return page.show(...deskEntry(client, page, what));
    case 'show-token':
      return showOtpView(client, page, agreedBy, tokenWords);
    case 'show-new-otp':
      return showOtpView(client, page, agreedBy, newOtpWords);
  }
}

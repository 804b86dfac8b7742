import type { ReplyOf } from '../../shared/contract/define.ts';
import type { secretEntry } from '../../shared/contract/isolated.ts';
import type { Result } from '../../shared/problem.ts';
import { connectTrusting, type Client } from '../bridge.ts';
import { openPage, refuseCopying } from '../isolated/page.ts';
import { afterWords } from './after.ts';
import { enterView } from './enter.ts';
import { checkOtp, checkPin, checkToken, longestToken } from './check-secret.ts';
import { decryptTokenView, deskKeyWords } from './decrypt-token.ts';
import { deskEntry, newOtpWords, shareWords, tokenWords } from './desk.ts';
import { encodedWords, rootTokenWords, showOtpView } from './show-otp.ts';

export type SecretClient = Client<typeof secretEntry>;
export type SecretContext = ReplyOf<(typeof secretEntry)['calls']['secret.context']>;

const client: SecretClient = connectTrusting<typeof secretEntry>();
const close = (): Promise<Result<unknown>> => client.call('secret.close', undefined);

refuseCopying();
const context = await client.call('secret.context', undefined);
if (context.ok) begin(context.value);
else openPage(undefined, close).showProblem('This window cannot open now', context.problem);

function begin({ banner, what, length, agreedBy, person, task, target }: SecretContext): void {
  const page = openPage(banner, close);
  const rootToken = banner.practice
    ? { practice: { verb: 'Take the practice primary’s root token', take: practiceToken } }
    : {};
  switch (what) {
    case 'vault-token':
      return page.show(
        ...enterView({
          title: 'Enter the Vault token',
          about: [
            'This server takes the step only with a Vault token of the operator beside it. It is kept in memory until the app is locked or quits, and is sent to this cluster only.',
          ],
          label: 'Vault token',
          hint: 'Paste it, type it, drop a file or choose one. Spaces around it do not matter.',
          verb: 'Use this token',
          done: 'The token is kept in memory.',
          longest: longestToken,
          check: checkToken,
          send: (token) => client.call('secret.give-token', { token }),
          ...rootToken,
          close: page.close,
        }),
      );
    case 'primary-token':
      return page.show(
        ...enterView({
          title: 'Enter your Vault token for the primary',
          about: [
            'Your own token, with which you may read and write the policy and the token role, and issue a batch token. It is kept in memory until the screen is locked or the app quits, and is sent to the primary only.',
          ],
          label: 'Vault token',
          hint: 'Paste it, type it, drop a file or choose one. Spaces around it do not matter.',
          verb: 'Use this token',
          done: 'The token is kept in memory.',
          longest: longestToken,
          check: checkToken,
          send: (token) => client.call('secret.give-token', { token }),
          ...rootToken,
          close: page.close,
        }),
      );
    case 'batch-token':
      return page.show(
        ...enterView({
          title: 'Enter the batch token',
          about: [
            'A DR operation batch token that was issued elsewhere. It goes into the keychain of this machine, and is tried on the primary and on the DR secondary of this cluster only.',
          ],
          label: 'Batch token',
          hint: 'Paste it, drop a file or choose one. Batch tokens are long; spaces around it do not matter.',
          verb: 'Keep this token',
          done: 'The token is in the keychain. The shift desk says what was proved of it.',
          longest: longestToken,
          check: checkToken,
          send: (token) => client.call('secret.give-batch-token', { token }),
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
    case 'desk-key':
      return page.show(...decryptTokenView(client, page.close, deskKeyWords));
    case 'encoded-token':
    case 'encrypted-share':
    case 'desk-otp':
      return page.show(...deskEntry(client, page, what));
    case 'show-token':
      return showOtpView(client, page, agreedBy, tokenWords);
    case 'show-share':
      return showOtpView(client, page, agreedBy, shareWords);
    case 'show-new-otp':
      return showOtpView(client, page, agreedBy, newOtpWords);
    case 'demote':
      return page.show(
        ...enterView({
          title: 'Demote the old primary',
          about: [
            `The primary of ${banner.cluster}${person === undefined ? '' : ` (${person})`} stops serving its clients at once and becomes a secondary that follows nobody. It is sent once.`,
            'A token of the primary that may do this: a root token, or one whose policy allows update and sudo on sys/replication/dr/primary/demote. It is used for this one call and kept nowhere.',
          ],
          label: 'Token of the primary',
          hint: 'Paste it, type it, drop a file or choose one. Spaces around it do not matter.',
          verb: 'Demote the primary with this token',
          done: 'It was sent, and the token is forgotten. The guide shows what the primary says of itself.',
          longest: longestToken,
          check: checkToken,
          send: (token) => client.call('secret.demote', { token }),
          ...rootToken,
          close: page.close,
        }),
      );
    case 'after':
      return page.show(
        ...enterView({
          ...afterWords(task ?? 'client-request', banner.cluster, target ?? ''),
          hint: 'Paste it, type it, drop a file or choose one. Spaces around it do not matter.',
          longest: longestToken,
          check: checkToken,
          send: (token) => client.call('secret.after', { token }),
          ...(task === 'snapshot' ? rootToken : {}),
          close: page.close,
        }),
      );
    case 'show-otp':
      return showOtpView(client, page, agreedBy);
    case 'show-encoded':
      return showOtpView(client, page, agreedBy, encodedWords);
    case 'show-root-token':
      return showOtpView(client, page, agreedBy, rootTokenWords);
  }
}

/** Practice only. A declaration: the page begins before the end of this file is reached. */
async function practiceToken(): Promise<Result<string>> {
  const result = await client.call('secret.practice-token', undefined);
  return result.ok ? { ok: true, value: result.value.token } : result;
}

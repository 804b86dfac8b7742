import type { ReplyOf } from '../../shared/contract/define.ts';
import type { shareEntry } from '../../shared/contract/isolated.ts';
import type { Problem } from '../../shared/problem.ts';
import { actions, button, el } from '../isolated/el.ts';
import { problemView } from '../isolated/problem-view.ts';
import { secretField } from '../isolated/secret-field.ts';
import { aftermath } from './aftermath.ts';
import { checkShare, longestShareText } from './check-share.ts';
import { openerFields } from './opener.ts';
import type { ShareClient, ShareContext } from './main.ts';

export type GiveReply = ReplyOf<(typeof shareEntry)['calls']['share.give']>;

export interface GiveOutcome {
  readonly given: (reply: GiveReply) => void;
  /** The field is empty, and nothing more can be entered here. */
  readonly over: (problem: Problem) => void;
  readonly leave: () => void;
}

/** The share itself: entered, checked while it is entered, sent once, and gone. */
export function giveStep(
  client: ShareClient,
  context: ShareContext,
  holder: string,
  outcome: GiveOutcome,
): HTMLElement {
  const { banner, required } = context;
  const trouble = el('div', {});
  const sending = el('p', { class: 'sending', role: 'status' });

  const send = async (): Promise<void> => {
    const { share, encrypted } = checkShare(field.text(), required);
    const how = opener.value();
    if (!ready()) return;
    busy(true);
    trouble.replaceChildren();
    const gpg = encrypted !== undefined && how?.kind === 'gpg';
    stop.hidden = !gpg;
    sending.textContent = gpg
      ? 'Waiting for gpg. It may ask for a card, a PIN or a passphrase in a window of its own.'
      : context.seals
        ? 'Sealing…'
        : 'Sending to Vault…';
    const result =
      share === undefined
        ? encrypted !== undefined && how !== undefined
          ? await client.call('share.give-encrypted', { holder, message: encrypted, opener: how })
          : undefined
        : await client.call('share.give', { holder, share });
    sending.textContent = '';
    stop.hidden = true;
    if (result === undefined) return;
    if (result.ok) {
      field.clear();
      opener.clear();
      outcome.given(result.value);
      return;
    }
    const next = aftermath(result.problem.code);
    if (next !== 'keep') {
      field.clear();
      opener.clear();
    }
    if (next === 'over') outcome.over(result.problem);
    else {
      trouble.replaceChildren(problemView(result.problem));
      busy(false);
      if (give.disabled) field.focus();
      else give.focus();
    }
  };

  const give = button(
    'primary',
    `${context.seals ? 'Seal' : 'Give'} the ${banner.shareWord}`,
    () => void send(),
  );
  const leave = button('plain', 'Close without giving', () => {
    field.clear();
    opener.clear();
    outcome.leave();
  });
  const stop = button('plain', 'Stop gpg', () => void client.call('share.stop-gpg', undefined));
  stop.hidden = true;
  const opener = openerFields(() => {
    give.disabled = !ready();
  });
  const ready = (): boolean => {
    const { share, encrypted } = checkShare(field.text(), required);
    return share !== undefined || (encrypted !== undefined && opener.value() !== undefined);
  };
  const field = secretField({
    label: `The ${banner.shareWord}, in hex or base64, or encrypted (OpenPGP)`,
    hint: 'Paste it, type it, drop a file here or choose one. Spaces and line breaks do not matter.',
    longest: longestShareText,
    check(text) {
      const { verdict, share, encrypted } = checkShare(text, required);
      opener.show(encrypted !== undefined);
      give.disabled =
        share === undefined && (encrypted === undefined || opener.value() === undefined);
      return verdict;
    },
    binary: true,
  });

  const busy = (now: boolean): void => {
    field.freeze(now);
    opener.freeze(now);
    leave.disabled = now;
    give.disabled = now || !ready();
  };

  return el(
    'div',
    {},
    ...(context.envelopes ? [envelope(client, holder, field.fill, trouble)] : []),
    field.node,
    opener.node,
    trouble,
    actions(give, leave, stop),
    sending,
    el(
      'p',
      { class: 'hint' },
      context.seals
        ? 'It is encrypted to the operator’s key on this laptop and sent nowhere. This window is destroyed afterwards.'
        : 'It goes to Vault once and is kept nowhere. This window is destroyed afterwards.',
    ),
  );
}

/** Practice only: in a rehearsal nobody has a real envelope to bring. */
function envelope(
  client: ShareClient,
  holder: string,
  fill: (share: string) => void,
  trouble: HTMLElement,
): HTMLElement {
  const take = async (): Promise<void> => {
    const result = await client.call('share.practice-envelope', { holder });
    if (result.ok) fill(result.value.share);
    else trouble.replaceChildren(problemView(result.problem));
  };
  return el(
    'p',
    { class: 'practice-help' },
    button('plain', `Take ${holder}’s practice envelope`, () => void take()),
  );
}

import { actions, button, el, heading } from '../isolated/el.ts';
import { keyFileFields } from '../isolated/key-file.ts';
import { problemView } from '../isolated/problem-view.ts';
import type { SecretClient } from './main.ts';

export interface DecryptWords {
  readonly title: string;
  readonly verb: string;
  readonly done: string;
}

const tokenWords: DecryptWords = {
  title: 'Decrypt the token with a key file',
  verb: 'Decrypt the token',
  done: 'The DR operation token is decrypted and in the keychain.',
};

export const deskKeyWords: DecryptWords = {
  title: 'Open it with a key file',
  verb: 'Open it',
  done: 'It is opened, in memory. The guide shows the ways on.',
};

/** A key file and its passphrase open what is encrypted, in main, once. */
export function decryptTokenView(
  client: SecretClient,
  close: () => void,
  words = tokenWords,
): readonly HTMLElement[] {
  const after = el('div', {});
  const busy = (now: boolean): void => {
    file.freeze(now);
    leave.disabled = now;
    use.disabled = now || file.value() === undefined;
  };
  const send = async (): Promise<void> => {
    const given = file.value();
    if (given === undefined) return;
    busy(true);
    after.replaceChildren();
    const result = await client.call('secret.decrypt-token', given);
    if (result.ok) {
      file.clear();
      parts.replaceChildren(
        el('p', { class: 'notice good', role: 'status' }, words.done),
        actions(button('primary', 'Close', close)),
      );
      title.focus();
      return;
    }
    after.replaceChildren(problemView(result.problem));
    busy(false);
    use.focus();
  };
  const use = button('primary', words.verb, () => void send());
  use.disabled = true;
  const leave = button('plain', 'Close without decrypting', () => {
    file.clear();
    close();
  });
  const file = keyFileFields(() => {
    use.disabled = file.value() === undefined;
  });
  const title = heading('h1', words.title);
  const parts = el(
    'div',
    { class: 'stack' },
    el(
      'p',
      {},
      'The owner of the key sits here. Key and passphrase are used once, on this computer, and kept nowhere.',
    ),
    file.node,
    after,
    actions(use, leave),
  );
  return [title, parts];
}

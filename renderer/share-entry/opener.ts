import { el } from '../isolated/el.ts';
import { keyFileFields, type KeyFile } from '../isolated/key-file.ts';

export type Opener = ({ readonly kind: 'key' } & KeyFile) | { readonly kind: 'gpg' };

export interface OpenerFields {
  readonly node: HTMLElement;
  /** `undefined` while something is missing. */
  readonly value: () => Opener | undefined;
  readonly show: (shown: boolean) => void;
  readonly clear: () => void;
  readonly freeze: (frozen: boolean) => void;
}

/** With what an encrypted share is opened: a key file, or gpg with whatever card it has. */
export function openerFields(changed: () => void): OpenerFields {
  const file = keyFileFields(changed);
  const byFile = radio('A key file and its passphrase');
  const byGpg = radio('gpg on this computer, also for a smart card or a YubiKey');
  const gpgHint = el(
    'p',
    { class: 'hint' },
    'gpg asks for the PIN or passphrase in a window of its own. Keyturn never sees it.',
  );
  const choose = (kind: 'key' | 'gpg'): void => {
    byFile.input.checked = kind === 'key';
    byGpg.input.checked = kind === 'gpg';
    file.node.hidden = kind === 'gpg';
    gpgHint.hidden = kind === 'key';
    if (kind === 'gpg') file.clear();
    changed();
  };
  byFile.input.addEventListener('change', () => choose('key'));
  byGpg.input.addEventListener('change', () => choose('gpg'));
  const node = el(
    'fieldset',
    { class: 'opener', hidden: true },
    el('legend', {}, 'This share is encrypted. What opens it?'),
    byFile.label,
    file.node,
    byGpg.label,
    gpgHint,
  );
  gpgHint.hidden = true;
  byFile.input.checked = true;
  return {
    node,
    value() {
      if (byGpg.input.checked) return { kind: 'gpg' };
      const given = file.value();
      return given && { kind: 'key', ...given };
    },
    show: (shown) => {
      node.hidden = !shown;
    },
    clear: file.clear,
    freeze(frozen) {
      byFile.input.disabled = frozen;
      byGpg.input.disabled = frozen;
      file.freeze(frozen);
    },
  };
}

function radio(says: string) {
  const input = el('input', { type: 'radio', name: 'opener' });
  return { input, label: el('label', { class: 'choice' }, input, el('span', {}, says)) };
}

import { button, el } from './el.ts';
import { fileAsText } from './file-text.ts';

/** A private key and its passphrase, as one call to main carries them. */
export interface KeyFile {
  readonly key: string;
  readonly passphrase?: string;
}

export interface KeyFileFields {
  readonly node: HTMLElement;
  /** `undefined` until a file was chosen. */
  readonly value: () => KeyFile | undefined;
  readonly clear: () => void;
  readonly freeze: (frozen: boolean) => void;
}

/** Bytes; the contract takes 400,000 characters of base64. */
const largest = 290_000;

/** The two fields for a private key from a file. @param changed called whenever a file comes or goes. */
export function keyFileFields(changed: () => void): KeyFileFields {
  let key: string | undefined;
  const chosen = el('p', { class: 'hint', role: 'status' }, 'No file is chosen yet.');
  const file = el('input', { type: 'file', hidden: true, 'aria-label': 'Key file', tabindex: -1 });
  const choose = button('plain', 'Choose the key file', () => file.click());
  const passphrase = el('input', {
    id: 'passphrase',
    // Not a password field: no password manager is to take notice of it.
    class: 'secret concealed',
    type: 'text',
    spellcheck: 'false',
    autocapitalize: 'none',
    maxlength: 1024,
    autocomplete: 'off',
    'aria-describedby': 'passphrase-hint',
  });
  const show = button('quiet', 'Show', () => {
    const concealed = passphrase.classList.toggle('concealed');
    show.textContent = concealed ? 'Show' : 'Hide';
  });

  const take = async (given: File): Promise<void> => {
    key = given.size > 0 && given.size <= largest ? await fileAsText(given) : undefined;
    chosen.textContent =
      key === undefined
        ? 'That file is empty or far too large for a key. Choose the private key.'
        : `${given.name} is read, and kept nowhere.`;
    changed();
  };
  file.addEventListener('change', () => {
    const [given] = file.files ?? [];
    if (given !== undefined) void take(given).catch(() => clear());
    file.value = '';
  });

  const clear = (): void => {
    key = undefined;
    passphrase.value = '';
    chosen.textContent = 'No file is chosen yet.';
    changed();
  };
  return {
    node: el(
      'div',
      { class: 'stack' },
      el('div', { class: 'tools' }, choose, file),
      chosen,
      el('label', { for: 'passphrase' }, 'Its passphrase'),
      el('p', { id: 'passphrase-hint', class: 'hint' }, 'Leave it empty where the key has none.'),
      el('div', { class: 'tools' }, passphrase, show),
    ),
    value() {
      if (key === undefined) return undefined;
      return passphrase.value === '' ? { key } : { key, passphrase: passphrase.value };
    },
    clear,
    freeze(frozen) {
      if (frozen) passphrase.classList.add('concealed');
      choose.disabled = frozen;
      show.disabled = frozen;
      passphrase.readOnly = frozen;
    },
  };
}

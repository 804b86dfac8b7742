import { el } from '../isolated/el.ts';
import type { PromoteContext } from './main.ts';
import type { PromoteForm } from './readiness.ts';

export interface TextFieldOptions {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly change: (value: string) => void;
}

/** One line of text. There is no form around it, so Enter does nothing. */
export function textField({ id, label, hint, value, change }: TextFieldOptions): HTMLElement {
  const input = el('input', {
    id,
    type: 'text',
    class: 'line',
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: 'false',
    maxlength: 2000,
    'aria-describedby': `${id}-hint`,
  });
  input.value = value;
  input.addEventListener('input', () => change(input.value));
  return el(
    'div',
    { class: 'field' },
    el('label', { for: id }, label),
    el('p', { id: `${id}-hint`, class: 'hint' }, hint),
    input,
  );
}

/** The second person's own factor: typed by them, never shown, never kept. */
export function pinField(
  { pin }: PromoteContext,
  form: PromoteForm,
  change: (part: Partial<PromoteForm>) => void,
): HTMLElement {
  const input = el('input', {
    id: 'pin',
    type: 'password',
    class: 'line',
    autocomplete: 'off',
    maxlength: 256,
    'aria-describedby': 'pin-hint',
  });
  input.value = form.pin;
  input.addEventListener('input', () => change({ pin: input.value }));
  const tries = pin?.triesLeft ?? 0;
  return el(
    'div',
    { class: 'field' },
    el('label', { for: 'pin' }, `The PIN of ${pin?.person ?? ''}`),
    el(
      'p',
      { id: 'pin-hint', class: 'hint' },
      `Set at roster, entered by nobody else. ${tries === 1 ? '1 try is' : `${tries} tries are`} left.`,
    ),
    input,
  );
}

/** Offered only after Vault refused: what `force` costs, and the sentence that accepts it. */
export function forceField(
  context: PromoteContext,
  form: PromoteForm,
  change: (part: Partial<PromoteForm>) => void,
): HTMLElement {
  const sentence = textField({
    id: 'force-sentence',
    label: 'Type this sentence',
    hint: context.forceSentence,
    value: form.forceAccepted,
    change: (forceAccepted) => change({ forceAccepted }),
  });
  sentence.hidden = !form.force;
  const box = el('input', { type: 'checkbox', id: 'force' });
  box.checked = form.force;
  box.addEventListener('change', () => {
    sentence.hidden = !box.checked;
    change({ force: box.checked });
  });
  return el(
    'section',
    { class: 'notice danger force' },
    el('h3', {}, 'Promote by force'),
    el(
      'p',
      {},
      'Waiting may be enough: Vault said that it is not ready. Force promotes it as it is, and ',
      el('strong', {}, 'everything not replicated yet is lost for good'),
      '. It goes on the record as a deviation.',
    ),
    el('label', { class: 'choice' }, box, el('span', {}, 'Promote by force all the same')),
    sentence,
  );
}

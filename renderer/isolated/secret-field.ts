import { button, el } from './el.ts';
import { fileAsText } from './file-text.ts';
import { fileUnfit, textUnfit, type Unfit } from './fit.ts';

/** What a check makes of the text so far, in one sentence that never quotes it. */
export interface Verdict {
  readonly tone: 'quiet' | 'good' | 'wrong';
  readonly says: string;
}

export interface SecretField {
  readonly node: HTMLElement;
  readonly text: () => string;
  readonly fill: (text: string) => void;
  /** Overwrites the value, then drops it. JavaScript promises no more; the window is destroyed after use. */
  readonly clear: () => void;
  /** While its value is on the way, the field can neither be changed nor seen. */
  readonly freeze: (frozen: boolean) => void;
  readonly focus: () => void;
}

export interface SecretFieldOptions {
  readonly label: string;
  readonly hint: string;
  /** Characters; what would make the text longer is refused before it is inserted. */
  readonly longest: number;
  readonly check: (text: string) => Verdict;
  /** Files that are no text are taken too, as base64. */
  readonly binary?: boolean;
}

/** A field for one secret: pasted, typed, dropped or read from a file; hidden until asked to show. */
export function secretField(options: SecretFieldOptions): SecretField {
  const area = el('textarea', {
    id: 'secret',
    class: 'secret concealed',
    rows: 3,
    autocomplete: 'off',
    autocapitalize: 'none',
    autocorrect: 'off',
    spellcheck: 'false',
    'aria-describedby': 'secret-hint secret-verdict',
  });
  const verdict = el('p', { id: 'secret-verdict', class: 'verdict', role: 'status' });
  const exposure = el('p', { class: 'exposure', role: 'status' });
  const toggle = button('quiet', 'Show', () => reveal(area.classList.contains('concealed')));
  const file = el('input', { type: 'file', hidden: true, 'aria-label': 'File', tabindex: -1 });
  const choose = button('quiet', 'Choose a file', () => file.click());

  const say = ({ tone, says }: Verdict): void => {
    verdict.dataset['tone'] = tone;
    verdict.textContent = says;
    area.setAttribute('aria-invalid', String(tone === 'wrong'));
  };
  const recheck = (): void => say(options.check(area.value));
  const reveal = (shown: boolean): void => {
    area.classList.toggle('concealed', !shown);
    toggle.textContent = shown ? 'Hide' : 'Show';
    exposure.textContent = shown
      ? 'Shown: everyone who sees this screen can read it.'
      : 'Hidden from onlookers.';
  };
  const set = (text: string): void => {
    area.value = '\u2022'.repeat(area.value.length);
    area.value = text;
    recheck();
  };
  const refuse = (unfit: Unfit): boolean => {
    if (unfit !== undefined) say({ tone: 'wrong', says: unfit });
    return unfit !== undefined;
  };

  const take = async (chosen: File): Promise<void> => {
    if (refuse(fileUnfit(chosen.size))) return;
    const text = await (options.binary ? fileAsText(chosen) : chosen.text()).catch(() => undefined);
    if (text === undefined) {
      refuse('That file could not be read. The field is as it was.');
    } else if (!refuse(textUnfit(0, text.trim().length, options.longest))) set(text.trim());
  };

  area.addEventListener('beforeinput', (event) => {
    const incoming = event.data ?? event.dataTransfer?.getData('text/plain') ?? '';
    const kept = area.value.length - (area.selectionEnd - area.selectionStart);
    if (refuse(textUnfit(kept, incoming.length, options.longest))) event.preventDefault();
  });
  area.addEventListener('input', recheck);
  area.addEventListener('drop', (event) => {
    event.stopPropagation();
    const files = event.dataTransfer?.files;
    const [first] = files ?? [];
    if (area.readOnly) event.preventDefault();
    if (first === undefined || area.readOnly) return;
    event.preventDefault();
    if (files?.length === 1) void take(first);
    else refuse('Several files were dropped. Drop the one that is meant; none was opened.');
  });
  file.addEventListener('change', () => {
    const [chosen] = file.files ?? [];
    if (chosen !== undefined) void take(chosen).then(() => area.focus());
    file.value = '';
  });
  window.addEventListener('pagehide', () => set(''));

  reveal(false);
  recheck();
  return {
    node: el(
      'div',
      { class: 'field' },
      el('label', { for: 'secret' }, options.label),
      el('p', { id: 'secret-hint', class: 'hint' }, options.hint),
      area,
      el('div', { class: 'tools' }, toggle, choose, file, exposure),
      verdict,
    ),
    text: () => area.value,
    fill: set,
    clear: () => set(''),
    freeze(frozen) {
      if (frozen) reveal(false);
      area.readOnly = frozen;
      toggle.disabled = frozen;
      choose.disabled = frozen;
    },
    focus: () => area.focus(),
  };
}

import type { ReplyOf } from '../../shared/contract/define.ts';
import type { promote } from '../../shared/contract/isolated.ts';
import type { Result } from '../../shared/problem.ts';
import { button, el } from '../isolated/el.ts';
import { problemView } from '../isolated/problem-view.ts';
import type { PromoteContext } from './main.ts';
import type { PromoteForm } from './readiness.ts';

type Signs = NonNullable<PromoteContext['signature']>;
type Saved = ReplyOf<(typeof promote)['calls']['promote.save-statement']>;

export interface SignatureFieldOptions {
  readonly context: PromoteContext;
  readonly signs: Signs;
  readonly form: PromoteForm;
  readonly save: (folder: string | undefined) => Promise<Result<Saved>>;
  readonly change: (part: Partial<PromoteForm>) => void;
}

/** What the second person signs: with `force` it is another text. */
export const statementOf = (signs: Signs, force: boolean): string =>
  force ? signs.statementWithForce : signs.statement;

/** The second person's own factor where they set a key: the statement out, their signature in. */
export function signatureField({
  context,
  signs,
  form,
  save,
  change,
}: SignatureFieldOptions): HTMLElement {
  const field = el('textarea', {
    id: 'signature',
    class: 'line mono',
    rows: 6,
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: largest,
    'aria-describedby': 'signature-hint',
  });
  field.value = form.signature;
  field.addEventListener('input', () => change({ signature: field.value }));
  const told = el('div', { role: 'status' });
  const file = el('input', { id: 'signature-file', type: 'file', accept: '.asc,.txt' });
  file.addEventListener('change', () => {
    const [chosen] = file.files ?? [];
    if (chosen === undefined) return;
    if (chosen.size > largest) {
      told.replaceChildren(el('p', {}, `${chosen.name} is too large to be a signature.`));
      return;
    }
    void chosen.text().then((text) => {
      field.value = text;
      told.replaceChildren(el('p', {}, `Taken from ${chosen.name}.`));
      change({ signature: text });
    });
  });
  return el(
    'section',
    { class: 'signing' },
    el('h3', {}, `The signature of ${signs.person}`),
    el(
      'p',
      {},
      'This text names the cluster, the people and the head of the record as it stands now. ',
      `${signs.person} reads it and signs it with the key set at roster, here or on another machine. `,
      'A note or a locked screen leaves it as it is; any other event makes it another text.',
    ),
    el(
      'pre',
      { id: 'statement', class: 'statement mono', tabindex: 0 },
      statementOf(signs, form.force),
    ),
    el('p', { class: 'hint' }, `Fingerprint of the key: ${signs.fingerprint}`),
    el('p', { class: 'hint mono' }, signs.words.join(' ')),
    saving(context.folderDialog, save),
    el('p', { class: 'hint' }, 'Then: gpg --armor --detach-sign statement.txt'),
    el(
      'div',
      { class: 'field' },
      el('label', { for: 'signature' }, 'The signature'),
      el(
        'p',
        { id: 'signature-hint', class: 'hint' },
        'The text of statement.txt.asc, pasted or from the file.',
      ),
      field,
      el('label', { for: 'signature-file' }, 'Or the file with the signature'),
      file,
      told,
    ),
  );
}

/** Characters. */
const largest = 64_000;

function saving(dialog: boolean, save: SignatureFieldOptions['save']): HTMLElement {
  const told = el('div', { role: 'status' });
  const folder = el('input', {
    id: 'statement-folder',
    type: 'text',
    class: 'line',
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: 4000,
    'aria-describedby': 'statement-folder-hint',
  });
  const go = button('plain', 'Save the statement to a file', () => {
    go.disabled = true;
    void save(dialog ? undefined : folder.value.trim()).then((result) => {
      go.disabled = false;
      told.replaceChildren(result.ok ? saved(result.value) : problemView(result.problem));
    });
  });
  return el(
    'div',
    { class: 'field' },
    ...(dialog
      ? []
      : [
          el('label', { for: 'statement-folder' }, 'Folder for the statement'),
          el(
            'p',
            { id: 'statement-folder-hint', class: 'hint' },
            'Its full path, for example /media/robin/usb. It must exist.',
          ),
          folder,
        ]),
    go,
    told,
  );
}

const saved = (done: Saved): HTMLElement =>
  done.kind === 'saved'
    ? el('p', {}, 'Saved as ', el('span', { class: 'mono' }, done.file))
    : el('p', {}, 'Nothing was saved.');

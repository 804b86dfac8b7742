import type { Result } from '../../shared/problem.ts';
import { actions, button, el, heading } from '../isolated/el.ts';
import { problemView } from '../isolated/problem-view.ts';
import { secretField } from '../isolated/secret-field.ts';
import type { CheckedSecret } from './check-secret.ts';

export interface EnterOptions {
  readonly title: string;
  readonly about: readonly string[];
  readonly label: string;
  readonly hint: string;
  readonly verb: string;
  /** Said when main has it. */
  readonly done: string;
  readonly longest: number;
  readonly check: (text: string) => CheckedSecret;
  /** Practice only: what the button is called, and where the value comes from. */
  readonly practice?: { readonly verb: string; readonly take: () => Promise<Result<string>> };
  readonly send: (value: string) => Promise<Result<unknown>>;
  readonly close: () => void;
}

/** One secret in: entered, checked, handed to main once, and gone from the page. */
export function enterView(options: EnterOptions): readonly HTMLElement[] {
  const after = el('div', {});
  const send = async (): Promise<void> => {
    const { value } = options.check(field.text());
    if (value === undefined) return;
    use.disabled = true;
    leave.disabled = true;
    field.freeze(true);
    const result = await options.send(value);
    if (result.ok) {
      field.clear();
      parts.replaceChildren(
        el('p', { class: 'notice good', role: 'status' }, options.done),
        actions(button('primary', 'Close', options.close)),
      );
      title.focus();
      return;
    }
    after.replaceChildren(problemView(result.problem));
    field.freeze(false);
    use.disabled = false;
    leave.disabled = false;
    use.focus();
  };

  const use = button('primary', options.verb, () => void send());
  const leave = button('plain', 'Close without entering', () => {
    field.clear();
    options.close();
  });
  const field = secretField({
    label: options.label,
    hint: options.hint,
    longest: options.longest,
    check(text) {
      const { verdict, value } = options.check(text);
      use.disabled = value === undefined;
      return verdict;
    },
  });
  const title = heading('h1', options.title);
  const practice = options.practice && practiceHelp(options.practice, field.fill, after);
  const about = options.about.map((sentence) => el('p', {}, sentence));
  const parts = el(
    'div',
    { class: 'stack' },
    ...about,
    ...(practice ? [practice] : []),
    field.node,
    after,
    actions(use, leave),
  );
  return [title, parts];
}

/** In a rehearsal nobody has a real token to bring. */
function practiceHelp(
  { verb, take }: NonNullable<EnterOptions['practice']>,
  fill: (text: string) => void,
  trouble: HTMLElement,
): HTMLElement {
  const press = async (): Promise<void> => {
    const result = await take();
    if (result.ok) fill(result.value);
    else trouble.replaceChildren(problemView(result.problem));
  };
  return el(
    'p',
    { class: 'practice-help' },
    button('plain', verb, () => void press()),
  );
}

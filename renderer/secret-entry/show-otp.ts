import { actions, button, el, heading } from '../isolated/el.ts';
import type { Page } from '../isolated/page.ts';
import { groupsOf, type Written } from './characters.ts';
import type { SecretClient } from './main.ts';

/** What is shown, and what is said around it. */
export interface ShowWords {
  readonly name: string;
  readonly why: string;
  readonly record: string;
  readonly after: string;
}

const otpWords: ShowWords = {
  name: 'OTP',
  why:
    'With the OTP on paper the ceremony can be finished on another machine, should this one fail. ' +
    'Whoever has both the OTP and the encoded token can read the DR operation token.',
  record: 'That it was shown, and who agreed, goes on the record.',
  after: 'Put the paper into an envelope and seal it. Destroy it when the ceremony ends.',
};

/** A secret for a paper: asked for once, seen as long as somebody is writing, and gone from the page. */
export function showOtpView(
  client: SecretClient,
  page: Page,
  agreedBy: string | undefined,
  words = otpWords,
): void {
  const reveal = async (): Promise<void> => {
    show.disabled = true;
    const result = await client.call('secret.reveal', undefined);
    if (result.ok) writeDown(page, result.value.value, words);
    else page.showProblem(`The ${words.name} cannot be shown`, result.problem);
  };
  const show = button('primary', `Show the ${words.name} now`, () => void reveal());
  page.show(
    heading('h1', `Write down the ${words.name}`),
    el('p', {}, words.why),
    el(
      'ul',
      { class: 'list' },
      el('li', {}, 'Have pen and paper ready. Not a phone, not a photograph.'),
      el('li', {}, 'Check that nobody else can see this screen, and no camera.'),
      el('li', {}, words.record),
    ),
    ...(agreedBy === undefined ? [] : [el('p', {}, 'Agreed by ', el('strong', {}, agreedBy), '.')]),
    actions(show, button('plain', 'Close without showing', page.close)),
  );
}

function writeDown(page: Page, value: string, words: ShowWords): void {
  const groups = groupsOf(value).map((group) => el('li', {}, ...group.map(cell)));
  const otp = el(
    'ol',
    { class: 'otp', 'aria-label': `The ${words.name} in groups of four` },
    ...groups,
  );
  const hide = (): void => {
    otp.replaceChildren();
    window.removeEventListener('pagehide', hide);
    page.show(
      heading('h1', 'Hidden again'),
      el('p', {}, words.after),
      actions(button('primary', 'Close', page.close)),
    );
  };
  window.addEventListener('pagehide', hide);
  page.show(
    heading('h1', `Write down the ${words.name}`),
    el('p', {}, `${value.length} characters. Underline the capitals on paper, then compare twice.`),
    otp,
    actions(button('primary', 'Written down: hide it', hide)),
  );
}

const cell = ({ character, kind, name, spoken }: Written): HTMLElement =>
  el(
    'span',
    { class: `cell ${kind}` },
    el('span', { class: 'character', 'aria-hidden': 'true' }, character),
    el('span', { class: 'name', 'aria-hidden': 'true' }, name ?? ''),
    el('span', { class: 'visually-hidden' }, `${spoken}, `),
  );

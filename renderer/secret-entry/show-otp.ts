import { actions, button, el, heading } from '../isolated/el.ts';
import type { Page } from '../isolated/page.ts';
import { groupsOf, type Written } from './characters.ts';
import type { SecretClient } from './main.ts';

/** What is shown, and what is said around it. */
export interface Words {
  /** `The OTP`, `The encoded token`: as it begins a sentence, and within one. */
  readonly the: string;
  readonly within: string;
  readonly about: string;
  readonly afterwards: string;
}

const otpWords: Words = {
  the: 'The OTP',
  within: 'the OTP',
  about:
    'With the OTP on paper the ceremony can be finished on another machine, should this one fail. ' +
    'Whoever has both the OTP and the encoded token can read the DR operation token.',
  afterwards: 'Put the paper into an envelope and seal it. Destroy it when the ceremony ends.',
};

/** Of an attempt that was joined: only whoever started it can read what this stands for. */
export const encodedWords: Words = {
  the: 'The encoded token',
  within: 'the encoded token',
  about:
    'It is for whoever started this attempt: with their OTP or PGP key it becomes the DR operation token, which never expires. Vault keeps no copy.',
  afterwards:
    'Give the paper to whoever started the attempt, and see it destroyed once the token is decoded.',
};

/** A root token, for one use by hand. */
export const rootTokenWords: Words = {
  the: 'The root token',
  within: 'the root token',
  about:
    'Whoever has it may do everything on this server, and it never expires. Use it for what it was made for, then have it revoked in Keyturn.',
  afterwards: 'Destroy the paper as soon as the token was used. Then revoke it in Keyturn.',
};

/** A secret for a paper: asked for once, seen as long as somebody is writing, and gone from the page. */
export function showOtpView(
  client: SecretClient,
  page: Page,
  agreedBy: string | undefined,
  words: Words = otpWords,
): void {
  const reveal = async (): Promise<void> => {
    show.disabled = true;
    const result = await client.call('secret.reveal', undefined);
    if (result.ok) writeDown(page, result.value.value, words);
    else page.showProblem(`${words.the} cannot be shown`, result.problem);
  };
  const show = button('primary', `Show ${words.within} now`, () => void reveal());
  page.show(
    heading('h1', `Write down ${words.within}`),
    el('p', {}, words.about),
    el(
      'ul',
      { class: 'list' },
      el('li', {}, 'Have pen and paper ready. Not a phone, not a photograph.'),
      el('li', {}, 'Check that nobody else can see this screen, and no camera.'),
      el('li', {}, 'That it was shown, and who agreed, goes on the record.'),
    ),
    ...(agreedBy === undefined ? [] : [el('p', {}, 'Agreed by ', el('strong', {}, agreedBy), '.')]),
    actions(show, button('plain', 'Close without showing', page.close)),
  );
}

function writeDown(page: Page, value: string, words: Words): void {
  const groups = groupsOf(value).map((group) => el('li', {}, ...group.map(cell)));
  const otp = el('ol', { class: 'otp', 'aria-label': `${words.the} in groups of four` }, ...groups);
  const hide = (): void => {
    otp.replaceChildren();
    window.removeEventListener('pagehide', hide);
    page.show(
      heading('h1', 'Hidden again'),
      el('p', {}, words.afterwards),
      actions(button('primary', 'Close', page.close)),
    );
  };
  window.addEventListener('pagehide', hide);
  page.show(
    heading('h1', `Write down ${words.within}`),
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

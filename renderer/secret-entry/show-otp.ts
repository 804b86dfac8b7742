import { actions, button, el, heading } from '../isolated/el.ts';
import type { Page } from '../isolated/page.ts';
import { groupsOf, type Written } from './characters.ts';
import type { SecretClient } from './main.ts';

/** The OTP for a paper: asked for once, seen as long as somebody is writing, and gone from the page. */
export function showOtpView(client: SecretClient, page: Page, agreedBy: string | undefined): void {
  const reveal = async (): Promise<void> => {
    show.disabled = true;
    const result = await client.call('secret.reveal', undefined);
    if (result.ok) writeDown(page, result.value.value);
    else page.showProblem('The OTP cannot be shown', result.problem);
  };
  const show = button('primary', 'Show the OTP now', () => void reveal());
  page.show(
    heading('h1', 'Write down the OTP'),
    el(
      'p',
      {},
      'With the OTP on paper the ceremony can be finished on another machine, should this one fail. ' +
        'Whoever has both the OTP and the encoded token can read the DR operation token.',
    ),
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

function writeDown(page: Page, value: string): void {
  const groups = groupsOf(value).map((group) => el('li', {}, ...group.map(cell)));
  const otp = el('ol', { class: 'otp', 'aria-label': 'The OTP in groups of four' }, ...groups);
  const hide = (): void => {
    otp.replaceChildren();
    window.removeEventListener('pagehide', hide);
    page.show(
      heading('h1', 'Hidden again'),
      el('p', {}, 'Put the paper into an envelope and seal it. Destroy it when the ceremony ends.'),
      actions(button('primary', 'Close', page.close)),
    );
  };
  window.addEventListener('pagehide', hide);
  page.show(
    heading('h1', 'Write down the OTP'),
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

import { actions, button, el, heading } from '../isolated/el.ts';
import { shape } from '../isolated/shapes.ts';
import type { GiveReply } from './give.ts';
import type { ShareContext } from './main.ts';

/** What came of it, as keys that turn and as a sentence. */
export function resultView(
  holder: string,
  { progress, required, complete }: GiveReply,
  { banner, goal }: Pick<ShareContext, 'banner' | 'goal'>,
  close: () => void,
): readonly HTMLElement[] {
  const given = complete ? required : progress;
  const left = required - given;
  return [
    heading('h1', `Thank you, ${holder}`),
    keys(given, required),
    el(
      'p',
      { class: 'lead' },
      complete
        ? goal.kind === 'attempt'
          ? `All ${required} are in. Vault has made the token; the operator’s screen goes on from here.`
          : `All ${required} are in. ${goal.node} is unsealed; the operator’s screen goes on from here.`
        : `Vault counted it: ${given} of ${required}. ${left === 1 ? 'One more holder is' : `${left} more holders are`} needed.`,
    ),
    el('p', {}, `Your ${banner.shareWord} is no longer in this window. Take your paper with you.`),
    actions(button('primary', 'Close', close)),
  ];
}

/** The share is sealed: what is to be done with it is on the guide. */
export const sealedView = (
  holder: string,
  banner: ShareContext['banner'],
  close: () => void,
): readonly HTMLElement[] => [
  heading('h1', `Sealed, ${holder}`),
  el(
    'p',
    { class: 'lead' },
    'The other window of Keyturn shows it as QR codes, and can save it as a file. Only the operator’s laptop can open it.',
  ),
  el('p', {}, `Your ${banner.shareWord} is no longer in this window. Take your paper with you.`),
  actions(button('primary', 'Close', close)),
];

function keys(given: number, required: number): HTMLElement {
  const row = el('div', {
    class: 'keys',
    role: 'img',
    'aria-label': `${given} of ${required} given`,
  });
  for (let place = 0; place < required; place += 1) {
    row.append(shape('key', place < given ? 'key turned' : 'key'));
  }
  return row;
}

import { actions, button, el, heading } from '../isolated/el.ts';
import { shape } from '../isolated/shapes.ts';
import type { GiveReply } from './give.ts';
import type { ShareContext } from './main.ts';

/** What came of it, as keys that turn and as a sentence. */
export function resultView(
  holder: string,
  reply: GiveReply,
  { banner, goal, away }: Pick<ShareContext, 'banner' | 'goal' | 'away'>,
  close: () => void,
): readonly HTMLElement[] {
  const { progress, required, complete } = reply;
  const given = complete ? required : progress;
  return [
    heading('h1', `Thank you, ${holder}`),
    keys(given, required),
    el(
      'p',
      { class: 'lead' },
      reply.kept ? keptHere(required) : outcome(given, reply, goal, away === true),
    ),
    el('p', {}, `Your ${banner.shareWord} is no longer in this window. Take your paper with you.`),
    actions(button('primary', 'Close', close)),
  ];
}

function outcome(
  given: number,
  { required, complete }: GiveReply,
  goal: ShareContext['goal'],
  away: boolean,
): string {
  if (complete && goal.kind === 'node')
    return `All ${required} are in. ${goal.node} is unsealed; the operator’s screen goes on from here.`;
  if (complete)
    return `All ${required} are in. Vault has made the token; the operator’s screen goes on from here.`;
  const left = required - given;
  const counted = `Vault counted it: ${given} of ${required}. ${left === 1 ? 'One more holder is' : `${left} more holders are`} needed.`;
  return away ? `${counted} The other window of Keyturn shows the progress.` : counted;
}

/** Somebody else gave in the same moment. */
const keptHere = (required: number): string =>
  `All ${required} are in, and yours was the last: Vault’s reply came to this laptop. Keyturn keeps it. The other window shows how it is handed to the operator: please stay.`;

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

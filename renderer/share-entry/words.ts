import { actions, button, el, heading } from '../isolated/el.ts';
import { problemView } from '../isolated/problem-view.ts';
import type { ShareClient, ShareContext } from './main.ts';

export type AttemptGoal = Extract<ShareContext['goal'], { kind: 'attempt' }>;

export interface WordsAnswer {
  readonly match: () => void;
  readonly differ: () => void;
}

/** The nonce as words to be read aloud, and in hex beside them. The holder says whether they match. */
export function wordsStep(
  client: ShareClient,
  { nonce, words }: AttemptGoal,
  holder: string,
  answer: WordsAnswer,
): HTMLElement {
  const trouble = el('div', {});
  const confirm = async (): Promise<void> => {
    match.disabled = true;
    const result = await client.call('share.confirm-words', { holder });
    match.disabled = false;
    if (result.ok) answer.match();
    else {
      trouble.replaceChildren(problemView(result.problem));
      match.focus();
    }
  };
  const match = button('primary', 'The words match', () => void confirm());

  return el(
    'div',
    {},
    el(
      'p',
      {},
      'Read these words aloud. Everyone else, and the operator’s screen, must have the same ' +
        'words in the same order.',
    ),
    el('ol', { class: 'words' }, ...words.map((word) => el('li', {}, word))),
    el('p', { class: 'hint' }, 'The same in hex: ', el('code', {}, nonce)),
    trouble,
    actions(match, button('plain', 'They differ', answer.differ)),
  );
}

/** What to do when the words differ: nobody's share belongs into an attempt that nobody knows. */
export function wordsDiffer(readAgain: () => void, close: () => void): readonly HTMLElement[] {
  return [
    heading('h1', 'Keep the share'),
    el(
      'div',
      { class: 'notice warning' },
      el('p', {}, 'Different words mean another attempt: a share given to it helps someone else.'),
      el('p', {}, 'Nothing was sent. Your share is safe as long as you keep it.'),
      el('p', {}, 'Tell the operator, and find out together which attempt is yours.'),
    ),
    actions(button('primary', 'Close', close), button('plain', 'Read the words again', readAgain)),
  ];
}

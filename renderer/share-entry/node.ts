import { actions, button, el, heading } from '../isolated/el.ts';

/** Unsealing has no nonce before the first share: the holder compares the node's address instead. */
export function nodeStep(
  node: string,
  answer: { readonly match: () => void; readonly differ: () => void },
): HTMLElement {
  return el(
    'div',
    {},
    el(
      'p',
      {},
      'The share goes to this node only. Everyone else, and the operator’s screen, must have the same address.',
    ),
    el('p', {}, el('code', {}, node)),
    actions(
      button('primary', 'The address matches', answer.match),
      button('plain', 'It differs', answer.differ),
    ),
  );
}

/** What to do when the address differs: nobody's share belongs to a server that nobody knows. */
export function nodeDiffers(readAgain: () => void, close: () => void): readonly HTMLElement[] {
  return [
    heading('h1', 'Keep the share'),
    el(
      'div',
      { class: 'notice warning' },
      el('p', {}, 'Another address may be another server: a share given to it opens nothing here.'),
      el('p', {}, 'Nothing was sent. Your share is safe as long as you keep it.'),
      el('p', {}, 'Tell the operator, and find out together which node is meant.'),
    ),
    actions(button('primary', 'Close', close), button('plain', 'Read it again', readAgain)),
  ];
}
